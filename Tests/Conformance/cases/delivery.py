"""Delivery: enters, changes, cursors, confirmations, and going on after a break (README 6)."""

import os

from kossync.content import assign, text
from kossync.schema import pb
from kossync.session import enters_of, is_lease
from kossync.tables import LIMITS
from suite import Group, expect, expect_true
from world import RELATIVE, accepted

group = Group("delivery")


def again(device, cursor=None):
    """Connects anew and follows from its cursor, or another."""
    device.session.close()
    device.connect()
    return device.follow(cursor)


@group.case("the first delivery comes even when nothing waits, says so, and brings a cursor")
def _(world):
    device = world.newcomer()
    device.session.send(follow=pb.Follow())
    delivery = device.session.receive_body("delivery")
    expect((delivery.number, delivery.caught_up, len(enters_of(delivery))), (1, True, 0))
    expect_true(delivery.cursor, "a cursor")


@group.case("numbers go up by one within a session, from the welcome's")
def _(world):
    device, other, family = world.colleagues()
    record, numbers = world.relative(device, family), []
    other.until(lambda: record in other.records)
    take = other.take_delivery
    other.take_delivery = lambda delivery: (numbers.append(delivery.number), take(delivery))
    start = other.last_delivery
    for number in range(5):
        device.write(record, assign(1, text(str(number))))
        accepted(device)
        other.until(lambda n=number: other.shown(record, 1) == [text(str(n))])
    expect(numbers, list(range(start + 1, start + 6)))


@group.case("a second follow is UNEXPECTED")
def _(world):
    device = world.newcomer().follow()
    device.session.send(follow=pb.Follow(cursor=device.cursor))
    expect(device.session.until_ended(), "UNEXPECTED")


@group.case("a confirmation of what was never sent is UNEXPECTED, of what was confirmed harmless")
def _(world):
    device = world.newcomer().follow()
    for number in (device.last_delivery, 1, 0):
        device.confirm(number)
    device.invite(device.role, person=device.person)
    device.confirm(device.last_delivery + 1)
    expect(device.session.until_ended(), "UNEXPECTED")
    silent = world.newcomer()
    silent.session.send(delivered=pb.Delivered(number=1))
    expect(silent.session.until_ended(), "UNEXPECTED")


@group.case("a cursor brings what came after it and nothing before")
def _(world):
    device, other, family = world.colleagues()
    record = world.relative(device, family)
    other.until(lambda: record in other.records)
    again(other)
    other.arrived.clear()
    other.session.close()
    for number in range(3):
        device.write(record, assign(1, text(str(number))))
    accepted(device)
    other.connect()
    other.follow()
    expect([number for _, _, number in other.arrived], [2, 3, 4])
    expect(other.shown(record, 1), [text("2")])
    other.arrived.clear()
    again(other)
    expect(other.arrived, [])


@group.case("an empty cursor brings the states of all that one may read, own records too")
def _(world):
    device, other, family = world.colleagues()
    records = {world.relative(device, family) for _ in range(3)} | {world.relative(other, family)}
    other.until(lambda: records <= set(other.records))
    before = {key: other.records[key].encode() for key in records}
    other.records.clear()
    again(other, cursor=b"")
    expect({key: other.records[key].encode() for key in records}, before)


@group.case("what was taken in and not confirmed comes again, and is taken once")
def _(world):
    device, other, family = world.colleagues()
    record = world.relative(device, family)
    other.until(lambda: record in other.records)
    again(other)
    cursor, other.confirms = other.cursor, False
    for number in range(3):
        device.write(record, assign(1, text(str(number))))
        accepted(device)
    other.until(lambda: other.shown(record, 1) == [text("2")])
    state = other.records[record].encode()
    other.confirms = True
    again(other, cursor)
    expect(other.records[record].encode(), state)


@group.case("an enter that was lost is sent again")
def _(world):
    device, other, family = world.colleagues()
    other.session.close()
    record = world.relative(device, family)
    for _ in range(3):
        session = other.connect()
        session.send(follow=pb.Follow(cursor=other.cursor))
        delivery = session.receive_body("delivery")
        expect_true(any(record in enter.state for enter in enters_of(delivery)), "the enter")
        session.drop()
    other.connect()
    other.follow()
    expect(other.records[record].encode(), device.records[record].encode())


@group.case("an enter that was confirmed is not sent again, and its generation is 1")
def _(world):
    device, other, family = world.colleagues()
    record = world.relative(device, family)
    other.until(lambda: record in other.records)
    expect(other.generations[record], 1)
    other.records[record], held = None, other.records[record]
    again(other)
    expect(other.records[record], None, "entered again")
    other.records[record] = held


