"""Pushing: verdicts, retries, entries taken whole or not at all (README 5)."""

import os
import uuid

from kossync import runs, signing, strict
from kossync.content import assign, member, text
from kossync.device import Device
from kossync.header import Facts
from kossync.schema import pb
from kossync.session import Session
from kossync.tables import LIMITS
from suite import Group, expect, expect_true
from world import RELATIVE, accepted

from .hello import malleable

group = Group("push")


def stored(device):
    """How many entries the server has of a device's journal."""
    device.session.close()
    return device.connect().welcome.journal.entries


def raw_verdicts(device, push):
    """The verdicts messages that answer a push."""
    device.session.send(push=push)
    found, entries = [], 0
    while entries < len(push.entry_changes):
        message = device.session.receive()
        if message.WhichOneof("body") == "verdicts":
            found.append(message.verdicts)
            entries += message.verdicts.entries
        device.take(message)
    return found


@group.case("an accepted change has a stamp, and arrives at another device with the same one")
def _(world):
    device, other, family = world.colleagues()
    record = world.relative(device, family, assign(1, text("Åse går")))
    other.until(lambda: record in other.records)
    mine = device.records[record]
    expect(other.records[record].encode(), mine.encode(), "states")
    expect_true(mine.heads[device.actor].stamp.mac != bytes(16), "a stamp")


@group.case("a retry in the same session gets the same verdict, stamps and time")
def _(world):
    device, family = world.desk()
    world.relative(device, family)
    entry = len(device.journal.entries)
    first = raw_verdicts(device, device.push_message(entry))
    again = raw_verdicts(device, device.push_message(entry))
    expect([(v.received_at, v.stamps) for v in again], [(v.received_at, v.stamps) for v in first])
    expect(stored(device), entry)


@group.case("a retry after the server was killed gets the same verdict")
def _(world):
    server = world.another_server()
    device = Device(server.url).enrol(server.code)
    device.follow()
    record = device.create(1, b"", assign(1, text("P")), about=())
    device.write(record, assign(1, text("Q")))
    device.write(uuid.uuid4().bytes, assign(1, text("R")))
    device.push()
    first = [(e.verdict.code, e.verdict.received_at) for e in device.journal.entries]
    expect([code for code, _ in first], [None, None, "NOT_AVAILABLE"])
    before = raw_verdicts(device, device.push_message(1))
    server.restart()
    device.connect()
    device.follow()
    after = raw_verdicts(device, device.push_message(1))
    for verdicts in before + after:
        verdicts.ClearField("cursor")
    expect([strict.write(v) for v in after], [strict.write(v) for v in before])


@group.case("a retry that races its original is taken once")
def _(world):
    device, other, family = world.colleagues()
    for _ in range(5):
        record = device.create(RELATIVE, family.id, assign(1, text("once")))
        push = device.push_message(len(device.journal.entries))
        original = device.session
        original.send(push=push)
        original.drop()
        device.connect()
        device.session.send(push=push)
        device.session.send(push=push)
        device.follow()
        device.until(lambda: device.journal.entries[-1].verdict)
        expect(device.journal.entries[-1].verdict.code, None)
        other.until(lambda: record in other.records)
    changes = [(record, number) for record, actor, number in other.arrived if actor == device.actor]
    expect(len(changes), len(set(changes)), "changes that arrived")
    expect(stored(device), len(device.journal.entries))


@group.case("another change under a used journal number is FORKED")
def _(world):
    device, family = world.desk()
    twin = device.clone()
    world.relative(device, family)
    device.session.close()
    twin.create(RELATIVE, family.id, assign(1, text("another")))
    twin.token, twin.session = device.token, None
    session = Session(world.url)
    session.greet(twin.hello())
    session.send(authentication=pb.Authentication(
        signature=twin.key.sign("kos.session.v1", session.transcript)))
    expect(session.until_ended(), "FORKED")
    expect(stored(device), len(device.journal.entries))


@group.case("a journal number beyond the next is UNEXPECTED, and 0 is MALFORMED")
def _(world):
    for first, code in ((2, "UNEXPECTED"), (0, "MALFORMED"), (LIMITS["highest_number"] + 1, "MALFORMED")):
        device = world.newcomer()
        device.write(uuid.uuid4().bytes, assign(1, text("x")))
        device.session.send(push=device.push_message(1, first_entry=first))
        expect(device.session.until_ended(), code, f"first entry {first}")


