"""The WebSocket itself, and a server that stops, is killed, and comes back (README 4)."""

import random
import uuid

import websocket

from kossync.content import assign, text
from kossync.device import Device
from kossync.schema import pb
from kossync.session import SUBPROTOCOL, Ended, Session
from suite import Failed, Group, expect, expect_true

from .delivery import again

group = Group("connection")


def status(world, path="", **options):
    """The HTTP status with which the server answers an opening handshake."""
    options = {"subprotocols": [SUBPROTOCOL], "suppress_origin": True, "timeout": 5, **options}
    try:
        socket = websocket.create_connection(world.url + path, **options)
    except websocket.WebSocketBadStatusException as refusal:
        return refusal.status_code
    chosen = socket.getsubprotocol()
    socket.shutdown()
    expect(chosen, SUBPROTOCOL, "sub-protocol")
    return 101


@group.case("the sub-protocol is asked for by name, alone or among others")
def _(world):
    expect(status(world), 101)
    expect(status(world, subprotocols=["chat", SUBPROTOCOL]), 101)
    for others in (None, ["chat"], [SUBPROTOCOL + "x"], [SUBPROTOCOL.upper()]):
        expect(status(world, subprotocols=others), 400, str(others))


@group.case("who offers nothing that is spoken is told what is")
def _(world):
    try:
        websocket.create_connection(world.url, subprotocols=["chat"], suppress_origin=True, timeout=5)
    except websocket.WebSocketBadStatusException as refusal:
        expect(refusal.resp_headers.get("sec-websocket-protocol"), SUBPROTOCOL)
    else:
        raise Failed("it was let in")


@group.case("any path will do, and a request that names an origin is refused")
def _(world):
    expect(status(world, "/any/path?query"), 101)
    for origin in ("http://127.0.0.1", "null", "https://example.org"):
        expect(status(world, suppress_origin=False, origin=origin), 403, origin)


@group.case("a ping is answered, before the welcome and after")
def _(world):
    for session in (Session(world.url), world.newcomer().session):
        session.socket.ping(b"are you there")
        opcode, data = session.socket.recv_data(control_frame=True)
        expect((opcode, data), (websocket.ABNF.OPCODE_PONG, b"are you there"))


@group.case("a stranger who says nothing is sent away with 1008")
def _(world):
    session = Session(world.url)
    session.socket.settimeout(15)
    expect(session.until_closed(), 1008)


@group.case("a session ends with the close code of its reason")
def _(world):
    for body, code, close_code in (
        ({"follow": pb.Follow(cursor=b"x")}, "MALFORMED", 1007),
        ({"delivered": pb.Delivered(number=9)}, "UNEXPECTED", 1002),
        ({"push": pb.Push(first_entry=1, entry_changes=[0])}, "LIMIT_EXCEEDED", 1008),
    ):
        session = world.newcomer().session
        session.send(**body)
        expect((session.until_closed(), session.failure), (close_code, code))


@group.case("a server that stops ends its sessions without a failure, and comes back")
def _(world):
    server = world.another_server()
    device = Device(server.url).enrol(server.code)
    device.follow()
    server.process.terminate()
    # With 1012, which the library here takes for no close code that there is.
    expect(device.session.until_ended(), None)
    device.session.drop()
    server.process.wait(timeout=20)
    server.serve(server.port)
    again(device)


@group.case("a killed server has all that it acknowledged, and takes the rest once")
def _(world):
    server, random_ = world.another_server(), random.Random(8)
    writer = Device(server.url).enrol(server.code)
    reader = Device(server.url).enrol(writer.invite(1, person=writer.person).text())
    reader.follow()
    record = writer.create(1, b"", assign(1, text("P")), about=())
    writer.push()
    for _ in range(6):
        for number in range(60):
            writer.write(record, assign(2, text(str(number))))
            writer.create(1, b"", assign(1, text("Q")), about=())
        _push_and_kill(server, writer, random_.randrange(1, 60))
        server.restart()
        acknowledged = sum(entry.verdict is not None for entry in writer.journal.entries)
        known = writer.connect().welcome.journal.entries
        expect_true(known >= acknowledged, f"{known} entries of {acknowledged} acknowledged")
        expect(writer.push(), None)
        again(reader)
    total = len(writer.journal.entries)
    reader.until(lambda: reader.records.get(record)
                 and reader.records[record].encode() == writer.records[record].encode())
    reader.until(lambda: len(reader.records) == len(writer.records))
    expect(total, 1 + 6 * 120)
    fresh = Device(server.url).enrol(writer.invite(1, person=writer.person).text())
    fresh.follow()
    expect({key: one.encode() for key, one in fresh.records.items()},
           {key: one.encode() for key, one in writer.records.items()}, "states")


def _push_and_kill(server, writer, after):
    """Pushes entry by entry, at most four ahead, and kills the server after so many verdicts."""
    waiting = [n for n, entry in enumerate(writer.journal.entries, 1) if entry.verdict is None]
    sent = iter(waiting)
    for number in [next(sent) for _ in range(4)]:
        writer.session.send(push=writer.push_message(number, number))
    try:
        for _ in range(after):
            message = writer.session.receive()
            writer.take(message)
            if message.WhichOneof("body") == "verdicts":
                number = next(sent)
                writer.session.send(push=writer.push_message(number, number))
    except Ended:
        raise Failed(f"ended with {writer.session.failure} before it was killed") from None
    server.kill()


@group.case("a cursor from before a kill brings what came after it, and nothing before")
def _(world):
    server = world.another_server()
    writer = Device(server.url).enrol(server.code)
    reader = Device(server.url).enrol(writer.invite(1, person=writer.person).text())
    writer.follow()
    record = writer.create(1, b"", assign(1, text("P")), about=())
    writer.push()
    reader.follow()
    expect_true(record in reader.records, "the record")
    # Answered after the confirmation before it was taken in, so that the enter is known to be held.
    reader.invite(1, person=reader.person)
    for number in range(5):
        writer.write(record, assign(1, text(str(number))))
        writer.push()
    reader.until(lambda: reader.records[record].heads[writer.actor].number == 6)
    reader.session.close()
    reader.arrived.clear()
    writer.write(record, assign(1, text("before")))
    writer.push()
    server.restart()
    writer.connect()
    writer.write(record, assign(1, text("after")))
    writer.push()
    reader.connect()
    reader.follow()
    expect([number for _, _, number in reader.arrived], [7, 8], "what came: what is new, and no more")
    expect(reader.records[record].encode(), writer.records[record].encode())


@group.case("a refused change stays refused after a kill, and its number void")
def _(world):
    server = world.another_server()
    writer = Device(server.url).enrol(server.code)
    record = writer.create(1, b"", assign(1, text("P")), about=())
    writer.write(record, assign(1, text("x")), author=uuid.uuid4().bytes)
    writer.push()
    server.restart()
    writer.connect()
    writer.write(record, assign(1, text("after")))
    expect(writer.push(), None)
    fresh = Device(server.url).enrol(writer.invite(1, person=writer.person).text())
    fresh.follow()
    expect(fresh.records[record].encode(), writer.records[record].encode())
