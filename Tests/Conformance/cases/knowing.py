"""The logs of knowing in a session: how they stand, and that they were only appended to (knowing.md)."""

import os
import time

from kossync import knowing, signing
from kossync.content import assign, text
from kossync.schema import pb
from kossync.session import Session
from kossync.tables import CODES, LIMITS
from suite import Group, expect, expect_true
from world import NOTE, accepted

group = Group("knowing")


def asked(session, delivered=0, opened=0):
    """The checkpoints by log, each with its proof, as a server says that they stand."""
    session.send(checkpoints=pb.CheckpointRequest(delivered_size=delivered, opened_size=opened))
    answer = session.receive_body("checkpoints")
    found = {}
    for one in answer.logs:
        fields = knowing.read("LogCheckpoint", one.checkpoint.body)
        found[fields["log"]] = (fields, one)
    return found


def is_signed(session, answer):
    checkpoint = answer.checkpoint
    context = "kos.log-checkpoint.v1"
    return signing.is_valid(session.tenant_key, checkpoint.signature, context, checkpoint.body)


@group.case("each log has a checkpoint, signed by the tenant and of now")
def _(world):
    device = world.newcomer()
    found = asked(device.session)
    expect(sorted(found), [1, 2])
    names = set()
    for log, (fields, answer) in found.items():
        expect_true(is_signed(device.session, answer), "the signature")
        expect(fields["tenant"], device.tenant)
        names.add(fields["log_id"])
        age = time.time() - fields.get("signed_at", 0) / 1000
        expect_true(-LIMITS["checkpoint_seconds"] < age < 2 * LIMITS["checkpoint_seconds"], f"{age} s old")
        expect((answer.proof.first, answer.proof.second), (0, fields.get("size", 0)))
        expect(list(answer.proof.path), [])
    expect(len(names), 2)


@group.case("from a size that it has, the server proves that it appended and nothing else")
def _(world):
    device = world.newcomer()
    fields, _ = asked(device.session)[1]
    size = fields.get("size", 0)
    again, answer = asked(device.session, delivered=size)[1]
    expect(again["log_id"], fields["log_id"])
    expect_true(
        knowing.begins_with(size, again.get("size", 0), fields["root"], again["root"], answer.proof.path),
        "the proof",
    )


@group.case("of a size that the log does not have there is no proof")
def _(world):
    device = world.newcomer()
    _, answer = asked(device.session, delivered=1 << 40)[1]
    expect_true(not answer.HasField("proof"), "a proof of what is not there")
    expect_true(is_signed(device.session, answer), "the signature")


@group.case("who may not know is told as much of a record as of one that does not exist")
def _(world):
    decider, family = world.desk()
    stranger = world.newcomer()
    record = decider.create(NOTE, family.id, assign(1, text("seen by few")), about=family.children)
    accepted(decider)
    answers = []
    for asked_for in (record, os.urandom(16)):
        for log in (1, 2):
            request = pb.KnowingRequest(request=9, record=asked_for, log=log)
            stranger.session.send(knowing=request)
            answers.append(stranger.session.receive_body("knowing").SerializeToString())
    expect(len(set(answers)), 1)
    expect(pb.Knowing.FromString(answers[0]).code, CODES["NOT_AVAILABLE"])
    decider.session.send(knowing=pb.KnowingRequest(request=10, record=record, log=1))
    page = decider.session.receive_body("knowing")
    expect((page.request, page.code, page.complete), (10, 0, True))
    expect_true(is_signed(decider.session, page.checkpoint), "the signature")


@group.case("a log that is none is MALFORMED, and so is a record of another length")
def _(world):
    for fields in ({"log": 3, "record": bytes(16)}, {"log": 1, "record": bytes(15)}):
        session = world.newcomer().session
        session.send(knowing=pb.KnowingRequest(request=1, **fields))
        expect(session.until_ended(), "MALFORMED")


def opening(record, purpose=b"coordination"):
    """A row of what was opened, as its device pushes it."""
    event = knowing.write("OpenedEvent", {"record": record, "opened_at": 5, "purpose": purpose})
    return pb.OpenedRow(agent_salt=os.urandom(16), event_salt=os.urandom(16), event=event)


def push(session, *rows):
    session.send(opened=pb.OpenedRows(rows=rows))
    return session.receive_body("opened").rows


@group.case("what was opened is taken once however often it is pushed, of any record")
def _(world):
    decider, family = world.desk()
    session = world.newcomer().session
    record = decider.create(NOTE, family.id, assign(1, text("opened")), about=family.children)
    accepted(decider)
    row = opening(record)
    for _ in range(2):
        expect(push(session, row, opening(os.urandom(16)), row), 3)
    expect(push(session), 0)


@group.case("a row of what was opened that is none is MALFORMED, and without a purpose too")
def _(world):
    record = os.urandom(16)
    short = opening(record)
    short.agent_salt = bytes(15)
    for row in (short, opening(record, b""), opening(bytes(3))):
        session = world.newcomer().session
        session.send(opened=pb.OpenedRows(rows=[row]))
        expect(session.until_ended(), "MALFORMED")


@group.case("more rows of what was opened than opened_rows are LIMIT_EXCEEDED")
def _(world):
    row = opening(os.urandom(16))
    session = world.newcomer().session
    expect(push(session, *[row] * LIMITS["opened_rows"]), LIMITS["opened_rows"])
    session.send(opened=pb.OpenedRows(rows=[row] * (LIMITS["opened_rows"] + 1)))
    expect(session.until_ended(), "LIMIT_EXCEEDED")


@group.case("before the session is open nothing is said of them")
def _(world):
    session = Session(world.url)
    session.send(checkpoints=pb.CheckpointRequest())
    expect(session.until_ended(), "UNEXPECTED")