@group.case("a wrong signature is BAD_SIGNATURE, and nothing of the push is taken")
def _(world):
    device, family = world.desk()
    known = stored(device)
    device.create(RELATIVE, family.id, assign(1, text("x")))
    good = device.push_message(known + 1)
    content = signing.push_content(device.tenant, device.actor, device.journal.proof(known + 1, known + 1))
    for signature in (
        bytes(64), b"", good.signature[:-1], malleable(good.signature),
        signing.SigningKey(os.urandom(32)).sign("kos.push.v1", content),
        device.key.sign("kos.session.v1", content),
        device.key.sign("kos.push.v1", content[:-1] + b"\0"),
        device.key.sign("kos.push.v1", os.urandom(16) + content[16:]),
    ):
        device.connect()
        device.session.send(push=device.push_message(known + 1, signature=signature))
        expect(device.session.until_ended(), "BAD_SIGNATURE", signature.hex())
    expect(stored(device), known)
    device.follow()
    expect(device.push(), None)


@group.case("a change that was altered on the way breaks its signature")
def _(world):
    device, family = world.desk()
    known = len(device.journal.entries)
    device.create(RELATIVE, family.id, assign(1, text("as written")))
    run = device.push_message(known + 1).changes.replace(b"as written", b"as altered")
    device.session.send(push=device.push_message(known + 1, changes=run))
    expect(device.session.until_ended(), "BAD_SIGNATURE")
    expect(stored(device), known)


@group.case("a bad entry is refused without those around it")
def _(world):
    device, family = world.desk()
    first = device.create(RELATIVE, family.id, assign(1, text("first")))
    device.write(uuid.uuid4().bytes, assign(1, text("nowhere")))
    device.write(first, assign(1, text("second")))
    device.push()
    expect([e.verdict.code for e in device.journal.entries[-3:]], [None, "NOT_AVAILABLE", None])
    expect(device.shown(first, 1), [text("second")])


@group.case("an entry is taken whole or not at all, and says which change decided")
def _(world):
    device, family = world.desk()
    record, good = world.relative(device, family), uuid.uuid4().bytes
    facts = Facts(device.tenant, family.id, RELATIVE, 1, family.children, 3)
    device.write_entry(
        device.draft(record, [assign(1, text("a"))]),
        device.draft(good, [assign(1, text("b"))], creates=facts),
        device.draft(uuid.uuid4().bytes, [assign(1, text("c"))]),
    )
    expect(device.push(), "NOT_AVAILABLE")
    expect(device.journal.entries[-1].verdict.change, 2)
    expect(device.shown(record, 1), [text("Grandmother")])
    device.write(good, assign(1, text("b")))
    expect(device.push(), "NOT_AVAILABLE", "a record that an entry taken back would have made")


@group.case("a refused change leaves no trace at others, and its number is void")
def _(world):
    device, other, family = world.colleagues()
    record = world.relative(device, family)
    other.until(lambda: record in other.records)
    device.write(record, assign(1, text("secret canary")), author=uuid.uuid4().bytes)
    device.push()
    expect(device.journal.entries[-1].verdict.code, "WRONG_AUTHOR")
    device.write(record, assign(2, text("after")))
    accepted(device)
    other.until(lambda: other.shown(record, 2))
    expect(other.shown(record, 1), [text("Grandmother")])
    expect(other.records[record].fields.version[device.actor], 3)
    expect_true(b"canary" not in other.records[record].encode(), "no trace")
    expect(other.records[record].encode(), device.records[record].encode(), "states")
    other.session.close()
    other.connect()
    other.records.clear()
    other.follow(cursor=b"")
    expect(other.records[record].encode(), device.records[record].encode(), "state of a first sync")


@group.case("what was judged a refusal stays one when it is sent again")
def _(world):
    device, family = world.desk()
    record = uuid.uuid4().bytes
    device.write(record, assign(1, text("too early")))
    expect(device.push(), "NOT_AVAILABLE")
    refused = len(device.journal.entries)
    facts = Facts(device.tenant, family.id, RELATIVE, 1, family.children, 3)
    device.write(record, assign(1, text("created")), creates=facts)
    accepted(device)
    device.journal.entries[refused - 1].verdict = None
    device.push(refused, refused)
    expect(device.code_of(refused), "NOT_AVAILABLE")
    expect(device.records[record].heads[device.actor].number, 2)


@group.case("entries of several pushes are judged in order")
def _(world):
    device, family = world.desk()
    record, start = world.relative(device, family), len(device.journal.entries)
    for number in range(40):
        device.write(record, assign(1, text(str(number))))
    order = []
    for first in range(start + 1, start + 41, 10):
        device.session.send(push=device.push_message(first, first + 9))
    while len(order) < 40:
        message = device.session.receive()
        if message.WhichOneof("body") == "verdicts":
            told = message.verdicts
            order += range(told.first_entry, told.first_entry + told.entries)
        device.take(message)
    expect(order, list(range(start + 1, start + 41)))
    expect(device.shown(record, 1), [text("39")])


