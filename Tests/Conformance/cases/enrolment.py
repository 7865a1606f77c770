"""Enrolment by a code, and who may make one for whom (README 7)."""

import os
import uuid

from kossync import signing
from kossync.codes import ALPHABET, Code
from kossync.content import assign, text
from kossync.device import Device
from kossync.digests import sha256
from kossync.schema import pb
from kossync.session import Ended, Session, now
from kossync.tables import LIMITS, Refusal, code_name
from suite import Failed, Group, expect, expect_refusal, expect_true
from world import COORDINATOR, CORE_TEAM, EXTERNAL_REPORTER, LEADER, RELATIVE

group = Group("enrolment")


def outcome(device, code, signature=None, proof=None, key=None, **changes):
    """How the server ends an attempt to enrol: a code's name, or none when it welcomes."""
    session = Session(device.url)
    session.greet(device.enrolment_hello(code, **changes))
    proof = signing.enrolment_proof(code.verifier, session.transcript) if proof is None else proof
    signature = signature or (key or device.key).sign("kos.session.v1", session.transcript)
    session.send(authentication=pb.Authentication(signature=signature, enrolment_proof=proof))
    try:
        session.receive_body("welcome")
    except Ended as ended:
        return ended.code
    return None


@group.case("a code makes a device of the invited person, with a certificate of its own keys")
def _(world):
    person = uuid.uuid4().bytes
    device = world.newcomer(COORDINATOR, person=person)
    expect((device.role, device.person), (COORDINATOR, person))
    expect_true(len(device.account) == 16 and not device.aliases, "account and aliases")


@group.case("a code serves once")
def _(world):
    code = world.leader.invite(CORE_TEAM)
    expect(outcome(Device(world.url), code), None)
    expect(outcome(Device(world.url), code), "CODE_REFUSED")


@group.case("whoever lost the welcome enrols again with the same keys and code")
def _(world):
    code = world.leader.invite(CORE_TEAM)
    device = Device(world.url)
    for _ in range(3):
        expect(outcome(device, code), None)
    device.enrol(code.text())
    device.follow()
    expect(outcome(device, code), "CODE_REFUSED", "after a session of it")


@group.case("a code that nobody made is CODE_REFUSED")
def _(world):
    made = world.leader.invite(CORE_TEAM)
    expect(outcome(Device(world.url), Code(os.urandom(8), made.secret, made.fingerprint)), "CODE_REFUSED")


@group.case("a wrong proof is CODE_REFUSED, and so many of them end the code")
def _(world):
    code = world.leader.invite(CORE_TEAM)
    wrong = Code(code.id, os.urandom(16), code.fingerprint)
    for _ in range(LIMITS["code_attempts"] - 1):
        expect(outcome(Device(world.url), wrong), "CODE_REFUSED")
    expect(outcome(Device(world.url), code), None, "still valid before the last attempt")
    other = world.leader.invite(CORE_TEAM)
    wrong = Code(other.id, os.urandom(16), other.fingerprint)
    for _ in range(LIMITS["code_attempts"]):
        expect(outcome(Device(world.url), wrong), "CODE_REFUSED")
    expect(outcome(Device(world.url), other), "CODE_REFUSED", "after the last attempt")


@group.case("a proof over another transcript, an empty one and one too long are CODE_REFUSED")
def _(world):
    code = world.leader.invite(CORE_TEAM)
    for proof in (signing.enrolment_proof(code.verifier, bytes(64)), b"", bytes(33)):
        expect(outcome(Device(world.url), code, proof=proof), "CODE_REFUSED")


@group.case("a signature by another key than the one to enrol is BAD_SIGNATURE")
def _(world):
    code = world.leader.invite(CORE_TEAM)
    thief = signing.SigningKey(os.urandom(32))
    expect(outcome(Device(world.url), code, key=thief), "BAD_SIGNATURE")
    expect(outcome(Device(world.url), code), None, "the code is still good")


