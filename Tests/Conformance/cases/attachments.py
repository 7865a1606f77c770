"""Attachments: bytes in chunks, from a device to the server and on to who may read them (README 8)."""

import hashlib
import os
import uuid

from kossync.content import Value, assign, decide, integer, text
from kossync.schema import pb
from kossync.session import Ended
from kossync.tables import LIMITS, code_name
from suite import Group, expect, expect_true
from world import ATTACHMENT, accepted

group = Group("attachments")

CHUNK = LIMITS["chunk_bytes"]


def sha256(content):
    return hashlib.sha256(content).digest()


def attached(device, family, content):
    """An attachment record of these bytes, accepted; the bytes stay here."""
    record = device.create(
        ATTACHMENT, family.id, assign(1, text("brev.pdf")), assign(2, text("application/pdf")),
        assign(3, integer(len(content))), assign(4, Value("bytes", sha256(content))),
    )
    accepted(device)
    return record


def answer(device, *bodies):
    """The next message of these sorts; deliveries and verdicts before it are taken in."""
    while True:
        message = device.session.receive()
        body = message.WhichOneof("body")
        if body in bodies:
            return getattr(message, body)
        device.take(message)


def begin(device, record, content, **changes):
    """Says what is to come: how many bytes the server has of it, or the code why it takes none."""
    members = dict(attachment=record, size=len(content), digest=sha256(content))
    device.session.send(upload=pb.Upload(**{**members, **changes}))
    return stored(device, record)


def stored(device, record):
    told = answer(device, "stored")
    expect(told.attachment, record, "the answer is about")
    return code_name(told.code) if told.code else told.bytes


def send(device, record, content, offset):
    device.session.send(chunk=pb.Chunk(attachment=record, offset=offset, content=content))


def send_all(device, record, content, start):
    """Sends from an offset on, one chunk at a time: the last answer."""
    told = start
    for offset in range(start, len(content), CHUNK):
        send(device, record, content[offset : offset + CHUNK], offset)
        told = stored(device, record)
    return told


def fetch(device, record, offset):
    """One chunk, or the code why there is none."""
    device.session.send(fetch=pb.Fetch(attachment=record, offset=offset))
    return fetched(device, record, offset)


def fetched(device, record, offset):
    told = answer(device, "chunk", "fetch_failure")
    expect((told.attachment, told.offset), (record, offset), "the answer is about")
    return told.content if isinstance(told, pb.Chunk) else code_name(told.code)


def fetch_all(device, record, size):
    content = b""
    while len(content) < size:
        content += fetch(device, record, len(content))
    return content


def available(device, *records):
    device.session.send(availability=pb.AvailabilityRequest(attachments=records))
    return list(answer(device, "availability").attachments)


@group.case("what was sent chunk by chunk comes back the same, at who may read it")
def _(world):
    device, other, family = world.colleagues()
    for size in (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 5):
        content = os.urandom(size)
        record = attached(device, family, content)
        expect(begin(device, record, content), 0, f"{size} bytes")
        expect(send_all(device, record, content, 0), size)
        expect(begin(device, record, content), size, "once more")
        for reader in (device, other):
            expect_true(fetch_all(reader, record, size) == content, f"{size} bytes come back")


@group.case("a server that is killed goes on at the byte that it said it has, another device of hers too")
def _(world):
    place = world.elsewhere()
    device, family = place.desk()
    content = os.urandom(9 * CHUNK + 11)
    record = attached(device, family, content)
    expect(begin(device, record, content), 0)
    expect(send_all(device, record, content[: 4 * CHUNK], 0), 4 * CHUNK)
    place.server.restart()
    device.connect()
    device.follow()
    expect(begin(device, record, content), 4 * CHUNK, "after the kill")
    expect(send_all(device, record, content[: 6 * CHUNK], 4 * CHUNK), 6 * CHUNK)
    second = place.second_device(place.live(device)).follow()
    device.session.drop()
    expect(begin(second, record, content), 6 * CHUNK, "on another device")
    expect(send_all(second, record, content, 6 * CHUNK), len(content))
    place.server.restart()
    second.connect()
    second.follow()
    expect_true(fetch_all(second, record, len(content)) == content, "comes back after another kill")


