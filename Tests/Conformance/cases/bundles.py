"""Bundles: what a device carries to its tenant as a file, and what it carries back (README 12)."""

import json
import os
import subprocess

from kossync import bundles
from kossync.content import assign, decide, identifier, text
from kossync.schema import pb
from suite import Group, expect, expect_refusal, expect_true
from world import CORE_TEAM, accepted

group = Group("bundles")


def tenant_agreement_key(device):
    certificate = device.session.welcome.membership.certificate
    return pb.DeviceCertificate.FromString(certificate).tenant_agreement_key


def carry(server, file, name="bundle"):
    """Takes a push bundle in beside the server: (exit code, what was said, the delivery bundle if any)."""
    there, back = server.folder / f"{name}-{os.urandom(4).hex()}", server.folder / os.urandom(4).hex()
    there.write_bytes(file)
    command = [server.kosd, "bundle", "take", str(there), "--data", str(server.data), "--reply", str(back)]
    done = subprocess.run([*command, "--json"], capture_output=True, text=True)
    return done.returncode, done.stdout or done.stderr, back.read_bytes() if back.exists() else None


def taken(server, file):
    """The same, of a bundle that must be taken in: (counts, the delivery bundle)."""
    code, said, reply = carry(server, file)
    expect((code, reply is not None), (0, True), said)
    return json.loads(said), reply


def refused(server, file, name):
    code, said, reply = carry(server, file)
    expect((code, reply), (1, None), said)
    expect_true(name in said, f"{name} in: {said}")


def offline(world):
    """A member's device that is up to date, and has gone offline: (device, family, the tenant's key)."""
    device, member, family = world.colleagues()
    key = tenant_agreement_key(member)
    member.session.close()
    return device, member, family, key


@group.case("work goes there, and verdicts and what is new come back")
def _(world):
    device, member, family, key = offline(world)
    record = world.relative(device, family)
    own = member.create(18, family.id, assign(1, text("Aunt")))
    counts, reply = taken(world.server, bundles.push_bundle(member, key))
    expect((counts["entries"], counts["refused"]), (1, 0))
    bodies, took = bundles.take_delivery_bundle(member, reply)
    expect(bodies, ["bundle", "welcome", "verdicts", "delivery"])
    expect_true(took, "goes on from what was here")
    expect(member.code_of(len(member.journal.entries)), None)
    expect_true(record in member.records and own in member.records, "both records are here")
    device.until(lambda: own in device.records)


@group.case("a bundle counts once, however often it is taken in and by whichever way its work came first")
def _(world):
    device, member, family, key = offline(world)
    record = member.create(18, family.id, assign(1, text("once")))
    file = bundles.push_bundle(member, key)
    _, first = taken(world.server, file)
    member.connect()
    accepted(member)
    member.follow()
    member.session.close()
    _, second = taken(world.server, file)
    for reply in (first, second, first):
        _, took = bundles.take_delivery_bundle(member, reply)
        expect(took, False, "it went on over the network")
    device.until(lambda: record in device.records)
    expect(len([one for one in device.arrived if one[0] == record]), 0, "it entered once")


@group.case("a bundle goes on from a bundle")
def _(world):
    device, member, family, key = offline(world)
    for words in ("one", "two", "three"):
        record = world.relative(device, family, assign(1, text(words)))
        _, reply = taken(world.server, bundles.push_bundle(member, key))
        expect(bundles.take_delivery_bundle(member, reply)[1], True)
        expect_true(record in member.records, words)
    member.connect()
    member.follow()


@group.case("what the actor did not sign is refused, and leaves no reply")
def _(world):
    _, member, family, key = offline(world)
    member.create(18, family.id, assign(1, text("Uncle")))
    refused(world.server, bundles.push_bundle(member, key, key=world.leader.key), "BAD_SIGNATURE")
    refused(world.server, bundles.push_bundle(member, key, epoch=os.urandom(16)), "EPOCH_MISMATCH")
    refused(world.server, bundles.push_bundle(member, key, suite=7), "NO_COMMON_VERSION")
    refused(world.server, bundles.push_bundle(member, key, nonce=b"short"), "MALFORMED")
    expect(taken(world.server, bundles.push_bundle(member, key))[0]["entries"], 1)


