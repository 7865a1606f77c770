"""Devices whose access ends, leases, and who is told of whom (README 4.1 and 4.2)."""

import os
import shutil

from cases.scope import end as end_participation
from kossync.content import assign, text
from kossync.device import Device
from kossync.schema import pb
from kossync.session import Ended, Session, now
from kossync.tables import Refusal
from suite import Failed, Group, expect, expect_true
from world import COORDINATOR, CORE_TEAM, LEADER, accepted

group = Group("devices")

LEFT, REPLACED, STOLEN = pb.REVOCATION_LEFT, pb.REVOCATION_REPLACED, pb.REVOCATION_STOLEN


def revoked(device, of, reason):
    """What the server says to a revocation: how many devices it ended, or the name of the code why none."""
    try:
        return device.ask(revocation=pb.RevocationRequest(device=of, reason=reason)).devices
    except Refusal as refused:
        return refused.code


def ended(device, person, reason):
    try:
        return device.ask(revocation=pb.RevocationRequest(person=person, reason=reason)).devices
    except Refusal as refused:
        return refused.code


def asked(act):
    """Why something was refused; None when it was not."""
    try:
        act()
    except Refusal as refused:
        return refused.code
    return None


def holder(world):
    """Somebody who holds a record, with a second device that may end the first: (device, other, record)."""
    device, family = world.desk()
    record = world.relative(device, family)
    return device, world.second_device(device).follow(), record


def comes_back(device):
    """Connects once its access ended, and takes in all that it is told."""
    device.connect(outcome=pb.OUTCOME_EXIT_ONLY)
    return device.follow()


def turned_away(device, **changes):
    """What a server says to a stolen device: (the order that came first, the code)."""
    session = Session(device.url)
    session.greet(device.hello(**changes))
    signature = device.key.sign("kos.session.v1", session.transcript)
    session.send(authentication=pb.Authentication(signature=signature))
    message = session.receive()
    expect(message.WhichOneof("body"), "order")
    device.obey(message.order)
    return session.until_ended()


@group.case("a replaced device hands over what it has, wipes it, and is sent nothing")
def _(world):
    device, other, record = holder(world)
    device.session.close()
    device.write(record, assign(1, text("written at the kitchen table")))
    expect(revoked(other, device.id, REPLACED), 1)
    device.connect(outcome=pb.OUTCOME_EXIT_ONLY)
    expect(device.push(), "ACCESS_ENDED")
    device.follow()
    expect((device.revocation[0], device.records, device.exits > 0), (REPLACED, {}, True))
    expect(asked(lambda: device.invite(device.role, person=device.person)), "NOT_PERMITTED")
    expect(asked(device.directory), "NOT_PERMITTED")
    expect(revoked(device, other.id, STOLEN), "NOT_PERMITTED")
    # The receipt is in: it is not told to wipe again.
    exits = device.exits
    device.session.close()
    comes_back(device)
    expect(device.exits, exits)
    expect(other.shown(record, 1), [text("Grandmother")])


@group.case("a stolen device is told so, signed, and turned away; another of the person goes on")
def _(world):
    device, other, record = holder(world)
    device.session.close()
    device.write(record, assign(1, text("by the thief")))
    expect(revoked(other, device.id, STOLEN), 1)
    for _ in range(2):
        expect(turned_away(device), "DEVICE_REVOKED")
        expect((device.revocation[0], device.records), (STOLEN, {}))
    other.write(record, assign(1, text("by herself")))
    accepted(other)


@group.case("a copy of a revoked device is that device")
def _(world):
    device, other, record = holder(world)
    copy = device.clone()
    device.session.close()
    device.connect()
    device.follow()
    device.session.close()
    expect(revoked(other, device.id, STOLEN), 1)
    expect(turned_away(copy), "DEVICE_REVOKED")


@group.case("a session that runs ends with the commit, and nothing is sent in it any more")
def _(world):
    for reason, code in ((LEFT, "RETRY"), (STOLEN, "DEVICE_REVOKED")):
        device, family = world.desk()
        record = world.relative(device, family)
        member = world.newcomer()
        world.let_in(family, member)
        member.follow()
        expect(revoked(world.leader, member.id, reason), 1)
        device.write(record, assign(1, text("after it")))
        accepted(device)
        expect(member.session.until_ended(), code)


