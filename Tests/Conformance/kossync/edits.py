"""Edits of texts: the steps of one, read and written (text.md 3)."""

from dataclasses import dataclass

from . import strict
from .tables import LIMITS, malformed

INSERT_AFTER, INSERT_BEFORE, DELETE, INSERT_AT_START = 0, 1, 2, 3
NAMES = {0: "insert_after", 1: "insert_before", 2: "delete", 3: "insert_at_start"}
END = 2**32 - 1  # no index is as great, and no deletion goes beyond


@dataclass(frozen=True)
class Step:
    """`change` is (actor, number), or none for the edit's own; an insertion at the start names nothing."""

    step: int
    length: int
    index: int = 0
    change: tuple | None = None

    @property
    def inserts(self):
        return self.step != DELETE


def varint(number):
    data = bytearray()
    while number >= 0x80:
        data.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes(data) + bytes([number])


def zigzag(number):
    return number * 2 if number >= 0 else -number * 2 - 1


def unzigzag(number):
    return number // 2 if number % 2 == 0 else -(number + 1) // 2


class Numbers:
    """Reads varints and bytes one after the other."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def varint(self):
        number, self.at = strict.varint(self.data, self.at)
        return number

    def count(self):
        """How many of what takes at least a byte each are to follow."""
        number = self.varint()
        if number > len(self.data) - self.at:
            raise malformed("more than there are bytes")
        return number

    def actor(self):
        if len(self.data) - self.at < 8:
            raise malformed("an actor that ends early")
        self.at += 8
        return int.from_bytes(self.data[self.at - 8 : self.at], "little")

    def end(self):
        if self.at != len(self.data):
            raise malformed("bytes that are left over")


def read_steps(data, scalars):
    """The steps of an edit that puts in so many characters."""
    numbers = Numbers(data)
    named, actor = [], None
    for _ in range(numbers.count()):
        told = numbers.varint()
        if told % 2 == 0:
            actor = numbers.actor()
        if actor is None or not 1 <= told // 2 <= LIMITS["highest_number"]:
            raise malformed("a change that cannot be")
        named.append((actor, told // 2))
    shapes = [divmod(numbers.varint(), 4) for _ in range(numbers.count())]
    if not shapes:
        raise malformed("an edit without steps")
    expected, current, put, steps = {}, 0, 0, []
    for length, step in shapes:
        if length == 0:
            raise malformed("a step of length 0")
        index, change = 0, None
        if step != INSERT_AT_START:
            told = numbers.varint()
            if told % 2:
                current = numbers.varint()
            if current > len(named):
                raise malformed("a change that is not in the list")
            index = unzigzag(told // 2) + expected.get(current, 0)
            change = named[current - 1] if current else None
            end = index + (length if step == DELETE else 1)
            if index < 0 or end > END:
                raise malformed("an index that cannot be")
            if current == 0 and end > put:
                raise malformed("a character of its own that is not put in yet")
            expected[current] = max(index - 1, 0) if step == DELETE else index
        steps.append(Step(step, length, index, change))
        if step != DELETE:
            put += length
            current, expected[0] = 0, put - 1
    numbers.end()
    if put != scalars:
        raise malformed("a text of another number of characters than the steps put in")
    return steps


def write_steps(steps):
    named = list(dict.fromkeys(step.change for step in steps if step.change is not None))
    data, before = varint(len(named)), None
    for actor, number in named:
        data += varint(number * 2 + (actor == before))
        if actor != before:
            data += actor.to_bytes(8, "little")
        before = actor
    data += varint(len(steps))
    data += b"".join(varint(step.length * 4 + step.step) for step in steps)
    expected, current, put = {}, None, 0
    for step in steps:
        if step.step != INSERT_AT_START:
            told = zigzag(step.index - expected.get(step.change, 0)) * 2
            if step.change == current:
                data += varint(told)
            else:
                data += varint(told + 1)
                data += varint(0 if step.change is None else named.index(step.change) + 1)
            current = step.change
            expected[current] = max(step.index - 1, 0) if step.step == DELETE else step.index
        if step.inserts:
            put += step.length
            current, expected[None] = None, put - 1
    return data
