"""Erasing: two persons, and then nobody has it, whoever comes later (README 6.3)."""

from kossync.content import add, assign, decide, identifier, integer, text
from suite import Group, expect, expect_true
from world import CORE_TEAM, ERASURE, PARTICIPANT, PERSON, REGISTER_ERASURE, accepted

group = Group("erasing")
TITLE = 2


def proposed(world):
    """A note that a colleague holds, and a proposal to erase it: (desk, colleague, family, both)."""
    device, member, family = world.colleagues()
    note = world.note(device, family, "secret")
    member.until(lambda: note in member.records)
    proposal = device.create(
        ERASURE, family.id, add(1, identifier(note)), decide(2, text("kept too long")),
        about=family.children, information_type=6,
    )
    accepted(device)
    world.leader.until(lambda: proposal in world.leader.records)
    return device, member, family, note, proposal


def confirm(world, proposal):
    world.leader.write(proposal, decide(4, identifier(world.leader.person)))
    accepted(world.leader)


def code(device):
    device.push()
    return device.code_of(len(device.journal.entries))


@group.case("one person alone erases nothing")
def _(world):
    device, member, family, note, proposal = proposed(world)
    device.write(proposal, decide(4, identifier(device.person)))
    expect(code(device), "FORBIDDEN")
    member.write(note, assign(TITLE, text("still there")))
    expect(code(member), None)
    expect((note in member.records, member.exits), (True, 0))


@group.case("whoever holds it is told to wipe it, and to keep nothing of it")
def _(world):
    device, member, family, note, proposal = proposed(world)
    confirm(world, proposal)
    for holder in (device, member):
        holder.until(lambda: note not in holder.records)
        expect(holder.erased, {note})


@group.case("work of somebody who was offline is ERASED, and her journal goes on")
def _(world):
    device, member, family, note, proposal = proposed(world)
    member.session.close()
    for words in ("one", "two"):
        member.write(note, assign(TITLE, text(words)))
    confirm(world, proposal)
    member.connect()
    expect(code(member), "ERASED")
    expect(member.code_of(len(member.journal.entries) - 1), "ERASED")
    member.follow()
    member.until(lambda: note not in member.records)
    other = world.note(member, family, "something else")
    device.until(lambda: other in device.records)


@group.case("an entry that changes it beside another record is refused whole")
def _(world):
    device, member, family, note, proposal = proposed(world)
    other = world.note(device, family, "beside it")
    member.until(lambda: other in member.records)
    member.session.close()
    member.write_entry(
        *(member.draft(record, [assign(TITLE, text("x"))], None) for record in (other, note))
    )
    confirm(world, proposal)
    member.connect()
    expect(code(member), "ERASED")
    member.follow()
    member.write(other, assign(TITLE, text("goes on")))
    expect(code(member), None)


@group.case("what was confirmed is not given up, and what was given up not confirmed")
def _(world):
    device, member, family, note, proposal = proposed(world)
    confirm(world, proposal)
    device.write(proposal, add(5, text("ended")))
    expect(code(device), "FORBIDDEN")
    device, member, family, note, proposal = proposed(world)
    device.write(proposal, add(5, text("ended")))
    expect(code(device), None)
    world.leader.write(proposal, decide(4, identifier(world.leader.person)))
    expect(code(world.leader), "FORBIDDEN")


def registered(world):
    """A person of the register, and a proposal to erase her: (desk, colleague, family, person, proposal)."""
    device, member, family = world.colleagues()
    person = device.create(PERSON, b"", assign(1, text("Somebody")), about=())
    proposal = device.create(
        REGISTER_ERASURE, b"", add(1, identifier(person)), decide(2, text("left long ago")), about=(),
    )
    accepted(device)
    member.until(lambda: person in member.records)
    world.leader.until(lambda: proposal in world.leader.records)
    return device, member, family, person, proposal


def take_part(world, family, person):
    """The leader lets somebody take part: the participation."""
    return world.leader.create(
        PARTICIPANT, family.id, decide(1, identifier(person)), decide(2, integer(CORE_TEAM)),
        decide(3, text("active")), about=family.children, information_type=6,
    )


@group.case("a person of the register is erased by two, from everybody who holds her")
def _(world):
    device, member, family, person, proposal = registered(world)
    device.write(proposal, decide(4, identifier(device.person)))
    expect(code(device), "FORBIDDEN")
    member.session.close()
    member.write(person, assign(2, text("written late")))
    confirm(world, proposal)
    device.until(lambda: person not in device.records)
    expect(device.erased, {person})
    member.connect()
    expect(code(member), "ERASED")
    member.follow()
    member.until(lambda: person not in member.records)


@group.case("who takes part is not erased before that ends, and does not take part afterwards")
def _(world):
    device, member, family, person, proposal = registered(world)
    part = take_part(world, family, person)
    accepted(world.leader)
    world.leader.write(proposal, decide(4, identifier(world.leader.person)))
    expect(code(world.leader), "FORBIDDEN")
    world.leader.write(part, decide(3, text("ended")))
    accepted(world.leader)
    confirm(world, proposal)
    take_part(world, family, person)
    expect(code(world.leader), "FORBIDDEN")


@group.case("who has an account is not erased, and nothing that governs is")
def _(world):
    device, member, family, person, proposal = registered(world)
    for named in (member.person, world.leader.person):
        other = device.create(
            REGISTER_ERASURE, b"", add(1, identifier(named)), decide(2, text("x")), about=(),
        )
        accepted(device)
        world.leader.until(lambda: other in world.leader.records)
        world.leader.write(other, decide(4, identifier(world.leader.person)))
        expect(code(world.leader), "FORBIDDEN")
    device.create(REGISTER_ERASURE, b"", add(1, identifier(proposal)), decide(2, text("x")), about=())
    expect(code(device), "FORBIDDEN")