@group.case("the parts of a push must fit each other")
def _(world):
    device, family = world.desk()
    device.create(RELATIVE, family.id, assign(1, text("x")))
    entry = len(device.journal.entries)
    for changes, code in (
        ({"entry_changes": [2]}, "MALFORMED"),
        ({"entry_changes": [1, 1]}, "MALFORMED"),
        ({"entry_changes": [0]}, "LIMIT_EXCEEDED"),
        ({"entry_changes": [0, 1]}, "LIMIT_EXCEEDED"),
        ({"changes": b"\x0a"}, "MALFORMED"),
        ({"changes": b""}, "MALFORMED"),
    ):
        device.connect()
        device.session.send(push=device.push_message(entry, **changes))
        expect(device.session.until_ended(), code, str(changes))


@group.case("without entry_changes each change is an entry of its own")
def _(world):
    device, family = world.desk()
    record, first = world.relative(device, family), len(device.journal.entries) + 1
    for number in range(3):
        device.write(record, assign(1, text(str(number))))
    device.session.send(push=device.push_message(first, entry_changes=[]))
    device.until(lambda: device.journal.entries[-1].verdict)
    expect([device.code_of(number) for number in range(first, first + 3)], [None] * 3)


@group.case("a push of another actor's changes is refused")
def _(world):
    device, family = world.desk()
    other = world.newcomer()
    draft = other.draft(uuid.uuid4().bytes, [assign(1, text("x"))])
    device.journal.append([draft])
    device.session.send(push=device.push_message(len(device.journal.entries)))
    code = device.session.until_ended()
    device.journal.entries.pop()
    device.journal.heads.pop(draft.header.record)
    expect(code, "UNEXPECTED")


@group.case("unknown fields in what is hashed are UNSUPPORTED, and so is what is in reserve")
def _(world):
    device, family = world.desk()
    device.create(RELATIVE, family.id, assign(1, text("x")))
    entry = len(device.journal.entries)
    run = device.push_message(entry).changes
    packed = pb.PackedChanges.FromString(run).changes[0]
    with_origin = pb.PackedChange.FromString(strict.write(packed))
    with_origin.origin.digest = bytes(32)
    audience = pb.PackedChange.FromString(strict.write(packed))
    audience.creates.audience.append(bytes(16))
    for changes in (
        run + member(2, b"x"),
        member(1, strict.write(packed) + member(11, bytes(32))),
        member(1, strict.write(packed) + member(99, b"")),
        member(1, strict.write(audience)),
    ):
        device.connect()
        device.session.send(push=device.push_message(entry, changes=changes))
        expect(device.session.until_ended(), "UNSUPPORTED", changes.hex())
    device.connect()
    device.session.send(push=device.push_message(entry, changes=member(1, strict.write(with_origin))))
    expect(device.session.until_ended(), "MALFORMED", "an origin without its header")


@group.case("what the change before says may be said in full as well")
def _(world):
    device, family = world.desk()
    record, first = world.relative(device, family), len(device.journal.entries) + 1
    for number in range(3):
        device.write(record, assign(1, text(str(number))))
    full, before = pb.PackedChanges(), 0
    for entry in device.journal.entries[first - 1 :]:
        header = entry.changes[0][0].header
        one = runs.read_packed(runs.write_packed([entry.changes[0][0]]))[0]
        packed = pb.PackedChange(
            record=header.record, actor=header.actor, number=header.number, author=header.author,
            written_after=header.written_at - before, version_follows=True, payload=one.payload)
        packed.version.extend(
            pb.VersionEntry(actor=actor, number=header.version[actor]) for actor in sorted(header.version))
        full.changes.append(packed)
        before = header.written_at
    device.session.send(push=device.push_message(first, changes=strict.write(full)))
    device.until(lambda: device.journal.entries[-1].verdict)
    expect(device.code_of(len(device.journal.entries)), None)


@group.case("times of any author's clock are taken: before 1970, and the last that there is")
def _(world):
    device, family = world.desk()
    record = world.relative(device, family)
    for written_at in (-1, 0, 2**62, 2**63 - 1, -(2**63), 5):
        device.write(record, assign(1, text(str(written_at))), written_at=written_at)
    accepted(device)
    expect(device.shown(record, 1), [text("5")])