@group.case("a chunk that came twice is not taken again; of one too early the answer says where to go on")
def _(world):
    device, family = world.desk()
    content = os.urandom(2 * CHUNK + 9)
    record = attached(device, family, content)
    begin(device, record, content)
    send(device, record, content[CHUNK : 2 * CHUNK], CHUNK)
    told = answer(device, "stored")
    expect((told.bytes, told.rewind, told.complete, told.code), (0, True, False, 0), "too early")
    for _ in range(2):
        send(device, record, content[:CHUNK], 0)
        told = answer(device, "stored")
        expect((told.bytes, told.rewind, told.complete, told.code), (CHUNK, False, False, 0), "twice")
    expect(send_all(device, record, content, CHUNK), len(content))
    send(device, record, content[:CHUNK], 0)
    told = answer(device, "stored")
    expect((told.bytes, told.complete), (len(content), True), "after the end")
    expect_true(fetch_all(device, record, len(content)) == content, "comes back")


@group.case("bytes of another digest are dropped whole, and may be sent again")
def _(world):
    device, family = world.desk()
    content = os.urandom(CHUNK + 7)
    record = attached(device, family, content)
    begin(device, record, content)
    expect(send_all(device, record, content[:-1] + b"?", 0), "DIGEST_MISMATCH")
    expect(fetch(device, record, 0), "BYTES_AWAITED")
    expect(begin(device, record, content), 0, "begun anew")
    expect(send_all(device, record, content, 0), len(content))


@group.case("another declaration before the end drops what came; after it there is no other")
def _(world):
    device, family = world.desk()
    content, other = os.urandom(2 * CHUNK), os.urandom(CHUNK + 1)
    record = attached(device, family, content)
    begin(device, record, other)
    send(device, record, other[:CHUNK], 0)
    expect(stored(device, record), CHUNK)
    expect(begin(device, record, content), 0, "declared anew")
    expect(send_all(device, record, content, 0), len(content))
    expect(begin(device, record, other), "ATTACHMENT_EXISTS")
    expect_true(fetch_all(device, record, len(content)) == content, "comes back")


@group.case("only devices of who attached it send bytes; what one may not read looks like what is not there")
def _(world):
    device, other, family = world.colleagues()
    content = os.urandom(10)
    record = attached(device, family, content)
    relative = world.relative(device, family)
    other.until(lambda: record in other.records and relative in other.records)
    stranger = world.newcomer().follow()
    expect(begin(other, record, content), "FORBIDDEN")
    for one in (record, uuid.uuid4().bytes, relative):
        expect(begin(stranger, one, content), "NOT_AVAILABLE")
        expect(fetch(stranger, one, 0), "NOT_AVAILABLE")
        expect(available(stranger, one), [])
    expect(begin(device, relative, content), "NOT_AVAILABLE", "no attachment")
    second = world.second_device(device).follow()
    expect(begin(second, record, content), 0, "another device of hers")
    expect(send_all(second, record, content, 0), len(content))
    expect(fetch(stranger, record, 0), "NOT_AVAILABLE", "now that it is there")
    expect(available(stranger, record), [])


@group.case("who loses the right between two chunks gets no further one")
def _(world):
    device, family = world.desk()
    late = world.newcomer().follow()
    participation = world.let_in(family, late)
    content = os.urandom(3 * CHUNK)
    record = attached(device, family, content)
    begin(device, record, content)
    send_all(device, record, content, 0)
    late.until(lambda: record in late.records)
    expect_true(fetch(late, record, 0) == content[:CHUNK], "the first chunk")
    world.leader.write(participation, decide(3, text("ended")))
    accepted(world.leader)
    expect(fetch(late, record, CHUNK), "NOT_AVAILABLE")
    expect(available(late, record), [])
    expect_true(late.session.is_open, "the session goes on")


@group.case("nothing is given out before all is there; then from any byte on, in the order of the questions")
def _(world):
    device, other, family = world.colleagues()
    content = os.urandom(2 * CHUNK)
    record = attached(device, family, content)
    other.until(lambda: record in other.records)
    expect(fetch(other, record, 0), "BYTES_AWAITED")
    begin(device, record, content)
    expect(send_all(device, record, content[:CHUNK], 0), CHUNK)
    expect((fetch(other, record, 0), available(other, record)), ("BYTES_AWAITED", []), "the first half")
    send_all(device, record, content, CHUNK)
    # Who is connected is told.
    expect(list(answer(other, "availability").attachments), [record])
    expect(available(other, uuid.uuid4().bytes, record), [record])
    offsets = (1, 2 * CHUNK - 1, CHUNK - 7)
    for offset in offsets:
        other.session.send(fetch=pb.Fetch(attachment=record, offset=offset))
    for offset in offsets:
        expect_true(fetched(other, record, offset) == content[offset : offset + CHUNK], f"from {offset}")


