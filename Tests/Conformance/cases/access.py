"""Access: what arrives at whom, and that what one may not see looks like what is not there (governing.md)."""

import uuid

from kossync.content import assign, decide, identifier, integer, text
from kossync.device import Device
from kossync.header import Facts
from suite import Group, expect, expect_true
from world import (
    ALLOCATION, CASE, CORE_TEAM, EXTERNAL_REPORTER, EXTERNAL_UPDATE, RELATIVE, PARTICIPANT, PERSON, accepted,
)

group = Group("access")


def marker(world, *devices):
    """A register record that all staff see: once it is there, all before it has come."""
    record = world.leader.create(PERSON, b"", assign(1, text("marker")), about=())
    accepted(world.leader)
    for device in devices:
        device.until(lambda d=device: record in d.records)


def attempt(device, record, *operations, **changes):
    device.write(record, *(operations or (assign(1, text("x")),)), **changes)
    return device.push()


@group.case("nothing of a case arrives at who has no part in it")
def _(world):
    device, family = world.desk()
    stranger = world.newcomer().follow()
    elsewhere, _ = world.desk()
    records = {world.relative(device, family), family.id, family.allocation}
    marker(world, stranger, elsewhere)
    for other in (stranger, elsewhere, world.second_device(stranger).follow()):
        expect(records & set(other.records), set())


@group.case("what one may not see and what is not there are NOT_AVAILABLE alike")
def _(world):
    device, family = world.desk()
    hidden = world.relative(device, family)
    stranger = world.newcomer().follow()
    answers = []
    for record in (hidden, uuid.uuid4().bytes, family.id):
        stranger.write(record, assign(1, text("x")))
        stranger.push()
        verdict = stranger.journal.entries[-1].verdict
        answers.append((verdict.code, verdict.change))
    expect(answers, [("NOT_AVAILABLE", 0)] * 3)
    for version in ({device.actor: 1}, {device.actor: 9}, {4711: 1}):
        stranger.write(hidden, assign(1, text("x")), version=version)
        expect(stranger.push(), "NOT_AVAILABLE", str(version))
    facts = device.records[hidden].facts
    for record in (hidden, uuid.uuid4().bytes):
        expect(attempt(stranger, record, creates=facts), "NOT_AVAILABLE", "created")
    for case in (family.id, uuid.uuid4().bytes):
        facts = Facts(stranger.tenant, case, RELATIVE, 1, family.children, 3)
        expect(attempt(stranger, uuid.uuid4().bytes, creates=facts), "NOT_AVAILABLE", "in a case")


@group.case("a leader sees the steps of every case, and no note of one that she takes no part in")
def _(world):
    device, family = world.desk()
    note = world.note(device, family, "not for leaders")
    marker(world)
    leader = world.leader
    leader.until(lambda: family.allocation in leader.records)
    fresh = world.second_device(leader).follow()
    expect_true({family.id, family.allocation} <= set(fresh.records), "the case and its allocation")
    expect_true(note not in fresh.records, "the note")
    expect(attempt(leader, note), "NOT_AVAILABLE")


@group.case("who joins a case gets what was written before; who leaves gets nothing more")
def _(world):
    device, family = world.desk()
    before = world.relative(device, family)
    late = world.newcomer().follow()
    marker(world, late)
    expect_true(before not in late.records, "before she takes part")
    participation = world.let_in(family, late)
    late.until(lambda: before in late.records)
    expect(late.records[before].encode(), device.records[before].encode())
    expect(attempt(late, before), None)
    device.until(lambda: late.actor in device.records[before].fields.version)
    world.leader.write(participation, decide(3, text("ended")))
    accepted(world.leader)
    late.until(lambda: before not in late.records)
    device.write(before, assign(1, text("after she left")))
    accepted(device)
    after = world.relative(device, family)
    marker(world, late)
    expect_true(not {before, after} & set(late.records), "what she had and what is new")
    expect(attempt(late, before), "NOT_AVAILABLE")


@group.case("a participation that ended stays so")
def _(world):
    device, member, family = world.colleagues()
    participation = world.let_in(family, world.newcomer())
    world.leader.write(participation, decide(3, text("ended")))
    accepted(world.leader)
    expect(attempt(world.leader, participation, decide(3, text("active"))), "FORBIDDEN")


@group.case("nobody gives rights to herself, nor more than the person's role warrants")
def _(world):
    device, member, family = world.colleagues()
    stranger = world.newcomer().follow()

    def participation(person, role, alias=None):
        decided = [decide(1, identifier(person)), decide(2, integer(role)), decide(3, text("active"))]
        return decided + ([decide(4, identifier(alias))] if alias else [])

    facts = Facts(device.tenant, family.id, PARTICIPANT, 1, family.children, 6)
    for writer, operations, code in (
        (member, participation(member.person, 2), "FORBIDDEN"),
        (member, participation(stranger.person, CORE_TEAM), "FORBIDDEN"),
        (stranger, participation(stranger.person, CORE_TEAM), "NOT_AVAILABLE"),
        (world.leader, participation(world.leader.person, 1), "FORBIDDEN"),
        (world.leader, participation(stranger.person, 2), "FORBIDDEN"),
        (device, participation(stranger.person, 99), "FORBIDDEN"),
        (device, participation(stranger.person, CORE_TEAM, uuid.uuid4().bytes), "FORBIDDEN"),
        (device, participation(stranger.person, EXTERNAL_REPORTER), "FORBIDDEN"),
        (device, participation(stranger.person, CORE_TEAM)[:2], "FORBIDDEN"),
        (device, participation(stranger.person, CORE_TEAM) + [assign(1, text("x"))], "INVALID_CONTENT"),
        (device, participation(stranger.person, CORE_TEAM) + [assign(99, text("x"))], "INVALID_CONTENT"),
        (device, participation(stranger.person, CORE_TEAM), None),
    ):
        expect(attempt(writer, uuid.uuid4().bytes, *operations, creates=facts), code, str(len(operations)))
    stranger.until(lambda: family.id in stranger.records)


