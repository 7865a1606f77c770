"""Numbers, chains and version vectors: what a change may say that it goes on from (README 1, 3.1, 5)."""

import uuid

from kossync import strict
from kossync.content import assign, text
from kossync.header import Header
from kossync.schema import pb
from kossync.tables import LIMITS
from suite import Group, expect, expect_true

from .push import stored

group = Group("chains")


def verdict_on(device, record, **changes):
    """What comes of a change with another header than it should have: a verdict, or the session's end."""
    device.write(record, assign(1, text("x")), **changes)
    return device.push()


def ended_by(device, draft, head=None):
    """How the session ends on a change that cannot be linked (after that head); the device forgets it."""
    heads = dict(device.journal.heads)
    if head:
        device.journal.heads[draft.header.record] = head
    device.journal.append([draft])
    device.session.send(push=device.push_message(len(device.journal.entries)))
    code = device.session.until_ended()
    device.journal.entries.pop()
    device.journal.heads = heads
    return code


@group.case("a change number that leaves a gap ends the session with UNEXPECTED")
def _(world):
    device, family = world.desk()
    record = world.relative(device, family)
    known = len(device.journal.entries)
    for number in (3, 7, LIMITS["highest_number"]):
        draft = device.draft(record, [assign(1, text("x"))], number=number)
        expect(ended_by(device, draft), "UNEXPECTED", f"number {number}")
        expect(stored(device), known)
    draft = device.draft(uuid.uuid4().bytes, [assign(1, text("x"))], number=2)
    expect(ended_by(device, draft), "UNEXPECTED", "the first change of a record")


@group.case("a change number that was used is FORKED, with the same content or another")
def _(world):
    device, family = world.desk()
    record = world.relative(device, family)
    head = device.journal.heads[record]
    device.write(record, assign(1, text("x")))
    device.push()
    same = device.journal.entries[-1].changes[0][0]
    for draft in (same, device.draft(record, [assign(1, text("y"))], number=2)):
        expect(ended_by(device, draft, head), "FORKED")
        device.connect()
    expect(stored(device), len(device.journal.entries))


@group.case("change number 0 and one beyond highest_number are MALFORMED")
def _(world):
    device, family = world.desk()
    record = world.relative(device, family)
    for number in (0, LIMITS["highest_number"] + 1, 2**64 - 1):
        draft = device.draft(record, [assign(1, text("x"))], number=number)
        expect(ended_by(device, draft), "MALFORMED", f"number {number}")
        device.connect()


@group.case("a chain over another digest breaks the signature")
def _(world):
    device, family = world.desk()
    record = world.relative(device, family)
    number, _ = device.journal.heads[record]
    twin = device.clone()
    twin.journal.heads[record] = (number, bytes(32))
    twin.write(record, assign(1, text("x")))
    device.session.send(push=twin.push_message(len(twin.journal.entries)))
    expect(device.session.until_ended(), "BAD_SIGNATURE")


@group.case("a journal over another digest breaks the signature")
def _(world):
    device, family = world.desk()
    record = world.relative(device, family)
    twin = device.clone()
    twin.journal.entries[-1].journal = bytes(32)
    twin.write(record, assign(1, text("x")))
    device.session.send(push=twin.push_message(len(twin.journal.entries)))
    expect(device.session.until_ended(), "BAD_SIGNATURE")


@group.case("a vector that names a change beyond the head is CAUSALITY")
def _(world):
    device, other, family = world.colleagues()
    record = world.relative(device, family)
    other.until(lambda: record in other.records)
    for version in (
        {device.actor: 2}, {device.actor: 1, 4711: 1}, {device.actor: LIMITS["highest_number"]}, {4711: 1},
    ):
        own = len([e for e in other.journal.entries if e.changes[0][0].header.record == record])
        version = {**version, **({other.actor: own} if own else {})}
        expect(verdict_on(other, record, version=version), "CAUSALITY", str(version))


@group.case("a vector that omits the actor's own previous change is CAUSALITY")
def _(world):
    device, family = world.desk()
    record = world.relative(device, family)
    expect(verdict_on(device, record, version={}), "CAUSALITY")
    expect(verdict_on(device, record, version={device.actor: 1}), "CAUSALITY", "its void one left out")
    expect(verdict_on(device, record), None)


