"""What a change may hold: payloads, values, kinds known and unknown (README 2.2, 8; merge.md 3)."""

import os
import uuid

from kossync import strict
from kossync.content import (
    NULL, Operation, Payload, Value, add, assign, decide, encode_varint, identifier, integer, member, remove,
    text,
)
from kossync.header import Facts
from kossync.schema import pb
from suite import Group, expect
from world import RELATIVE, accepted

from .notation import VECTORS, load

group = Group("content")


def both(world, *operations, record=None, device=None, other=None, family=None):
    """Writes operations and has them arrive: (record at the writer, record at another device)."""
    if device is None:
        device, other, family = world.colleagues()
    record = world.relative(device, family, *operations)
    other.until(lambda: record in other.records)
    return device.records[record], other.records[record]


def judged(device, record, payload):
    device.write(record, payload=payload)
    return device.push()


@group.case("a value of each type arrives as it was written")
def _(world):
    values = [
        NULL, Value("boolean", False), Value("boolean", True), integer(0), integer(-(2**63)),
        integer(2**63 - 1), text(""), text("Åse 👩‍👧\0\n"), Value("bytes", b""), Value("bytes", b"\0\xff"),
        identifier(bytes(16)), identifier(os.urandom(16)),
    ]
    mine, other = both(world, *[assign(n, value) for n, value in enumerate(values, 1)])
    expect([other.fields.shown(n, 1)[0] for n in range(1, len(values) + 1)], values)
    expect(other.encode(), mine.encode())


@group.case("texts are not normalised: two ways to write é are two elements")
def _(world):
    _, other = both(world, add(9, text("\u00e9")), add(9, text("e\u0301")), remove(9, text("e\u0301")))
    expect(other.fields.shown(9, 2), [text("\u00e9")])


@group.case("values of types to come are kept byte for byte, and so is an unknown field beside a known one")
def _(world):
    unknown = Value("unknown", member(20, b"\1\2\3"))
    beside = Value("unknown", text("known").encode() + member(30, b"more"))
    mine, other = both(world, assign(1, unknown), assign(2, beside), add(9, unknown), remove(9, text("x")))
    expect(other.encode(), mine.encode())
    expect([other.fields.shown(n, k)[0] for n, k in ((1, 1), (2, 1), (9, 2))], [unknown, beside, unknown])


def unknown_operation(kind, *extra):
    shape = strict.write(pb.Operation(field=7, kind=kind, action=3)) + b"".join(extra)
    return Operation(7, kind, 3, None, shape)


@group.case("operations of kinds to come are all kept, byte for byte, and none is superseded")
def _(world):
    device, other, family = world.colleagues()
    shape = unknown_operation(99, member(15, b"dots"), member(40, b"!"))
    with_value = Operation(7, 99, 3, text("v"), shape.shape)
    record = world.relative(device, family, with_value, assign(1, text("x")))
    device.write(record, with_value, assign(1, text("y")))
    accepted(device)
    other.until(lambda: record in other.records and other.shown(record, 1) == [text("y")])
    kept = other.records[record].fields.live[7, 99]
    expect([live.operation.shape for live in kept], [shape.shape] * 2)
    expect(other.records[record].encode(), device.records[record].encode())
    third = world.second_device(other).follow()
    expect(third.records[record].encode(), device.records[record].encode(), "first sync")


@group.case("an operation of a kind to come may have no value")
def _(world):
    device, other, family = world.colleagues()
    without = unknown_operation(99, encode_varint(4 << 3) + b"\1")
    record = world.relative(device, family, without, assign(1, text("x")))
    other.until(lambda: record in other.records)
    expect(other.records[record].encode(), device.records[record].encode())
    expect(other.shown(record, 1), [text("x")], "values go to the operations that have one")


@group.case("every invalid payload is refused as INVALID_CONTENT, and the session goes on")
def _(world):
    device, family = world.desk()
    record = world.relative(device, family)
    payloads = {
        path.name: bytes.fromhex(told["encoded"])
        for path in sorted((VECTORS / "invalid").glob("payload-*.json"))
        for told in [load(f"invalid/{path.name}")]
    }
    good = Payload(os.urandom(16), (assign(1, text("x")),)).encode()
    payloads |= {
        "random": os.urandom(40), "truncated": good[:-1], "salt of 15": member(1, bytes(15)) + good[18:],
        "field 0": Payload(os.urandom(16), (assign(0, text("x")),)).encode(),
        "one value too many": good + member(3, text("y").encode()),
        "null that is false": good[:-5] + member(3, b"\x08\0"),
        "identifier of 15": good[:-5] + member(3, member(6, bytes(15))),
        "wire type 6": good + b"\x26", "field 0 on the wire": good + b"\0\0",
        "long varint": good + b"\x08" + b"\xff" * 10 + b"\1",
    }
    for name, payload in payloads.items():
        expect(judged(device, record, payload), "INVALID_CONTENT", name)
    expect(judged(device, record, good), None, "the good one after them")


@group.case("kind 0, kind 1 and no kind are one register")
def _(world):
    device, family = world.desk()
    record = world.relative(device, family)
    for number, shape in enumerate((b"\x08\x01", b"\x08\x01\x10\x00", b"\x08\x01\x10\x01")):
        value = text(str(number))
        device.write(record, Operation(1, 1, 0, value, shape))
        expect(device.push(), None, shape.hex())
        expect(device.shown(record, 1), [value])


