"""One WebSocket with a server: messages in and out, and the handshake step by step (README 4 and 7)."""

import os
import time
import zlib

import websocket

from . import signing, strict
from .schema import pb
from .tables import LIMITS, Refusal, code_name

SUBPROTOCOL = "kos.sync.v1"
SUITE = 1
PATIENCE = 30.0  # seconds after which a silent server counts as broken


class Ended(Exception):
    """The session is over. `code` is the name of the fatal failure that said why, if one did."""

    def __init__(self, code, close_code=None):
        super().__init__(f"session ended with {code}, close code {close_code}")
        self.code = code
        self.close_code = close_code


class Session:
    _opened = []

    def __init__(self, url, subprotocols=(SUBPROTOCOL,)):
        self.socket = websocket.create_connection(
            url, timeout=PATIENCE, subprotocols=list(subprotocols), suppress_origin=True
        )
        Session._opened.append(self)
        self.failure = None
        self.transcript = b""
        self.epoch = b""
        self.tenant_key = b""
        self.welcome = None
        self.follows = False

    def send(self, **body):
        return self.send_bytes(strict.write(pb.ClientMessage(**body)))

    def send_bytes(self, data, opcode=websocket.ABNF.OPCODE_BINARY):
        try:
            self.socket.send(data, opcode=opcode)
        except (ConnectionError, websocket.WebSocketException):
            pass  # what the server said before it hung up is still to be read
        return data

    def receive(self):
        """The next message; raises Ended when the session is over."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                opcode, data = self.socket.recv_data(control_frame=True)
            except websocket.WebSocketTimeoutException:
                raise AssertionError("the server said nothing in time") from None
            except (ConnectionError, websocket.WebSocketException):
                raise Ended(self.failure) from None
            if opcode == websocket.ABNF.OPCODE_CLOSE:
                raise Ended(self.failure, int.from_bytes(data[:2], "big") if data else None)
            if opcode in (websocket.ABNF.OPCODE_PING, websocket.ABNF.OPCODE_PONG):
                # A server that only keeps the connection alive has said nothing.
                if time.monotonic() > deadline:
                    raise AssertionError("the server said nothing but pings in time")
                continue
            if opcode != websocket.ABNF.OPCODE_BINARY:
                raise AssertionError("a message that is not binary")
            message = pb.ServerMessage.FromString(data)
            body = message.WhichOneof("body")
            if body is None:
                raise Refusal("UNSUPPORTED" if data else "MALFORMED", "a message that is not known")
            if body == "failure" and message.failure.fatal:
                self.failure = code_name(message.failure.code)
                continue
            return message

    def receive_body(self, body):
        """The next message, which must be of this sort; how long things may be shown may come before."""
        message = self.receive()
        while body != "order" and is_lease(message):
            message = self.receive()
        if message.WhichOneof("body") != body:
            raise AssertionError(f"{message.WhichOneof('body')} in place of {body}")
        return getattr(message, body)

    def until_ended(self):
        """Reads on until the session is over: the name of the code that said why."""
        return self._end().code

    def until_closed(self):
        """The same: the close code of the WebSocket."""
        return self._end().close_code

    def _end(self):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                self.receive()
            except Ended as ended:
                return ended
        raise AssertionError("the session went on")

    @property
    def is_open(self):
        return self.socket.connected

    def close(self):
        """Says that it closes, and does not wait for the answer."""
        if self.is_open:
            self.send_bytes(b"\x03\xe8", websocket.ABNF.OPCODE_CLOSE)
            self.drop()

    def drop(self):
        """Goes away without a word, as a lost network does."""
        self.socket.shutdown()

    @classmethod
    def close_all(cls):
        for session in cls._opened:
            session.close()
        cls._opened.clear()

    # --- Handshake ---

    def greet(self, hello):
        """Sends a hello, and checks the server's answer before anything is signed."""
        sent = self.send(hello=hello)
        answer = self.receive_body("hello")
        body = pb.ServerHelloBody.FromString(answer.body)
        self.transcript = signing.transcript(sent, answer.body)
        if not signing.is_valid(body.tenant_key, answer.signature, "kos.server-hello.v1", self.transcript):
            raise Refusal("BAD_SIGNATURE", "the server's hello")
        if body.version not in hello.versions or body.suite != hello.suite:
            raise Refusal("NO_COMMON_VERSION")
        if len(body.nonce) != 32:
            raise Refusal("MALFORMED", "a nonce of another length")
        self.epoch, self.tenant_key = body.epoch, body.tenant_key
        return body

    def authenticate(self, key, proof=b"", outcome=pb.OUTCOME_OPEN):
        """Signs the transcript and waits for the welcome."""
        signature = key.sign("kos.session.v1", self.transcript)
        self.send(authentication=pb.Authentication(signature=signature, enrolment_proof=proof))
        self.welcome = self.receive_body("welcome")
        if self.welcome.outcome != outcome:
            raise Refusal("UNSUPPORTED", "an outcome that is not known")
        return self.welcome


def hello_of(actor, **members):
    """A hello with what every one has."""
    return pb.ClientHello(
        versions=[SUBPROTOCOL], nonce=os.urandom(32), actor=actor, time=now(), suite=SUITE, **members
    )


def is_lease(message):
    """Whether the message only says how long the device may show what it holds (README 4.2)."""
    if message.WhichOneof("body") != "order":
        return False
    return pb.OrderBody.FromString(message.order.body).WhichOneof("order") == "lease"


def now():
    return time.time_ns() // 1_000_000


def enters_of(delivery):
    """The states that a delivery holds, in either form (README 6)."""
    if not delivery.compressed_enters and not delivery.inflated_bytes:
        return delivery.enters
    if delivery.enters:
        raise Refusal("MALFORMED", "states in both forms")
    if delivery.inflated_bytes > LIMITS["message_bytes"]:
        raise Refusal("LIMIT_EXCEEDED", "inflated_bytes")
    inflater = zlib.decompressobj()
    content = inflater.decompress(delivery.compressed_enters, delivery.inflated_bytes + 1)
    if len(content) != delivery.inflated_bytes or not inflater.eof or inflater.unused_data:
        raise Refusal("MALFORMED", "compressed_enters")
    return pb.Enters.FromString(content).enters
