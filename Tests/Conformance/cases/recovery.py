"""A server opened without its ledger takes work and delivers nothing until a leader ends that (README 11)."""

import uuid

from kossync.content import assign, text
from kossync.device import Device
from kossync.schema import pb
from kossync.session import Ended, now
from kossync.strict import write
from kossync.tables import Refusal, code_name
from suite import Failed, Group, expect, expect_true
from world import CORE_TEAM

group = Group("recovery")


def refusal(act):
    """Why something was refused; None when it was not."""
    try:
        act()
    except Refusal as refused:
        return refused.code
    return None


def without_its_ledger(world):
    """A server that lost its ledger, a leader's device that it knows, and a code that it gave."""
    server = world.another_server()
    leader = Device(server.url).enrol(server.code)
    code = leader.invite(CORE_TEAM).text()
    leader.session.close()
    server.kill()
    server.data.with_name(server.data.name + ".ledger").unlink()
    server.serve(server.port)
    leader.connect(outcome=pb.OUTCOME_RECOVERY)
    return server, leader, code


def ended(device, **changes):
    """What a server says to the end of its recovery: None, or the name of the code why not."""
    members = dict(tenant=device.tenant, epoch=device.epoch, actor=device.actor, made_at=now())
    statement = write(pb.RecoveryStatement(**{**members, **changes}))
    signature = device.key.sign("kos.recovery-end.v1", statement)
    end = pb.RecoveryEnd(request=5, statement=statement, signature=signature)
    device.session.send(recovery_end=end)
    message = device.session.receive()
    if message.WhichOneof("body") == "failure":
        expect(message.failure.request, 5)
        return code_name(message.failure.code)
    expect((message.WhichOneof("body"), message.recovery_ended.request), ("recovery_ended", 5))
    return None


@group.case("work gets its verdict, nothing is delivered, nobody enrols and nobody invites")
def _(world):
    server, leader, code = without_its_ledger(world)
    leader.create(1, b"", assign(1, text("P")), about=())
    expect(leader.push(), None)
    leader.session.send(follow=pb.Follow())
    delivery = leader.session.receive_body("delivery")
    expect((len(delivery.enters), delivery.compressed_enters, delivery.changes, delivery.cursor),
           (0, b"", b"", b""), "the delivery")
    expect(refusal(lambda: leader.invite(CORE_TEAM)), "IN_RECOVERY")
    try:
        Device(server.url).enrol(code)
        raise Failed("a device enrolled")
    except Ended as over:
        expect(over.code, "IN_RECOVERY")


@group.case("a leader's statement ends it, about this tenant, epoch and actor, and no other")
def _(world):
    server, leader, code = without_its_ledger(world)
    other = uuid.uuid4().bytes
    for changes in (dict(epoch=other), dict(tenant=other), dict(actor=leader.actor ^ 1)):
        expect(ended(leader, **changes), "BAD_SIGNATURE", str(changes))
    expect(ended(leader), None)
    leader.session.close()
    expect_true(leader.connect() is not None, "an open session")
    expect(ended(leader), "NOT_PERMITTED", "there is none any more")
    Device(server.url).enrol(code)
