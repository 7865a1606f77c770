"""Scope: exits, receipts, and what a device says that it holds (README 6.2)."""

import os

from kossync.content import assign, decide, text
from kossync.schema import pb
from kossync.tables import LIMITS
from suite import Group, expect, expect_true
from world import accepted

group = Group("scope")


def joined(world):
    """A desk with a record, and somebody who was let in and holds it: (desk, late, record, participation)."""
    device, family = world.desk()
    record = world.relative(device, family)
    late = world.newcomer().follow()
    participation = world.let_in(family, late)
    late.until(lambda: record in late.records)
    return device, family, late, record, participation


def end(world, participation):
    world.leader.write(participation, decide(3, text("ended")))
    accepted(world.leader)


def again(device):
    device.session.close()
    device.connect()
    return device.follow()


@group.case("who leaves is told to wipe at once, and after the receipt not again")
def _(world):
    device, family, late, record, participation = joined(world)
    end(world, participation)
    late.until(lambda: record not in late.records)
    expect(late.exits, 1)
    again(late)
    expect((late.exits, record in late.records), (1, False))


@group.case("who was offline is told before anything is delivered")
def _(world):
    device, family, late, record, participation = joined(world)
    late.session.close()
    end(world, participation)
    late.connect()
    late.session.send(follow=pb.Follow(cursor=late.cursor))
    late.session.follows = True
    message = late.session.receive()
    expect(message.WhichOneof("body"), "order")
    late.take(message)
    expect_true(record not in late.records, "wiped")
    late.until_caught_up()


@group.case("the receipt is asked for until it comes")
def _(world):
    device, family, late, record, participation = joined(world)
    late.gives_receipts = False
    end(world, participation)
    late.until(lambda: record not in late.records)
    again(late)
    expect(late.exits, 2)
    late.gives_receipts = True
    again(late)
    again(late)
    expect(late.exits, 3)


@group.case("a receipt that is not signed, or another's, ends the session")
def _(world):
    for forge, code in (
        (
            lambda late, exits: pb.Receipt(body=late.receipt(exits, 1).body, signature=bytes(64)),
            "BAD_SIGNATURE",
        ),
        (lambda late, exits: late.receipt(exits, 1, actor=late.actor ^ 1), "MALFORMED"),
        (lambda late, exits: late.receipt(exits, 1, tenant=os.urandom(16)), "MALFORMED"),
    ):
        late = world.newcomer().follow()
        exits = [pb.HeldRecord(record=os.urandom(16), generation=1)]
        late.session.send(receipt=forge(late, exits))
        expect(late.session.until_ended(), code)


@group.case("who gets the right back is sent the record in a later generation")
def _(world):
    device, family, late, record, participation = joined(world)
    before = late.generations[record]
    end(world, participation)
    late.until(lambda: record not in late.records)
    world.let_in(family, late)
    late.until(lambda: record in late.records)
    expect_true(late.generations[record] > before, "a later generation")
    expect(late.records[record].encode(), device.records[record].encode())


@group.case("a copy from before the wipe is told by the welcome, lists what it holds, and wipes")
def _(world):
    device, family, late, record, participation = joined(world)
    copy = late.clone()
    end(world, participation)
    late.until(lambda: record not in late.records)
    # Its receipt is in when something after it is answered.
    late.invite(late.role, person=late.person)
    late.session.close()
    copy.token = late.token
    copy.connect()
    expect((copy.wipes, copy.cursor), (late.wipes, b""))
    copy.follow()
    expect_true(record not in copy.records, "wiped")
    late.session = None


@group.case("what is listed and may be read stays")
def _(world):
    device, family, late, record, participation = joined(world)
    late.session.close()
    late.connect()
    late.follow(b"")
    device.write(record, assign(1, text("after the list")))
    accepted(device)
    late.until(lambda: late.shown(record, 1) == [text("after the list")])
    expect(late.exits, 0)


@group.case("held_records, and names that are none")
def _(world):
    held = pb.HeldRecord(record=os.urandom(16), generation=1)
    many = [held] * (LIMITS["held_records"] + 1)
    for holdings, code in (
        (pb.Holdings(records=many), "LIMIT_EXCEEDED"),
        (pb.Holdings(records=[pb.HeldRecord(record=b"short", generation=1)]), "MALFORMED"),
    ):
        late = world.newcomer()
        late.session.send(holdings=holdings)
        expect(late.session.until_ended(), code)
    late = world.newcomer()
    late.session.send(holdings=pb.Holdings(records=many[:-1]))
    late.follow()
