"""The handshake: what is asked, signed and refused (README 4)."""

import os

from kossync import signing, strict
from kossync.content import member
from kossync.device import Device
from kossync.schema import pb
from kossync.session import SUBPROTOCOL, Session, hello_of
from kossync.tables import LIMITS
from suite import Group, expect, expect_true

group = Group("hello")


def refused(world, data, code):
    """That a first message ends the session with a code, before anything is proved."""
    session = Session(world.url)
    session.send_bytes(data if isinstance(data, bytes) else strict.write(pb.ClientMessage(hello=data)))
    expect(session.until_ended(), code)


def authenticated(world, device, code, signature=None, key=None, **changes):
    """That an authentication after a good hello is answered with a code."""
    session = Session(device.url)
    session.greet(device.hello(**changes))
    signature = signature or (key or device.key).sign("kos.session.v1", session.transcript)
    session.send(authentication=pb.Authentication(signature=signature))
    expect(session.until_ended(), code)


@group.case("a device that is known is welcomed with a new token and its journal")
def _(world):
    device = world.newcomer()
    tokens = {bytes(device.token)}
    for _ in range(3):
        welcome = device.connect().welcome
        tokens.add(bytes(welcome.session_token))
        expect(welcome.journal.entries, 0)
        expect(welcome.journal.digest, device.journal.head(0))
        device.follow()
    expect(len(tokens), 4, "tokens")


@group.case("the server's hello says its limits, tenant and name")
def _(world):
    device = world.newcomer()
    hello = Session(world.url).greet(device.hello())
    expect((hello.limits.message_bytes, hello.limits.entry_changes, hello.limits.outstanding_deliveries),
           tuple(LIMITS[name] for name in ("message_bytes", "entry_changes", "outstanding_deliveries")))
    expect((hello.tenant, hello.tenant_name), (device.tenant, "Prøvekommune"))


@group.case("two hellos get different nonces")
def _(world):
    hello = world.newcomer().hello()
    expect_true(Session(world.url).greet(hello).nonce != Session(world.url).greet(hello).nonce, "nonces")


@group.case("a nonce of another length is MALFORMED")
def _(world):
    device = world.newcomer()
    for length in (0, 31, 33):
        hello = device.hello()
        hello.nonce = os.urandom(length)
        refused(world, hello, "MALFORMED")


@group.case("another tenant is WRONG_TENANT")
def _(world):
    authenticated(world, world.newcomer(), "WRONG_TENANT", tenant=os.urandom(16))


@group.case("an epoch that is not the server's is EPOCH_MISMATCH")
def _(world):
    authenticated(world, world.newcomer(), "EPOCH_MISMATCH", epoch=os.urandom(16))


@group.case("a stranger who names another tenant, epoch or journal learns nothing of it")
def _(world):
    known = world.newcomer()
    thief = signing.SigningKey(os.urandom(32))
    journal = pb.JournalHead(entries=9, digest=bytes(32))
    for changes in ({"tenant": bytes(16)}, {"epoch": bytes(16)}, {"journal": journal}):
        authenticated(world, known, "BAD_SIGNATURE", key=thief, **changes)


@group.case("an empty epoch is any")
def _(world):
    session = Session(world.url)
    device = world.newcomer()
    session.greet(device.hello(epoch=b""))
    session.authenticate(device.key)


@group.case("a signature by another key is BAD_SIGNATURE")
def _(world):
    authenticated(world, world.newcomer(), "BAD_SIGNATURE", key=signing.SigningKey(os.urandom(32)))


@group.case("a signature of another context is BAD_SIGNATURE")
def _(world):
    device = world.newcomer()
    session = Session(world.url)
    session.greet(device.hello())
    signature = device.key.sign("kos.push.v1", session.transcript)
    session.send(authentication=pb.Authentication(signature=signature))
    expect(session.until_ended(), "BAD_SIGNATURE")


@group.case("a signature with a malleable scalar is BAD_SIGNATURE")
def _(world):
    device = world.newcomer()
    session = Session(world.url)
    session.greet(device.hello())
    signature = malleable(device.key.sign("kos.session.v1", session.transcript))
    session.send(authentication=pb.Authentication(signature=signature))
    expect(session.until_ended(), "BAD_SIGNATURE")


def malleable(signature):
    """The same signature with the group's order added to its scalar."""
    scalar = int.from_bytes(signature[32:], "little") + signing.GROUP_ORDER
    return signature[:32] + scalar.to_bytes(32, "little")


