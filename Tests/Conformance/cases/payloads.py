"""Ranks, and payloads that are compressed (text.md 3 and 5)."""

import os
import random
import zlib

from kossync.content import NULL, RANK, Operation, Payload, assign, member, rank, text
from kossync.edits import varint
from kossync.rank import Rank
from kossync.tables import Refusal
from suite import Group, expect, expect_true
from world import BODY, accepted

from .alike import alike, together

group = Group("payloads")


def readable(payload):
    try:
        return Payload.read(payload)
    except Refusal:
        return None


# --- Ranks ---


@group.case("ranks compare by their bytes as number and fraction do")
def _(world):
    random_ = random.Random(3)
    ends = [0, 1, -1, 255, 256, -256, -257, 65_535, 65_536, -65_536, -65_537, 2**56 - 1, -(2**56)]
    ranks = [Rank(number, fraction) for number in ends for fraction in (b"", b"\1", b"\0\1", b"\xff")]
    ranks += [Rank(random_.randrange(-(2**56), 2**56), os.urandom(2) + b"\1") for _ in range(300)]
    for one in ranks:
        expect(Rank.read(one.encode()), one)
    expect(sorted(ranks), sorted(ranks, key=Rank.encode))


@group.case("a rank supersedes those that its author had seen; of several the one shown first counts")
def _(world):
    device, other, family = world.colleagues()
    record = world.relative(device, family, rank(3, Rank(1).encode()), assign(3, text("x")))
    other.until(lambda: record in other.records)
    device.write(record, rank(3, Rank(2, b"\5").encode()))
    other.write(record, rank(3, Rank(-1).encode()))
    together(record, device, other)
    expect(len(device.shown(record, 3, RANK)), 2)
    expect(device.shown(record, 3, RANK)[0], other.shown(record, 3, RANK)[0])
    expect(device.shown(record, 3), [text("x")], "the register of the same number")
    alike(world, record, device, other)
    other.write(record, rank(3, Rank(0, b"\0\1").encode()))
    together(record, device, other)
    expect([one.content for one in device.shown(record, 3, RANK)], [Rank(0, b"\0\1").encode()])
    alike(world, record, device, other)


@group.case("ranks that are none are INVALID_CONTENT, here and there")
def _(world):
    device, family = world.desk()
    record = world.relative(device, family)
    taken = ["80", "7f", "87ffffffffffffff", "7800000000000000", "780000000000000001", "7e00", "8001"]
    for encoded in [*taken, "", "8000", "8800", "77", "87ff", "8100", "7eff", "82012b00", "7d"]:
        payload = Payload(os.urandom(16), (rank(3, bytes.fromhex(encoded)),)).encode()
        expect(readable(payload) is not None, encoded in taken, f"read {encoded}")
        device.write(record, payload=payload)
        expect(device.push(), None if encoded in taken else "INVALID_CONTENT", f"rank {encoded}")
    for value in (text("x"), NULL):
        device.write(record, Operation.make(3, RANK, 0, value))
        expect(device.push(), "INVALID_CONTENT")


# --- Compressed payloads ---


@group.case("a compressed payload is passed on as it was sent, and means what it holds")
def _(world):
    device, other, family = world.colleagues()
    record = world.note(device, family, "start")
    other.until(lambda: record in other.records)
    for level in (0, 1, 9):
        editor = device.editor(record, BODY).insert(0, f"{level}" + "long words " * 300)
        payload = Payload(os.urandom(16), (editor.operation(BODY), assign(2, text(f"{level}"))))
        device.write(record, payload=payload.encode_compressed(level))
        accepted(device)
    together(record, device, other)
    expect(other.text(record, BODY), device.text(record, BODY))
    expect(other.shown(record, 2), [text("9")])
    expect(other.records[record].heads[device.actor].digest, device.journal.heads[record][1])
    alike(world, record, device, other)


@group.case("compressed payloads that cannot be are INVALID_CONTENT, here and there")
def _(world):
    device, family = world.desk()
    record = world.relative(device, family)
    plain = member(2, b"\x08\x02") + member(3, text("y").encode())
    stream = zlib.compress(plain)
    with_dictionary = zlib.compressobj(6, zlib.DEFLATED, 15, 8, 0, b"dictionary")
    with_dictionary = with_dictionary.compress(plain) + with_dictionary.flush()
    gzip = zlib.compressobj(6, zlib.DEFLATED, 31)
    gzip = gzip.compress(plain) + gzip.flush()
    size = len(plain)
    for name, data, told, more in (
        ("raw deflate", stream[2:-4], size, b""), ("gzip", gzip, size, b""),
        ("another checksum", stream[:-1] + bytes([stream[-1] ^ 1]), size, b""),
        ("an end that is not there", stream[:-1], size, b""), ("a dictionary", with_dictionary, size, b""),
        ("nothing", zlib.compress(b""), 0, b""), ("an empty section", b"", 0, b""),
        ("a salt within", zlib.compress(member(1, bytes(16)) + plain), size + 18, b""),
        ("a section within", zlib.compress(member(4, stream) + member(5, b"")), len(stream) + 4, b""),
        ("two sizes", stream, size, b"\x28" + varint(size)), ("values beside", stream, size, plain),
    ):
        payload = member(1, os.urandom(16)) + member(4, data) + b"\x28" + varint(told) + more
        expect_true(not readable(payload), f"{name} was read")
        device.write(record, payload=payload)
        expect(device.push(), "INVALID_CONTENT", name)
    device.write(record, payload=member(1, os.urandom(16)) + b"\x28" + varint(size) + member(4, stream))
    expect(device.push(), None, "the good one after them, its size first")
    expect(device.shown(record, 2), [text("y")])