@group.case("keys of small order are BAD_SIGNATURE, however they are written")
def _(world):
    identity = (1).to_bytes(32, "little")
    order_eight = bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")
    not_canonical = (2**255 - 19 + 1).to_bytes(32, "little")
    for key in (bytes(32), identity, order_eight, not_canonical, identity[:31] + b"\x80"):
        code = world.leader.invite(CORE_TEAM)
        device = Device(world.url)
        device.actor = signing.actor_id(key)
        # A signature of the neutral element and scalar 0 holds under it for any message.
        signature = identity + bytes(32)
        expect(outcome(device, code, signature=signature, signing_key=key), "BAD_SIGNATURE", key.hex())


@group.case("agreement keys of small order are MALFORMED")
def _(world):
    order_eight = "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"
    beyond_the_prime = "ee" + "ff" * 31
    for key in ("00" * 32, "01" + "00" * 31, order_eight, beyond_the_prime):
        code = world.leader.invite(CORE_TEAM)
        expect(outcome(Device(world.url), code, agreement_key=bytes.fromhex(key)), "MALFORMED", key)


@group.case("keys and code ids of another length are MALFORMED")
def _(world):
    code = world.leader.invite(CORE_TEAM)
    for changes in ({"signing_key": bytes(31)}, {"agreement_key": bytes(33)}, {"code_id": bytes(7)}):
        expect(outcome(Device(world.url), code, **changes), "MALFORMED", str(changes))


@group.case("name_bytes: a device's name at the limit is taken, one byte more is not")
def _(world):
    code = world.leader.invite(CORE_TEAM)
    limit = LIMITS["name_bytes"]
    expect(outcome(Device(world.url), code, device_name="x" * (limit + 1)), "MALFORMED")
    expect(outcome(Device(world.url), code, device_name="x" * limit), None)


@group.case("a key that is enrolled already is CODE_REFUSED under another code")
def _(world):
    device = world.newcomer()
    expect(outcome(device, world.leader.invite(CORE_TEAM)), "CODE_REFUSED")


@group.case("an actor in the hello that is not the key's is MALFORMED")
def _(world):
    code = world.leader.invite(CORE_TEAM)
    device = Device(world.url)
    device.actor ^= 1
    expect(outcome(device, code), "MALFORMED")


@group.case("a code ends when its seconds are over, and the answer says when that is")
def _(world):
    device, requested = world.leader, now()
    request = pb.InvitationRequest(
        request=7, verifier=os.urandom(32), role=CORE_TEAM, person=uuid.uuid4().bytes,
        person_name="N", code_id=os.urandom(8))
    device.session.send(invitation=request)
    answer = device.session.receive_body("invitation")
    expect((answer.request, answer.code_id), (7, request.code_id))
    seconds = (answer.expires_at - requested) / 1000
    expect_true(abs(seconds - LIMITS["code_seconds"]) < 5, f"expires after {seconds} s")


@group.case("the table of invitations: what is not in it is NOT_PERMITTED")
def _(world):
    coordinator, family = world.desk()
    member = world.newcomer(CORE_TEAM)
    for device, role, case, allowed in (
        (world.leader, COORDINATOR, b"", True),
        (world.leader, CORE_TEAM, b"", True),
        (world.leader, LEADER, b"", False),
        (world.leader, EXTERNAL_REPORTER, family.id, False),
        (coordinator, CORE_TEAM, family.id, True),
        (coordinator, EXTERNAL_REPORTER, family.id, True),
        (coordinator, CORE_TEAM, b"", False),
        (coordinator, CORE_TEAM, os.urandom(16), False),
        (coordinator, COORDINATOR, family.id, False),
        (member, CORE_TEAM, family.id, False),
        (world.leader, 99, b"", False),
    ):
        try:
            device.invite(role, case=case)
            found = True
        except Refusal as refusal:
            expect(refusal.code, "NOT_PERMITTED")
            found = False
        expect(found, allowed, f"role {device.role} invites to {role}, case {bool(case)}")


@group.case("an invitation whose parts have other lengths than they should is MALFORMED")
def _(world):
    for changes in ({"verifier": bytes(31)}, {"code_id": bytes(9)}, {"person": bytes(3)},
                    {"person_name": "x" * (LIMITS["name_bytes"] + 1)}):
        device = world.newcomer(COORDINATOR)
        try:
            device.invite(CORE_TEAM, **changes)
        except Ended as ended:
            expect(ended.code, "MALFORMED", str(changes))
        else:
            raise Failed(f"{changes} was taken")