@group.case("what is not one's own and what is not there are refused alike")
def _(world):
    device, other, record = holder(world)
    stranger = world.newcomer().follow()
    for who, of, reason in (
        (device, stranger.id, STOLEN), (device, os.urandom(16), STOLEN), (device, world.leader.id, STOLEN),
        (device, other.id, LEFT), (world.leader, device.id, REPLACED),
        (world.leader, world.leader.id, REPLACED),
    ):
        expect(revoked(who, of, reason), "NOT_PERMITTED")
    for who, person in ((stranger, device.person), (world.leader, world.leader.person)):
        expect(ended(who, person, LEFT), "NOT_PERMITTED")
    for request in (
        pb.RevocationRequest(reason=STOLEN), pb.RevocationRequest(device=b"short", reason=STOLEN),
        pb.RevocationRequest(device=other.id), pb.RevocationRequest(device=other.id, reason=9),
        pb.RevocationRequest(device=other.id, person=device.person, reason=STOLEN),
    ):
        asking = world.newcomer()
        asking.session.send(revocation=request)
        expect(asking.session.until_ended(), "MALFORMED")


@group.case("a person ends with all her devices, her codes are good for nothing, and she may be let in again")
def _(world):
    device, other, record = holder(world)
    code = device.invite(device.role, person=device.person)
    expect(ended(world.leader, device.person, LEFT), 2)
    try:
        Device(world.url).enrol(code.text())
        raise Failed("a device enrolled")
    except Ended as over:
        expect(over.code, "CODE_REFUSED")
    for one in (device, other):
        comes_back(one)
        expect(one.records, {})
    again = world.leader.invite(COORDINATOR, person=device.person)
    fresh = Device(world.url).enrol(again.text()).follow()
    expect((fresh.account, fresh.shown(record, 1)), (device.account, [text("Grandmother")]))


@group.case("a code that a revoked device asked for is good for nothing")
def _(world):
    device, other, record = holder(world)
    code = device.invite(device.role, person=device.person)
    expect(revoked(other, device.id, STOLEN), 1)
    try:
        Device(world.url).enrol(code.text())
        raise Failed("a device enrolled")
    except Ended as over:
        expect(over.code, "CODE_REFUSED")


@group.case("a database that was set back does not bring a device back")
def _(world):
    place = world.elsewhere()
    device, other, record = holder(place)
    place.leader.session.close()
    device.session.close()
    place.server.kill()
    copy = place.server.data.with_name("copy")
    # A socket is no file that could be copied.
    shutil.copytree(place.server.data, copy, ignore=shutil.ignore_patterns("*.sock"))
    place.server.serve(place.server.port)
    other.session.drop()
    other.connect()
    other.follow()
    expect(revoked(other, device.id, STOLEN), 1)
    place.server.kill()
    shutil.rmtree(place.server.data)
    shutil.copytree(copy, place.server.data)
    place.server.serve(place.server.port)
    expect(turned_away(device), "DEVICE_REVOKED")


@group.case("the directory tells oneself and whom one may end, page by page")
def _(world):
    device, other, record = holder(world)
    expect(revoked(other, device.id, REPLACED), 1)
    own, = other.directory()
    expect(own.person, other.person)
    expect([one.device for one in own.devices], [other.id, device.id])
    expect([one.revocation for one in own.devices], [pb.REVOCATION_UNSPECIFIED, REPLACED])
    today = now() // 86_400_000
    for one in own.devices:
        expect_true(today - 1 <= one.contact_day <= today and one.enrolled_at > 0, "days")
    persons = world.leader.directory()
    expect((persons[0].person, persons[0].role), (world.leader.person, LEADER))
    rest = [one.person for one in persons[1:]]
    expect((rest, other.person in rest), (sorted(rest), True))
    coordinator, _ = world.desk()
    parent = 7
    case = world.family(coordinator).id
    world.live(coordinator)
    coordinator.until(lambda: case in coordinator.records)
    invited = Device(world.url).enrol(coordinator.invite(parent, case=case).text())
    expect([one.person for one in coordinator.directory()], [coordinator.person, invited.person])


@group.case("a lease says until when things may be shown, and comes after what is to be wiped")
def _(world):
    device, family = world.desk()
    record = world.relative(device, family)
    late = world.newcomer().follow()
    participation = world.let_in(family, late)
    late.until(lambda: record in late.records)
    expect_true(late.lease > now() + 29 * 86_400_000, "a month")
    late.session.close()
    end_participation(world, participation)
    late.lease = None
    late.connect()
    late.session.send(follow=pb.Follow(cursor=late.cursor))
    late.session.follows = True
    late.until(lambda: late.exits > 0)
    expect(late.lease, None)
    late.until_caught_up()
    expect_true(late.lease is not None, "a lease")