@group.case("a signature of another length is BAD_SIGNATURE")
def _(world):
    for length in (0, 63, 65):
        device = world.newcomer()
        session = Session(world.url)
        session.greet(device.hello())
        session.send(authentication=pb.Authentication(signature=bytes(length)))
        expect(session.until_ended(), "BAD_SIGNATURE", f"{length} bytes")


@group.case("a hello and its authentication, replayed, are BAD_SIGNATURE")
def _(world):
    device = world.newcomer()
    first = Session(world.url)
    hello = device.hello()
    first.greet(hello)
    authentication = pb.Authentication(signature=device.key.sign("kos.session.v1", first.transcript))
    first.send(authentication=authentication)
    first.receive_body("welcome")
    again = Session(world.url)
    again.greet(hello)
    again.send(authentication=authentication)
    expect(again.until_ended(), "BAD_SIGNATURE")


@group.case("an actor that nobody knows is UNKNOWN_DEVICE, after it signed")
def _(world):
    known = world.newcomer()
    stranger = Device(world.url)
    stranger.tenant, stranger.journal = known.tenant, known.journal
    authenticated(world, stranger, "UNKNOWN_DEVICE")


@group.case("a known actor with an unknown one's signature does not look different")
def _(world):
    """Whether a device exists is not told to whom it is not."""
    known = world.newcomer()
    stranger = Device(world.url)
    codes = []
    for actor in (known.actor, stranger.actor):
        session = Session(world.url)
        hello = known.hello()
        hello.actor = actor
        session.greet(hello)
        session.send(authentication=pb.Authentication(
            signature=stranger.key.sign("kos.session.v1", session.transcript)))
        codes.append(session.until_ended())
    expect(codes, ["BAD_SIGNATURE", "UNKNOWN_DEVICE"])


@group.case("every message before the welcome is UNEXPECTED")
def _(world):
    for body in ({"push": pb.Push()}, {"follow": pb.Follow()}, {"delivered": pb.Delivered()},
                 {"invitation": pb.InvitationRequest()}, {"authentication": pb.Authentication()}):
        session = Session(world.url)
        session.send(**body)
        expect(session.until_ended(), "UNEXPECTED", f"{list(body)} before the hello")
    device = world.newcomer()
    for body in ({"push": pb.Push()}, {"follow": pb.Follow()}, {"hello": device.hello()}):
        session = Session(world.url)
        session.greet(device.hello())
        session.send(**body)
        expect(session.until_ended(), "UNEXPECTED", f"{list(body)} before the authentication")


@group.case("a hello after the welcome is UNEXPECTED, and so is an authentication")
def _(world):
    for body in ({"hello": None}, {"authentication": pb.Authentication()}):
        device = world.newcomer()
        session = device.session
        session.send(**{name: value or device.hello() for name, value in body.items()})
        expect(session.until_ended(), "UNEXPECTED", str(list(body)))


@group.case("versions: none in common is NO_COMMON_VERSION, one among others is taken")
def _(world):
    device = world.newcomer()
    for versions in ([], ["kos.sync.v9"], ["KOS.SYNC.V1"]):
        hello = device.hello()
        del hello.versions[:]
        hello.versions.extend(versions)
        refused(world, hello, "NO_COMMON_VERSION")
    hello = device.hello()
    del hello.versions[:]
    hello.versions.extend(["kos.sync.v9", SUBPROTOCOL])
    expect(Session(world.url).greet(hello).version, SUBPROTOCOL)


@group.case("a suite that is not known is NO_COMMON_VERSION")
def _(world):
    for suite in (0, 2):
        hello = world.newcomer().hello()
        hello.suite = suite
        refused(world, hello, "NO_COMMON_VERSION")


@group.case("features that are not known are passed over, and none is answered")
def _(world):
    hello = world.newcomer().hello(features=["time-travel", "x" * 50])
    expect(list(Session(world.url).greet(hello).features), [])


@group.case("a binding that is in reserve is UNSUPPORTED")
def _(world):
    binding = pb.Binding(kind=pb.BINDING_TLS_EXPORTER, value=bytes(32))
    refused(world, world.newcomer().hello(binding=binding), "UNSUPPORTED")
    hello = world.newcomer().hello(binding=pb.Binding(kind=pb.BINDING_NONE))
    expect_true(Session(world.url).greet(hello), "none is none")