@group.case("a code's id that is taken is answered with RETRY, and another one is not")
def _(world):
    code = world.leader.invite(CORE_TEAM)
    expect_refusal("RETRY", lambda: world.leader.invite(CORE_TEAM, code_id=code.id))
    expect(outcome(Device(world.url), code), None, "the first one's code")
    world.leader.invite(CORE_TEAM)


@group.case("a reporter learns the aliases she may send to, and no case")
def _(world):
    coordinator, family = world.desk()
    device = Device(world.url).enrol(coordinator.invite(EXTERNAL_REPORTER, case=family.id).text())
    expect(device.role, EXTERNAL_REPORTER)
    expect_true(family.id not in device.aliases, "the case's id is not told")
    device.follow()
    expect(list(device.records), [], "records")


@group.case("codes as people type them: case, blanks, O and I and L; one wrong symbol is found")
def _(world):
    code = Code(os.urandom(8), os.urandom(16), os.urandom(16))
    typed = code.text()
    loose = typed.lower().replace("-", " \n").replace("0", "o").replace("1", "l")
    expect(Code.read(loose), code)
    symbols = typed.replace("-", "")
    for place in range(65):
        other = ALPHABET[(ALPHABET.index(symbols[place]) + 1) % 32]
        expect_refusal("CODE_REFUSED", Code.read, symbols[:place] + other + symbols[place + 1 :])
    for place in range(64):
        a, b = symbols[place], symbols[place + 1]
        if a != b:
            swapped = symbols[:place] + b + a + symbols[place + 2 :]
            expect_refusal("CODE_REFUSED", Code.read, swapped)
    expect_refusal("CODE_REFUSED", Code.read, symbols[:64])


def confirmed(device, digits, person=b""):
    """Names the digits of a device that waits, and whose it is: whether it is confirmed."""
    request = int.from_bytes(os.urandom(4), "big")
    device.session.send(confirmation=pb.ConfirmationRequest(request=request, digits=digits, person=person))
    while True:
        message = device.session.receive()
        body = message.WhichOneof("body")
        if body == "confirmation" and message.confirmation.request == request:
            return True
        if body == "failure" and message.failure.request == request:
            expect(code_name(message.failure.code), "NOT_PERMITTED")
            return False
        device.take(message)


@group.case("who enrols with a remote code is unconfirmed, until whoever invited names the digits")
def _(world):
    _, family = world.desk()
    code = world.leader.invite(CORE_TEAM, remote=True)
    device = Device(world.url).enrol(code.text(), outcome=pb.OUTCOME_UNCONFIRMED)
    expect(outcome(Device(world.url), code), "CODE_REFUSED")
    device.create(RELATIVE, family.id, assign(1, text("by nobody knows whom")))
    expect(device.push(), "NOT_CONFIRMED")
    expect_refusal("NOT_PERMITTED", lambda: device.invite(CORE_TEAM, person=device.person))
    digest = sha256(b"kos.confirmation.v1", device.tenant, device.key.public)
    digits = int.from_bytes(digest[:8], "big") % 1_000_000
    expect(confirmed(world.leader, (digits + 1) % 1_000_000, device.person), False)
    expect(confirmed(world.leader, digits), False)
    expect(confirmed(world.leader, digits, uuid.uuid4().bytes), False)
    leader = world.leader
    expect(leader.devices_waiting, 1)
    expect(confirmed(leader, digits, device.person), True)
    leader.until(lambda: leader.devices_waiting == 0)
    device.connect()


@group.case("a further code for a person ends the remote one that nobody used")
def _(world):
    person = uuid.uuid4().bytes
    first = world.leader.invite(CORE_TEAM, person=person, remote=True)
    second = world.leader.invite(CORE_TEAM, person=person)
    expect(outcome(Device(world.url), first), "CODE_REFUSED")
    expect(outcome(Device(world.url), second), None)