@group.case("a cursor of another device, one altered, and bytes that are none are MALFORMED")
def _(world):
    device, other, _ = world.colleagues()
    flipped = bytes([device.cursor[0] ^ 1]) + device.cursor[1:]
    for cursor in (other.cursor, flipped, device.cursor[:-1], device.cursor + b"\0", b"\1", os.urandom(52)):
        device.connect()
        device.session.send(follow=pb.Follow(cursor=cursor))
        expect(device.session.until_ended(), "MALFORMED", cursor.hex())
    again(device)


@group.case("a cursor never passes a change that is not committed yet")
def _(world):
    """Writers race a reader who breaks off at every delivery; whatever its cursors pass must have come."""
    device, other, family = world.colleagues()
    writers = [device] + [world.second_device(device).follow() for _ in range(3)]
    record = world.relative(device, family)
    other.until(lambda: record in other.records)
    for writer in writers[1:]:
        writer.until(lambda w=writer: record in w.records)
    rounds = 12
    for number in range(rounds):
        for writer in writers:
            writer.write(record, assign(number + 2, text(f"{writer.actor:x}")))
            writer.session.send(push=writer.push_message(len(writer.journal.entries)))
        other.take(other.session.receive())
        other.session.drop()
        other.connect()
        other.session.follows = True
        other.session.send(follow=pb.Follow(cursor=other.cursor))
    for writer in writers:
        writer.until(lambda w=writer: w.journal.entries[-1].verdict)
    wanted = {writer.actor: rounds + (writer is device) for writer in writers}
    other.until(lambda: other.records[record].fields.version == wanted)
    fresh = world.second_device(other).follow()
    expect(other.records[record].encode(), fresh.records[record].encode(), "states")


@group.case("a first sync of many records comes in parts, the first and the last with a cursor")
def _(world):
    device, other, family = world.colleagues()
    records = []
    for _ in range(12):
        records.append(device.create(RELATIVE, family.id, assign(1, text("x" * 30_000))))
        accepted(device)
    fresh = world.second_device(other)
    fresh.session.follows = True
    fresh.session.send(follow=pb.Follow())
    parts = []
    while not parts or not parts[-1].caught_up:
        message = fresh.session.receive()
        if not is_lease(message):
            parts.append(message.delivery)
        fresh.take(message)
    expect_true(len(parts) > 2, f"{len(parts)} parts")
    expect([bool(part.cursor) for part in parts], [True] + [False] * (len(parts) - 2) + [True])
    expect_true(set(records) <= set(fresh.records), "all records")
    expect_true(all(part.ByteSize() <= LIMITS["message_bytes"] for part in parts), "sizes")


@group.case("a first sync that breaks off in the middle goes on with what is missing")
def _(world):
    device, other, family = world.colleagues()
    for _ in range(12):
        device.create(RELATIVE, family.id, assign(1, text("x" * 30_000)))
        accepted(device)
    fresh = world.second_device(other)
    for _ in range(3):
        fresh.session.send(follow=pb.Follow(cursor=fresh.cursor))
        fresh.take(fresh.session.receive())
        fresh.session.close()
        fresh.connect()
    fresh.follow()
    expect_true(set(device.records) <= set(fresh.records), "all records")


@group.case("own changes are not needed: two devices of one person hold the same")
def _(world):
    device, family = world.desk()
    second = world.second_device(device).follow()
    record = world.relative(device, family)
    second.until(lambda: record in second.records)
    second.write(record, assign(2, text("from the second")))
    accepted(second)
    device.until(lambda: device.shown(record, 2))
    expect(device.records[record].encode(), second.records[record].encode())
    expect([key for key in device.arrived if key[1] == device.actor], [])


@group.case("verdicts bring a cursor that passes one's own changes")
def _(world):
    device, family = world.desk()
    record = world.relative(device, family)
    again(device)
    device.arrived.clear()
    device.write(record, assign(1, text("x")))
    accepted(device)
    again(device)
    expect(device.arrived, [])


@group.case("8 sessions of one device, of which each follows, leave one that is served")
def _(world):
    device, other, family = world.colleagues()
    record = world.relative(device, family)
    other.until(lambda: record in other.records)
    sessions = []
    for _ in range(8):
        sessions.append(other.connect())
        other.follow()
    device.write(record, assign(1, text("once")))
    accepted(device)
    other.until(lambda: other.shown(record, 1) == [text("once")])
    for session in sessions[:-1]:
        expect(session.until_ended(), "SUPERSEDED")


@group.case("a message that takes effect once: a delivery that comes twice is confirmed again")
def _(world):
    device, other, family = world.colleagues()
    record = world.relative(device, family)
    other.until(lambda: record in other.records)
    kept = []
    take = other.take_delivery
    other.take_delivery = lambda delivery: (kept.append(delivery), take(delivery))
    device.write(record, assign(1, text("one")))
    accepted(device)
    other.until(lambda: kept)
    state = other.records[record].encode()
    other.take_delivery(kept[0])
    expect(other.records[record].encode(), state)
    device.write(record, assign(1, text("two")))
    accepted(device)
    other.until(lambda: other.shown(record, 1) == [text("two")])
