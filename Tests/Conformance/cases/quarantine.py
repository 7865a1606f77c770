"""Quarantine: what was allowed as far as its author could know waits for a person (README 5.1)."""

from kossync.content import assign, decide, text
from kossync.schema import pb
from kossync.tables import LIMITS, Refusal
from suite import Group, expect, expect_true
from world import NOTE, accepted

group = Group("quarantine")


def waiting(world, words="written offline"):
    """Who decides, an author whose part was ended while she was offline, and her entry that waits."""
    decider, family = world.desk()
    author = world.newcomer().follow()
    participation = world.let_in(family, author)
    author.until(lambda: family.id in author.records)
    # She comes back once, so that she is known to know of her part.
    for _ in range(2):
        author.session.close()
        author.connect()
        author.follow()
    author.session.close()
    record = author.create(NOTE, family.id, assign(1, text(words)), about=family.children)
    world.leader.write(participation, decide(3, text("ended")))
    accepted(world.leader)
    author.connect()
    author.follow()
    author.push()
    entry = author.journal.entries[-1]
    expect((entry.verdict.code, entry.verdict.waits), ("NOT_AVAILABLE", True))
    return decider, author, family, record


@group.case("it waits, whoever decides is told, and nobody is sent it")
def _(world):
    decider, author, family, record = waiting(world)
    decider.until(lambda: decider.noticed == 1)
    expect_true(record not in decider.records, "delivered")
    page = decider.quarantine()
    expect((len(page.entries), page.complete), (1, True))
    told = page.entries[0]
    expect((told.name.actor, told.account, told.device_name), (author.actor, author.account, "python"))
    expect(author.inquire(len(author.journal.entries)), [pb.QUARANTINE_WAITING])


@group.case("accepted, it enters with its author, who is told")
def _(world):
    decider, author, family, record = waiting(world)
    told = decider.quarantine().entries[0]
    decider.accept(told)
    expect(decider.push(), None)
    original = decider.journal.entries[-1].changes[0][0].origin.header
    expect((original.author, original.actor), (author.account, author.actor))
    expect(decider.shown(record, 1), [text("written offline")])
    reader = world.newcomer().follow()
    world.let_in(family, reader)
    reader.until(lambda: record in reader.records)
    expect(reader.shown(record, 1), [text("written offline")])
    name = (author.actor, len(author.journal.entries))
    author.until(lambda: name in author.decisions)
    expect(author.decisions[name].outcome, pb.QUARANTINE_ACCEPTED)
    expect(author.inquire(name[1]), [pb.QUARANTINE_ACCEPTED])
    expect_true(record not in author.records, "she may not read it")
    decider.accept(told)
    expect(decider.push(), "ALREADY_TAKEN")


@group.case("refused, it goes back with a reason, once")
def _(world):
    decider, author, family, record = waiting(world)
    name = decider.quarantine().entries[0].name
    decider.refuse(name, pb.QUARANTINE_REASON_WRONG_CASE)
    key = (author.actor, len(author.journal.entries))
    author.until(lambda: key in author.decisions)
    decision = author.decisions[key]
    told = (decision.outcome, decision.reason)
    expect(told, (pb.QUARANTINE_REFUSED, pb.QUARANTINE_REASON_WRONG_CASE))
    expect(len(decider.quarantine().entries), 0)
    expect(refusal(decider, name), "NOT_AVAILABLE")


def refusal(device, name):
    try:
        device.refuse(name, pb.QUARANTINE_REASON_OTHER)
    except Refusal as refused:
        return refused.code
    return None


@group.case("who does not decide sees nothing of it, and decides nothing")
def _(world):
    decider, author, family, record = waiting(world)
    told = decider.quarantine().entries[0]
    stranger = world.newcomer().follow()
    for device in (stranger, author, world.live(world.leader)):
        expect(len(device.quarantine().entries), 0)
        expect(refusal(device, told.name), "NOT_AVAILABLE")
        expect(device.inquire(1) if device is stranger else [], [pb.QUARANTINE_UNKNOWN][: device is stranger])
    stranger.accept(told)
    expect(stranger.push(), "FORBIDDEN")


@group.case("what is told of it is checked: a change that is not the original is not taken")
def _(world):
    decider, author, family, record = waiting(world)
    told = decider.quarantine().entries[0]
    told.changes[0].payload += b"\x00"
    decider.accept(told)
    expect(decider.push(), "FORBIDDEN")
    expect(len(decider.quarantine().entries), 1)


@group.case("no device fills it")
def _(world):
    decider, author, family, record = waiting(world)
    for number in range(LIMITS["quarantined_entries"] - 1):
        author.create(NOTE, family.id, assign(1, text(f"number {number}")), about=family.children)
    author.push()
    expect_true(author.journal.entries[-1].verdict.waits, "the last that may wait")
    author.create(NOTE, family.id, assign(1, text("one more")), about=family.children)
    expect(author.push(), "QUARANTINE_FULL")


@group.case("what was never allowed is refused, and waits for nobody")
def _(world):
    decider, family = world.desk()
    stranger = world.newcomer().follow()
    stranger.create(NOTE, family.id, assign(1, text("no part in it")), about=family.children)
    expect(stranger.push(), "NOT_AVAILABLE")
    expect(stranger.journal.entries[-1].verdict.waits, False)
