"""Held: what was written without knowing that more may read its record waits for its author (README 5.2)."""

from dataclasses import replace

from kossync import digests
from kossync.content import add, assign, decide, identifier, integer, text
from kossync.runs import Change
from kossync.schema import pb
from kossync.session import Ended
from kossync.tables import Refusal
from suite import Group, expect, expect_true
from world import accepted

group = Group("held")

TITLE, RELEASE = 2, 42


def release(world, device, family, note):
    """A release of a note to somebody, by the coordinator: its id."""
    about = device.records[note].facts.about
    parent = b"p" * 16
    record = device.create(
        RELEASE, family.id, decide(1, identifier(parent)), add(2, identifier(note)),
        *(add(4, identifier(person)) for person in about), about=(*about, parent), information_type=6,
    )
    accepted(device)
    return record


def held(world):
    """A coordinator, an author whose entry is held, her reader, the note and its release."""
    device, author, family = world.colleagues()
    note = world.note(device, family, "first")
    author.until(lambda: note in author.records)
    author.session.close()
    author.write(note, assign(TITLE, text("before she knew")))
    released = release(world, device, family, note)
    author.connect()
    author.push()
    return device, author, family, note, released


def confirm(author, seen, number=None):
    """Writes an entry that stands for one that is held, and pushes it: what came of it."""
    change, _ = author.journal.entries[(number or len(author.journal.entries)) - 1].changes[0]
    header = change.origin.header if change.origin else change.header
    previous = change.origin.previous if change.origin else before(author, header)
    offered = pb.OfferedChange(header=header.encode(), payload=change.payload, previous=previous)
    author.accept(pb.QuarantinedEntry(changes=[offered]), seen)
    author.push()
    return author.journal.entries[-1].verdict


def before(author, header):
    """The digest that an own change chains to."""
    for entry in author.journal.entries:
        for change, digest in entry.changes:
            if (change.header.record, change.header.number) == (header.record, header.number - 1):
                return digest
    return digests.chain_start(author.tenant, header.record, author.actor)


@group.case("it is held, nobody decides on it, and nobody is sent it")
def _(world):
    device, author, family, note, released = held(world)
    verdict = author.journal.entries[-1].verdict
    expect((verdict.code, verdict.held, verdict.waits), ("WIDENED", True, False))
    seen = verdict.audiences[note]
    expect([record for record, _ in seen], [released])
    expect(len(device.quarantine().entries), 0)
    expect(author.inquire(len(author.journal.entries)), [pb.QUARANTINE_WAITING])
    author.follow()
    author.write(note, assign(3, integer(18_000)), audience_seen=seen)
    expect(author.push(), None)
    device.until(lambda: device.shown(note, 3))
    expect(device.shown(note, TITLE), [])


@group.case("it is accepted when its author says that she knows who may read it now")
def _(world):
    device, author, family, note, released = held(world)
    number, seen = len(author.journal.entries), author.journal.entries[-1].verdict.audiences[note]
    expect(confirm(author, ()).code, "WIDENED")
    expect(author.inquire(number), [pb.QUARANTINE_ACCEPTED])
    expect(confirm(author, seen).code, None)
    expect(author.inquire(number + 1), [pb.QUARANTINE_ACCEPTED])
    device.until(lambda: device.shown(note, TITLE))
    expect(device.shown(note, TITLE), [text("before she knew")])
    expect(confirm(author, seen, number).code, "ALREADY_TAKEN")


@group.case("pushed again it gets the same verdict, and is told the same")
def _(world):
    device, author, family, note, released = held(world)
    number, first = len(author.journal.entries), author.journal.entries[-1].verdict
    author.push(number, number)
    author.take(author.session.receive())
    expect(author.journal.entries[-1].verdict, first)


@group.case("its author alone takes it back")
def _(world):
    device, author, family, note, released = held(world)
    name = pb.QuarantineName(actor=author.actor, entry=len(author.journal.entries))
    for other in (device, world.live(world.leader)):
        try:
            other.refuse(name, pb.QUARANTINE_REASON_WITHDRAWN)
            expect_true(False, "somebody else took it back")
        except Refusal as refused:
            expect(refused.code, "NOT_AVAILABLE")
    author.refuse(name, pb.QUARANTINE_REASON_WITHDRAWN)
    expect(author.inquire(name.entry), [pb.QUARANTINE_REFUSED])


@group.case("who knew of the release is not asked, nor who released it, nor whoever wrote once it ended")
def _(world):
    device, author, family = world.colleagues()
    note = world.note(device, family, "first")
    author.until(lambda: note in author.records)
    released = release(world, device, family, note)
    author.until(lambda: released in author.records)
    seen = ((released, dict(author.records[released].fields.version)),)
    author.write(note, assign(TITLE, text("knowing")), audience_seen=seen)
    expect(author.push(), None)
    device.write(note, assign(3, integer(18_001)))
    expect(device.push(), None)
    author.write(note, assign(TITLE, text("not knowing")))
    expect(author.push(), "WIDENED")
    device.write(released, add(8, text("ended")))
    accepted(device)
    author.write(note, assign(TITLE, text("not knowing")))
    expect(author.push(), None)


@group.case("what was seen is hashed, and refused where it is not sorted")
def _(world):
    device, author, family = world.colleagues()
    note = world.note(device, family, "first")
    author.until(lambda: note in author.records)
    seen = ((b"b" * 16, {1: 1}), (b"a" * 16, {1: 1}))
    good = author.draft(note, [assign(TITLE, text("x"))], audience_seen=seen[::-1])
    author.write_entry(good)
    expect(author.push(), None)
    bad = author.draft(note, [assign(TITLE, text("x"))])
    author.write_entry(Change(replace(bad.header, audience_seen=seen), bad.payload))
    try:
        author.push()
        expect_true(False, "taken")
    except Ended as over:
        expect(over.code, "MALFORMED")