@group.case("a core-team member allocates no case, and opens none")
def _(world):
    device, member, family = world.colleagues()
    facts = Facts(member.tenant, family.id, ALLOCATION, 1, family.children, 6)
    decided = decide(1, identifier(member.person))
    expect(attempt(member, uuid.uuid4().bytes, decided, creates=facts), "FORBIDDEN")
    expect(attempt(member, family.allocation, decided), "FORBIDDEN")
    case = uuid.uuid4().bytes
    facts = Facts(member.tenant, case, CASE, 1, family.children, 6)
    code = attempt(member, case, assign(1, text("F")), creates=facts)
    expect_true(code in ("FORBIDDEN", "NOT_AVAILABLE"), f"refused with {code}")


@group.case("a second allocation is refused while one stands; the one that stands is decided anew")
def _(world):
    leader, (device, family) = world.leader, world.desk()
    other, _ = world.desk()
    facts = Facts(leader.tenant, family.id, ALLOCATION, 1, family.children, 6)
    decided = decide(1, identifier(other.person))
    expect(attempt(leader, uuid.uuid4().bytes, decided, creates=facts), "FORBIDDEN")
    expect(attempt(leader, family.allocation, decided, version={leader.actor: 1}), None)
    expect(attempt(leader, family.allocation, decide(1, identifier(device.person))), None)


@group.case("the second of two who allocate at once is ALREADY_DECIDED")
def _(world):
    first = world.leader
    second = world.second_device(first).follow()
    device, family = world.desk()
    second.until(lambda: family.allocation in second.records)
    seen = dict(second.records[family.allocation].fields.version)
    expect(attempt(first, family.allocation, decide(1, identifier(device.person))), None)
    late = decide(1, identifier(uuid.uuid4().bytes))
    expect(attempt(second, family.allocation, late, version=seen), "ALREADY_DECIDED")


@group.case("an external reporter sends news under an alias, and sees nothing else of the case")
def _(world):
    device, family = world.desk()
    note = world.relative(device, family)
    person, alias = uuid.uuid4().bytes, uuid.uuid4().bytes
    code = device.invite(EXTERNAL_REPORTER, person=person, case=family.id)
    device.create(
        PARTICIPANT, family.id, decide(1, identifier(person)), decide(2, integer(EXTERNAL_REPORTER)),
        decide(3, text("active")), decide(4, identifier(alias)), about=family.children, information_type=6)
    accepted(device)
    reporter = Device(world.url).enrol(code.text())
    reporter.follow()
    expect(reporter.aliases, [alias])
    expect(list(reporter.records), [])
    update = reporter.create(EXTERNAL_UPDATE, alias, assign(1, text("walking aid refused")), about=())
    expect(reporter.push(), None)
    device.until(lambda: update in device.records)
    expect(device.records[update].encode(), reporter.records[update].encode())
    expect(attempt(reporter, update), "FORBIDDEN", "an update is written once")
    expect(attempt(device, update), "FORBIDDEN")
    for target in (note, family.id, family.allocation):
        expect(attempt(reporter, target), "NOT_AVAILABLE")
    elsewhere = uuid.uuid4().bytes
    for case, kind in ((family.id, RELATIVE), (family.id, EXTERNAL_UPDATE), (elsewhere, EXTERNAL_UPDATE)):
        facts = Facts(reporter.tenant, case, kind, 1, family.children, 3)
        code = attempt(reporter, uuid.uuid4().bytes, creates=facts)
        expect_true(code in ("NOT_AVAILABLE", "FORBIDDEN"), f"{code}")
    expect(attempt(reporter, uuid.uuid4().bytes, creates=Facts(reporter.tenant, b"", PERSON, 1)), "FORBIDDEN")
    again = reporter.clone()
    again.records.clear()
    reporter.session.close()
    again.connect()
    again.follow(cursor=b"")
    expect(set(again.records), {update})


@group.case("the register is read and written by staff")
def _(world):
    device, member, _ = world.colleagues()
    record = device.create(PERSON, b"", assign(1, text("P")), about=())
    accepted(device)
    member.until(lambda: record in member.records)
    expect(attempt(member, record), None)


@group.case("a right counts at the time of receipt, whenever the change was written")
def _(world):
    device, member, family = world.colleagues()
    record = world.relative(device, family)
    member.until(lambda: record in member.records)
    part = next(key for key, one in device.records.items()
                if one.facts.kind == PARTICIPANT and one.fields.shown(1, 5) == [identifier(member.person)])
    member.write(record, assign(1, text("written before")), written_at=1)
    world.leader.until(lambda: part in world.leader.records)
    world.leader.write(part, decide(3, text("ended")))
    accepted(world.leader)
    expect(member.push(), "NOT_AVAILABLE")
