"""History on demand: all changes of one record, checked against its state (README 6.1)."""

import os

from kossync import digests, runs
from kossync.content import assign, text
from kossync.schema import pb
from kossync.tables import code_name
from suite import Group, expect, expect_true
from world import accepted

group = Group("history")


def history(device, record, skip=0):
    """The changes of a record from so many on, and the devices; or the code why there are none."""
    found, names = [], {}
    while True:
        request = pb.HistoryRequest(request=77, record=record, skip=skip + len(found))
        device.session.send(history=request)
        message = device.session.receive()
        while message.WhichOneof("body") in ("delivery", "verdicts"):
            device.take(message)
            message = device.session.receive()
        if message.WhichOneof("body") == "failure":
            expect(message.failure.request, 77)
            return code_name(message.failure.code), {}
        expect((message.WhichOneof("body"), message.history.request), ("history", 77))
        found += runs.read_delivered(message.history.changes, device.epoch)
        names |= {one.actor: (one.account, one.name) for one in message.history.devices}
        if message.history.complete:
            return found, names


def chains(device, record, changes):
    """The digests at which the actors' chains end."""
    ends = {}
    for one in changes:
        header = one.change.header
        start = digests.chain_start(device.tenant, record, header.actor)
        before = ends.get(header.actor, start)
        linked = digests.chain_next(before, header.encode(), one.change.payload)
        ends[header.actor] = one.void_digest or linked
    return ends


@group.case("a history goes through the heads of the state, void changes too, with the names of devices")
def _(world):
    device, other, family = world.colleagues()
    record = world.relative(device, family)
    other.until(lambda: record in other.records)
    device.write(record, assign(1, text("refused")), author=bytes(16))
    expect(device.push(), "WRONG_AUTHOR")
    device.write(record, assign(1, text("y")))
    accepted(device)
    other.write(record, assign(2, text("z")))
    accepted(other)
    other.until(lambda: other.records[record].fields.version.get(device.actor) == 3)
    changes, names = history(other, record)
    expect(chains(other, record, changes),
           {actor: head.digest for actor, head in other.records[record].heads.items()})
    expect([bool(one.void_digest) for one in changes if one.change.header.actor == device.actor],
           [False, True, False])
    expect(names, {device.actor: (device.account, "python"), other.actor: (other.account, "python")})


@group.case("a long history comes in pages, in the server's order")
def _(world):
    device, family = world.desk()
    record = world.relative(device, family)
    for number in range(6):
        device.write(record, assign(1, text("x" * 50_000 + str(number))))
        accepted(device)
    changes, _ = history(device, record)
    expect([one.change.header.number for one in changes], list(range(1, 8)))
    rest, _ = history(device, record, skip=5)
    expect([one.change.header.number for one in rest], [6, 7])


@group.case("the history of what one may not read is NOT_AVAILABLE, as of what is not there")
def _(world):
    device, family = world.desk()
    record = world.relative(device, family)
    stranger = world.newcomer().follow()
    expect([history(stranger, one)[0] for one in (record, os.urandom(16))], ["NOT_AVAILABLE"] * 2)
    expect_true(stranger.session.is_open, "the session goes on")