@group.case("a vector that names its own change, or a later one, is CAUSALITY")
def _(world):
    device, family = world.desk()
    record = world.relative(device, family)
    expect(verdict_on(device, record, version={device.actor: 2}), "CAUSALITY")
    expect(verdict_on(device, record, version={device.actor: 4}), "CAUSALITY")
    expect(verdict_on(device, record), None)


@group.case("a first change of another's record with an own entry is CAUSALITY")
def _(world):
    device, other, family = world.colleagues()
    record = world.relative(device, family)
    other.until(lambda: record in other.records)
    expect(verdict_on(other, record, version={device.actor: 1, other.actor: 1}), "CAUSALITY")


@group.case("a creating change with a vector is CAUSALITY")
def _(world):
    device, family = world.desk()
    record = world.relative(device, family)
    facts = device.records[record].facts
    expect(verdict_on(device, uuid.uuid4().bytes, creates=facts, version={4711: 1}), "CAUSALITY")


@group.case("a vector may name void numbers, of others as well")
def _(world):
    device, other, family = world.colleagues()
    record = world.relative(device, family)
    device.write(record, assign(1, text("refused")), author=bytes(16))
    expect(device.push(), "WRONG_AUTHOR")
    device.write(record, assign(1, text("after")))
    expect(device.push(), None)
    other.until(lambda: record in other.records and other.shown(record, 1) == [text("after")])
    expect(other.records[record].fields.version, {device.actor: 3})
    expect(verdict_on(other, record, version={device.actor: 2}), None)
    expect(len(other.shown(record, 1)), 2, "concurrent values")


@group.case("a vector older than what one has is concurrent with the rest")
def _(world):
    device, other, family = world.colleagues()
    record = world.relative(device, family)
    for number in range(3):
        device.write(record, assign(1, text(str(number))))
    device.push()
    other.until(lambda: record in other.records and other.shown(record, 1) == [text("2")])
    expect(verdict_on(other, record, version={device.actor: 1}), None)
    expect(set(other.shown(record, 1)), {text("2"), text("x")})
    expect(verdict_on(other, record), None)
    expect(other.shown(record, 1), [text("x")])


@group.case("a vector that is not sorted, or names an actor twice or with 0, is MALFORMED")
def _(world):
    device, family = world.desk()
    record = world.relative(device, family)
    device.write(record, assign(1, text("x")))
    entry = len(device.journal.entries)
    [packed] = pb.PackedChanges.FromString(device.push_message(entry).changes).changes
    for version in ([(2, 1), (1, 1)], [(1, 1), (1, 1)], [(1, 0)], [(1, LIMITS["highest_number"] + 1)]):
        packed.version_follows = True
        del packed.version[:]
        packed.version.extend(pb.VersionEntry(actor=actor, number=number) for actor, number in version)
        changes = strict.write(pb.PackedChanges(changes=[packed]))
        device.connect()
        device.session.send(push=device.push_message(entry, changes=changes))
        expect(device.session.until_ended(), "MALFORMED", str(version))


@group.case("actors are compared as unsigned numbers: the greatest and the least may be named")
def _(world):
    device, family = world.desk()
    record = world.relative(device, family)
    version = {device.actor: 1, 2**64 - 1: 1, 0: 1, 2**63: 1}
    expect(verdict_on(device, record, version=version), "CAUSALITY")


@group.case("two changes of one record in one entry go on from each other")
def _(world):
    device, family = world.desk()
    record = world.relative(device, family)
    first = device.draft(record, [assign(1, text("one"))])
    header = Header(record, device.actor, 3, device.account, 5, {device.actor: 2})
    second = device.draft(record, [assign(2, text("two"))])
    device.write_entry(first, type(second)(header, second.payload))
    expect(device.push(), None)
    expect((device.shown(record, 1), device.shown(record, 2)), ([text("one")], [text("two")]))
    expect_true(device.records[record].heads[device.actor].number == 3, "the head")