@group.case("a change is accepted, and arrives, between the chunks of a file")
def _(world):
    device, other, family = world.colleagues()
    content = os.urandom(4 * CHUNK)
    record, relative = attached(device, family, content), world.relative(device, family)
    other.until(lambda: relative in other.records)
    begin(device, record, content)
    device.write(relative, assign(1, text("urgent")))
    send(device, record, content[:CHUNK], 0)
    device.session.send(push=device.push_message(len(device.journal.entries)))
    send(device, record, content[CHUNK : 2 * CHUNK], CHUNK)
    kinds = []
    while len(kinds) < 3:
        message = device.session.receive()
        if message.WhichOneof("body") in ("stored", "verdicts"):
            kinds.append(message.WhichOneof("body"))
        if message.WhichOneof("body") != "stored":
            device.take(message)
    expect(kinds, ["stored", "verdicts", "stored"])
    # The file is half there; the change has arrived.
    other.until(lambda: other.shown(relative, 1) == [text("urgent")])
    expect(send_all(device, record, content, 2 * CHUNK), len(content))


@group.case("a chunk is full or the last, within what was declared, and never the first word")
def _(world):
    device, family = world.desk()
    content = os.urandom(CHUNK + 10)
    record = attached(device, family, content)

    def ends(*messages):
        for body, message in messages:
            device.session.send(**{body: message})
        code = device.session.until_ended()
        device.connect()
        device.follow()
        return code

    upload = ("upload", pb.Upload(attachment=record, size=len(content), digest=sha256(content)))

    def chunk(offset, size, of=record):
        return "chunk", pb.Chunk(attachment=of, offset=offset, content=bytes(size))

    expect(ends(chunk(0, CHUNK)), "UNEXPECTED", "without an upload")
    for offset, size in (
        (0, 0), (0, 1), (0, CHUNK - 1), (0, CHUNK + 1), (CHUNK, 9), (CHUNK, 11), (CHUNK + 10, 1),
        (2**64 - 1, 1),
    ):
        expect(ends(upload, chunk(offset, size)), "MALFORMED", f"{size} bytes at {offset}")
    expect(ends(("upload", pb.Upload(attachment=record, size=1))), "MALFORMED", "no digest")
    expect(ends(("upload", pb.Upload(attachment=b"x", size=1, digest=bytes(32)))), "MALFORMED", "no id")
    begin(device, record, content)
    send_all(device, record, content, 0)
    for offset in (len(content), 2**64 - 1):
        message = ("fetch", pb.Fetch(attachment=record, offset=offset))
        expect(ends(message), "MALFORMED", f"fetched from {offset}")


@group.case("attachment_bytes, unfinished_uploads, availability_attachments")
def _(world):
    device, family = world.desk()
    record, limit = attached(device, family, b""), LIMITS["attachment_bytes"]
    expect(begin(device, record, b"x", size=limit + 1), "TOO_LARGE")
    expect(begin(device, record, b"x", size=limit), 0)
    more = [attached(device, family, b"x") for _ in range(LIMITS["unfinished_uploads"])]
    for one in more[:-1]:
        expect(begin(device, one, b"x"), 0)
    expect(begin(device, more[-1], b"x"), "TOO_MANY_UPLOADS")
    expect(begin(device, record, b""), 0)  # nothing is all of nothing: this one is finished
    expect(begin(device, more[-1], b"x"), 0)
    count = LIMITS["availability_attachments"]
    expect(available(device, *[uuid.uuid4().bytes for _ in range(count - 1)], record), [record])
    message = pb.AvailabilityRequest(attachments=[uuid.uuid4().bytes for _ in range(count + 1)])
    device.session.send(availability=message)
    expect(device.session.until_ended(), "LIMIT_EXCEEDED")


@group.case("outstanding_chunks: so many without answers are stored; of more, all or LIMIT_EXCEEDED")
def _(world):
    place, limit = world.elsewhere(), LIMITS["outstanding_chunks"]
    device, family = place.desk()
    content = os.urandom(20 * CHUNK)

    def outcome(count):
        record = attached(device, family, content)
        begin(device, record, content)
        place.server.pause()
        for number in range(count):
            send(device, record, content[number * CHUNK :][:CHUNK], number * CHUNK)
        place.server.go_on()
        try:
            for number in range(count):
                expect(stored(device, record), (number + 1) * CHUNK)
        except Ended as ended:
            device.connect()
            device.follow()
            return ended.code
        return "stored"

    expect(outcome(limit), "stored")
    # A server that answers before it has read them all does not see too many: that is no breach of either.
    # (That the machine refuses exactly the first one too many is AttachmentRefusalTests' to show.)
    expect_true(outcome(limit + 1) in ("stored", "LIMIT_EXCEEDED"), "nothing else")