@group.case("hello_bytes: the limit is taken, one more closes with 1009")
def _(world):
    device = world.newcomer()
    for extra in (-1, 0):
        session = Session(world.url)
        session.send_bytes(padded(device.hello(), LIMITS["hello_bytes"] + extra))
        session.receive_body("hello")
    session = Session(world.url)
    session.send_bytes(padded(device.hello(), LIMITS["hello_bytes"] + 1))
    expect(session.until_closed(), 1009, "close code")


def padded(hello, size):
    """The message of a hello with a feature that makes it so many bytes."""
    hello.features.append("")
    while True:
        data = strict.write(pb.ClientMessage(hello=hello))
        if len(data) >= size:
            return data
        hello.features[0] += "x" * max(1, (size - len(data)) // 2)


@group.case("a journal that is behind the server's is welcomed when it is the same so far, else FORKED")
def _(world):
    device, family = world.desk()
    world.relative(device, family)
    device = device.clone()
    entries = len(device.journal.entries)
    digest = device.journal.head(entries - 1)
    other = bytes(byte ^ 1 for byte in digest)
    authenticated(world, device, "FORKED", journal=pb.JournalHead(entries=entries - 1, digest=other))
    session = Session(device.url)
    session.greet(device.hello(journal=pb.JournalHead(entries=entries - 1, digest=digest)))
    session.authenticate(device.key)
    expect(session.welcome.journal.entries, entries)
    expect(session.welcome.journal.digest, device.journal.head(entries))


@group.case("an old session token is FORKED, the one before the newest is not")
def _(world):
    device = world.newcomer()
    tokens = [device.token]
    for _ in range(2):
        device.connect()
        device.follow()
        tokens.append(device.token)
    authenticated(world, device, "FORKED", session_token=tokens[0])
    authenticated(world, device, "FORKED", session_token=os.urandom(16))
    session = Session(world.url)
    session.greet(device.hello(session_token=tokens[2]))
    session.authenticate(device.key)
    again = Session(world.url)  # the welcome was lost: the token before it stays valid
    again.greet(device.hello(session_token=tokens[2]))
    again.authenticate(device.key)


@group.case("an empty token from a device that has had a session is FORKED")
def _(world):
    device = world.newcomer()
    device.follow()
    authenticated(world, device, "FORKED", session_token=b"")


@group.case("a newer session ends the older one with SUPERSEDED as soon as it is welcomed")
def _(world):
    device = world.newcomer()
    older = device.session
    device.follow()
    newer = device.connect()
    expect(older.until_ended(), "SUPERSEDED")
    device.follow()
    newer.close()


@group.case("eight sessions of one device at once: the newest is served, each before it is SUPERSEDED")
def _(world):
    device = world.newcomer()
    device.follow()
    sessions = [device.session]
    for _ in range(7):
        sessions.append(device.connect())
        device.follow()
    for session in sessions[:-1]:
        expect(session.until_ended(), "SUPERSEDED")
    device.invite(device.role, person=device.person)


@group.case("a text message closes with 1003, an empty one with 1007")
def _(world):
    for data, opcode, close_code in ((b"hello", 1, 1003), (b"", 2, 1007)):
        for session in (Session(world.url), world.newcomer().session):
            session.send_bytes(data, opcode)
            expect(session.until_closed(), close_code)


@group.case("bytes that are no message are MALFORMED")
def _(world):
    hello = strict.write(pb.ClientMessage(hello=hello_of(1)))
    for data in (b"\x0a", b"\xff" * 20, b"\x0b\x0c", b"\x00\x01", hello[:-1]):
        refused(world, data, "MALFORMED")


@group.case("top-level fields: 1-63 unknown are UNSUPPORTED, from 64 on they are passed over")
def _(world):
    for number in (15, 32, 63):
        refused(world, _field(number), "UNSUPPORTED")
    device = world.newcomer()
    for number in (64, 1000, 100_000):
        device.session.send_bytes(_field(number))
    device.follow()


def _field(number):
    return member(number, b"x")


@group.case("a message whose only field is passed over has no body, and is passed over")
def _(world):
    device = world.newcomer()
    device.session.send_bytes(_field(64))
    device.follow()


@group.case("unknown fields in the messages of a session are passed over")
def _(world):
    device = world.newcomer()
    hello = strict.write(device.hello()) + _field(99)
    session = Session(world.url)
    sent = session.send_bytes(member(1, hello))
    answer = session.receive_body("hello")
    session.transcript = signing.transcript(sent, answer.body)
    session.authenticate(device.key)
    session.send_bytes(member(4, _field(77)))
    device._welcomed(session)
    device.until_caught_up()