@group.case("a payload without operations changes nothing, and counts")
def _(world):
    device, other, family = world.colleagues()
    record = world.relative(device, family)
    expect(judged(device, record, Payload(os.urandom(16), ()).encode()), None)
    device.write(record, assign(2, text("after")))
    accepted(device)
    other.until(lambda: record in other.records and other.shown(record, 2))
    expect(other.records[record].encode(), device.records[record].encode())


@group.case("encodings that are not the shortest are one value, and their bytes are hashed as they came")
def _(world):
    device, other, family = world.colleagues()
    record = world.relative(device, family)
    payload = Payload(os.urandom(16), (add(9, integer(1)),)).encode()
    loose = payload[:-4] + member(3, b"\x18\x82\x80\x00")  # zigzag 2 in three bytes
    expect(judged(device, record, payload), None)
    expect(judged(device, record, loose), None)
    other.until(lambda: record in other.records and other.records[record].heads[device.actor].number == 3)
    expect(other.shown(record, 9, kind=2), [integer(1)])
    expect(other.records[record].heads[device.actor].digest, device.journal.heads[record][1])


@group.case("fields in another order, and values before operations, are read")
def _(world):
    device, family = world.desk()
    record = world.relative(device, family)
    shape = strict.write(pb.Operation(field=1, kind=1))
    turned = member(3, text("turned").encode()) + member(2, shape) + member(1, os.urandom(16))
    expect(judged(device, record, turned), None)
    expect(device.shown(record, 1), [text("turned")])


@group.case("set: an addition wins over a removal that did not see it")
def _(world):
    device, other, family = world.colleagues()
    record = world.relative(device, family, add(9, text("a")), add(9, text("b")))
    other.until(lambda: record in other.records)
    other.write(record, remove(9, text("a")), remove(9, text("b")))
    device.write(record, add(9, text("a")))
    accepted(device)
    accepted(other)
    device.until(lambda: other.actor in device.records[record].fields.version)
    other.until(lambda: other.records[record].fields.version.get(device.actor) == 2)
    for one in (device, other):
        expect(one.shown(record, 9, kind=2), [text("a")])


@group.case("register: concurrent values stay, from both, until somebody writes who saw them")
def _(world):
    device, other, family = world.colleagues()
    record = world.relative(device, family)
    other.until(lambda: record in other.records)
    device.write(record, assign(1, text("one")))
    other.write(record, assign(1, text("two")))
    accepted(device)
    accepted(other)
    for one in (device, other):
        one.until(lambda o=one: len(o.shown(record, 1)) == 2)
    expect(device.shown(record, 1), other.shown(record, 1), "order")
    device.write(record, assign(1, text("settled")))
    accepted(device)
    other.until(lambda: other.shown(record, 1) == [text("settled")])


@group.case("an arbitrated field is decided by who had seen what stands, else ALREADY_DECIDED")
def _(world):
    device, other, family = world.colleagues()
    record = world.relative(device, family, decide(5, text("first")))
    other.until(lambda: record in other.records)
    device.write(record, decide(5, text("second")))
    accepted(device)
    other.write(record, decide(5, text("late")), version={device.actor: 1})
    expect(other.push(), "ALREADY_DECIDED")
    other.until(lambda: other.shown(record, 5, kind=5) == [text("second")])
    other.write(record, decide(5, text("third")))
    expect(other.push(), None)
    device.until(lambda: device.shown(record, 5, kind=5) == [text("third")])


@group.case("two decisions of one field in one change: the later counts")
def _(world):
    device, family = world.desk()
    record = world.relative(device, family, decide(5, text("a")), decide(5, text("b")))
    expect(device.shown(record, 5, kind=5), [text("b")])


@group.case("a second creation of a record is RECORD_EXISTS, by whoever sees it")
def _(world):
    device, other, family = world.colleagues()
    record = world.relative(device, family)
    facts = device.records[record].facts
    device.write(record, assign(1, text("again")), creates=facts)
    expect(device.push(), "RECORD_EXISTS")
    other.write(record, assign(1, text("again")), creates=facts)
    expect(other.push(), "RECORD_EXISTS")


@group.case("facts that are not possible are refused: another tenant, nobody, a kind nobody knows")
def _(world):
    device, family = world.desk()
    for facts, code in (
        (Facts(os.urandom(16), family.id, RELATIVE, 1, family.children, 3), "INVALID_CONTENT"),
        (Facts(device.tenant, family.id, RELATIVE, 1, (), 3), "INVALID_CONTENT"),
        (Facts(device.tenant, family.id, 999, 1, family.children, 3), "FORBIDDEN"),
        (Facts(device.tenant, b"", RELATIVE, 1, family.children, 3), "FORBIDDEN"),
        (Facts(device.tenant, family.id, RELATIVE, -5, family.children, 999), None),
    ):
        device.write(uuid.uuid4().bytes, assign(1, text("x")), creates=facts)
        expect(device.push(), code, str(facts.kind))


@group.case("another author than one's own account is WRONG_AUTHOR")
def _(world):
    device, other, family = world.colleagues()
    record = world.relative(device, family)
    for author in (other.account, os.urandom(16), bytes(16)):
        device.write(record, assign(1, text("x")), author=author)
        expect(device.push(), "WRONG_AUTHOR")
