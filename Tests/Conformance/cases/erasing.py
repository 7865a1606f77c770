"""Erasing: two persons, and then nobody has it, whoever comes later (README 6.3)."""

from kossync.content import add, assign, decide, identifier, text
from suite import Group, expect, expect_true
from world import ERASURE, accepted

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