@group.case("a device that nobody enrolled is refused")
def _(world):
    _, member, _, key = offline(world)
    stranger = member.clone()
    stranger.key = type(member.key)(os.urandom(32))
    stranger.actor ^= 1
    refused(world.server, bundles.push_bundle(stranger, key), "UNKNOWN_DEVICE")


@group.case("a clone's bundle is FORKED, and the device's own goes on")
def _(world):
    _, member, family, key = offline(world)
    clone = member.clone()
    member.create(18, family.id, assign(1, text("the device's")))
    clone.create(18, family.id, assign(1, text("the clone's")))
    taken(world.server, bundles.push_bundle(member, key))
    refused(world.server, bundles.push_bundle(clone, key), "FORKED")


@group.case("a file that was cut or changed anywhere is refused whole")
def _(world):
    device, member, family, key = offline(world)
    record = member.create(18, family.id, assign(1, text("Uncle")))
    file = bundles.push_bundle(member, key)
    for size in (0, 7, 8, 11, 40, len(file) // 2, len(file) - 17, len(file) - 1):
        expect(carry(world.server, file[:size])[0], 1, f"cut at {size}")
    for at in (3, 9, 14, 60, len(file) // 2, len(file) - 1):
        changed = bytearray(file)
        changed[at] ^= 1
        expect(carry(world.server, bytes(changed))[0], 1, f"changed at {at}")
    expect(carry(world.server, file + b"\x00")[0], 1, "longer")
    marker = world.relative(device, family)
    device.until(lambda: marker in device.records)
    expect_true(record not in device.records, "nothing of it was taken in")


@group.case("who takes no part any more is sent nothing, and writes nothing")
def _(world):
    device, member, family, key = offline(world)
    part = next(
        id for id, one in world.leader.records.items()
        if one.facts.kind == 16 and one.fields.shown(1, 5, 0)[:1] == [identifier(member.person)]
    )
    member.create(18, family.id, assign(1, text("too late")))
    file = bundles.push_bundle(member, key)
    world.leader.write(part, decide(3, text("ended")))
    accepted(world.leader)
    hidden = world.relative(device, family)
    counts, reply = taken(world.server, file)
    expect(counts["refused"], 1)
    bundles.take_delivery_bundle(member, reply)
    expect(member.code_of(len(member.journal.entries)), "NOT_AVAILABLE")
    expect_true(hidden not in member.records, "what came after is not his")


@group.case("a device that is new gets everything by bundle, and many records in several deliveries")
def _(world):
    newcomer = world.newcomer(CORE_TEAM)
    device, family = world.desk(newcomer)
    records = [world.relative(device, family, assign(1, text(os.urandom(9_000).hex()))) for _ in range(24)]
    key = tenant_agreement_key(newcomer)
    newcomer.session.close()
    counts, reply = taken(world.server, bundles.push_bundle(newcomer, key))
    expect_true(counts["deliveries"] > 1, "more than one")
    bundles.take_delivery_bundle(newcomer, reply)
    expect_true(all(record in newcomer.records for record in records), "all are here")


@group.case("a reply is for its device alone")
def _(world):
    device, member, _, key = offline(world)
    _, reply = taken(world.server, bundles.push_bundle(member, key))
    device.confirms = True
    try:
        bundles.read(reply, bundles.DELIVERY, device.agreement_secret)
    except bundles.Damaged:
        pass
    else:
        raise AssertionError("another device opened it")
    expect_refusal("UNSUPPORTED", bundles.read, reply, bundles.PUSH, member.agreement_secret)


@group.case("a server that does not run is taken care of by the command alone")
def _(world):
    place = world.elsewhere()
    device, member, family, key = offline(place)
    record = member.create(18, family.id, assign(1, text("Aunt")))
    place.server.kill()
    _, reply = taken(place.server, bundles.push_bundle(member, key))
    expect(bundles.take_delivery_bundle(member, reply)[1], True)
    place.server.serve(place.server.port)
    device.connect()
    device.follow()
    expect_true(record in device.records, "it is there")


@group.case("a bundle's messages have no place in a session")
def _(world):
    member = world.live(world.newcomer())
    member.session.send(bundle=pb.BundleOpening())
    expect(member.session.until_ended(), "UNEXPECTED")
