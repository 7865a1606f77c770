"""Rescue: what a device kept sealed, handed over by somebody without its keys (README 13)."""

import os

from kossync import bundles, strict
from kossync.content import assign, text
from kossync.digests import sha256, u64
from kossync.schema import pb
from kossync.session import SUBPROTOCOL, Session
from kossync.tables import LIMITS, code_name
from suite import Group, expect

from .attachments import attached
from .bundles import offline, tenant_agreement_key

group = Group("rescue")


def opened(device, signature=None):
    """A connection on which items of a device can be handed over."""
    session = Session(device.url)
    session.greet(pb.ClientHello(
        versions=[SUBPROTOCOL], nonce=os.urandom(32), suite=1, tenant=device.tenant,
        actor=device.actor,
    ))
    signed = signature or device.key.sign("kos.rescue.v1", device.tenant + u64(device.actor))
    session.send(rescue=pb.RescueOpening(signature=signed))
    return session


def handed_over(session, device, sealed):
    """What became of an item: (accepted, known, the code's name)."""
    session.send(rescue_item=pb.RescueItem(actor=device.actor, content=sealed))
    told = session.receive_body("rescued")
    return told.accepted, told.known, code_name(told.code) if told.code else None


def sealed(device, key, **item):
    content = strict.write(pb.SealedItem(**item))
    return bundles.seal_item(content, key, device.tenant, device.actor)


@group.case("what was unsent arrives once, without the device's session, and the device goes on")
def _(world):
    device, member, family, key = offline(world)
    records = [member.create(18, family.id, assign(1, text(f"Aunt {n}"))) for n in range(3)]
    first = len(member.journal.entries) - 2
    item = sealed(member, key, push=member.push_message(first))
    session = opened(member)
    expect(session.receive_body("rescued"), pb.Rescued())
    expect(handed_over(session, member, item), (3, 0, None))
    expect(handed_over(session, member, item), (3, 3, None))
    session.close()
    device.until(lambda: all(record in device.records for record in records))
    member.connect()
    member.push()
    expect([member.code_of(n) for n in range(first, first + 3)], [None] * 3)


@group.case("a file that was attached and not sent arrives in pieces, and is told as far as it is there")
def _(world):
    _, member, family = world.colleagues()
    key = tenant_agreement_key(member)
    content = os.urandom(LIMITS["chunk_bytes"] + 9)
    digest = sha256(content)
    record = attached(member, family, content)
    member.session.close()
    session = opened(member)
    session.receive_body("rescued")

    def piece(start, **changes):
        upload = pb.Upload(attachment=record, size=len(content), digest=digest)
        signed = member.tenant + u64(member.actor) + record + u64(len(content)) + digest
        signature = member.key.sign("kos.rescue-bytes.v1", signed)
        part = content[start : start + LIMITS["chunk_bytes"]]
        members = dict(upload=upload, signature=signature, offset=start, content=part)
        item = pb.SignedBytes(**{**members, **changes})
        session.send(rescue_item=pb.RescueItem(
            actor=member.actor, content=sealed(member, key, bytes=item)))
        told = session.receive_body("rescued")
        return told.stored.bytes, told.stored.complete, code_name(told.code) if told.code else None

    expect(piece(0, signature=bytes(64)), (0, False, "NOT_PROVEN"))
    for _ in range(2):
        expect(piece(0), (LIMITS["chunk_bytes"], False, None))
    for _ in range(2):
        expect(piece(LIMITS["chunk_bytes"]), (len(content), True, None))


@group.case("an item that is not the device's own says why, and nothing of it is taken in")
def _(world):
    device, member, family, key = offline(world)
    member.create(18, family.id, assign(1, text("Uncle")))
    push = member.push_message(len(member.journal.entries))
    item = sealed(member, key, push=push)
    session = opened(member)
    session.receive_body("rescued")
    for bad in (b"", os.urandom(200), item[:-1] + bytes([item[-1] ^ 1])):
        expect(handed_over(session, member, bad), (0, 0, "NOT_OPENED"))
    forged = pb.Push(first_entry=push.first_entry, changes=push.changes, signature=bytes(64))
    expect(handed_over(session, member, sealed(member, key, push=forged)), (0, 0, "BAD_SIGNATURE"))
    chunk = pb.Chunk(attachment=os.urandom(16), content=b"x")
    expect(handed_over(session, member, sealed(member, key, chunk=chunk)), (0, 0, "NOT_PROVEN"))
    expect(handed_over(session, member, item), (1, 0, None))
    for _ in range(LIMITS["rescue_failures"] - 5):
        expect(handed_over(session, member, b"x"), (0, 0, "NOT_OPENED"))
    session.send(rescue_item=pb.RescueItem(actor=member.actor, content=b"x"))
    expect(session.until_ended(), "LIMIT_EXCEEDED")


@group.case("nobody is let in without what the device signed, and nothing but items is taken")
def _(world):
    device, member, family, key = offline(world)
    other = member.key.sign("kos.session.v1", member.tenant + u64(member.actor))
    expect(opened(member, signature=other).until_ended(), "BAD_SIGNATURE")
    session = opened(member)
    session.receive_body("rescued")
    newer = opened(member)
    newer.receive_body("rescued")
    expect(session.until_ended(), "SUPERSEDED")
    newer.send(follow=pb.Follow())
    expect(newer.until_ended(), "UNEXPECTED")
