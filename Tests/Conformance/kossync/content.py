"""Payloads, operations and values (README 2.2), and which operations a kind has (merge.md 3)."""

import zlib
from dataclasses import dataclass

from . import strict
from .edits import read_steps, varint, write_steps
from .rank import Rank
from .schema import pb
from .tables import LIMITS, Refusal, malformed, unsupported

REGISTER, SET, TEXT, RANK, ARBITRATED = 1, 2, 3, 4, 5
# The actions of the closed kinds. A kind that is not here is unknown: its operations are kept whole.
ACTIONS = {
    REGISTER: {0: "assign"}, SET: {0: "add", 1: "remove"}, TEXT: {0: "edit"}, RANK: {0: "rank"},
    ARBITRATED: {0: "decide"},
}
STEPS = 15  # the number of Operation.steps


@dataclass(frozen=True)
class Value:
    """A value by what it is compared by: its type, and what it holds; of an unknown type its encoding."""

    type: str
    content: object

    @staticmethod
    def read(data):
        message = strict.read(pb.Value, data)
        kind = message.WhichOneof("value")
        known = pb.Value.DESCRIPTOR.fields_by_number
        if any(number not in known for number, _, _ in strict.fields(data)):
            return Value("unknown", bytes(data))
        if kind is None:
            raise malformed("a value without a member")
        content = getattr(message, kind)
        if kind == "null" and not content:
            raise malformed("a null that is false")
        return Value(kind, content.encode("utf-8") if kind == "text" else content)

    def encode(self):
        if self.type == "unknown":
            return self.content
        content = self.content.decode("utf-8") if self.type == "text" else self.content
        return strict.write(pb.Value(**{self.type: content}))


def text(content):
    return Value("text", content.encode("utf-8"))


def integer(content):
    return Value("integer", content)


def identifier(content):
    return Value("identifier", content)


NULL = Value("null", True)


@dataclass(frozen=True)
class Operation:
    """One act on one field. Of an unknown kind `shape` is its whole encoding, which is kept."""

    field: int
    kind: int
    action: int
    value: Value | None
    shape: bytes

    @staticmethod
    def make(field, kind, action, value):
        told = 0 if kind == REGISTER else kind  # a register's kind goes without saying
        shape = strict.write(pb.Operation(field=field, kind=told, action=action))
        return Operation(field, kind, action, value, shape)

    @property
    def is_known(self):
        return self.kind in ACTIONS

    @property
    def keeps_value(self):
        """Whether it can be live: a removal never is."""
        return not (self.kind == SET and self.action == 1)

    @property
    def characters(self):
        """What an edit of a text puts in."""
        return self.value.content.decode("utf-8")

    @property
    def steps(self):
        """The steps of an edit of a text; refuses what is none."""
        encoded = pb.Operation.FromString(self.shape).steps
        return read_steps(encoded, len(self.characters))

    def check(self):
        """Refuses a value that the kind does not have, and steps that are none."""
        if self.kind == TEXT:
            if self.value.type != "text":
                raise malformed("an edit whose value is no text")
            _ = self.steps
        elif self.kind == RANK:
            if self.value.type != "bytes":
                raise malformed("a rank whose value is not bytes")
            Rank.read(self.value.content)
        return self


def assign(field, value):
    return Operation.make(field, REGISTER, 0, value)


def add(field, value):
    return Operation.make(field, SET, 0, value)


def remove(field, value):
    return Operation.make(field, SET, 1, value)


def decide(field, value):
    return Operation.make(field, ARBITRATED, 0, value)


def rank(field, encoded):
    return Operation.make(field, RANK, 0, Value("bytes", encoded))


def edit(field, steps, characters, encoded=None):
    """An edit of a text with these steps; `encoded` in their place, for one that is wrong."""
    encoded = write_steps(steps) if encoded is None else encoded
    shape = strict.write(pb.Operation(field=field, kind=TEXT, steps=encoded))
    return Operation(field, TEXT, 0, text(characters), shape)


def read_operation(shape):
    """The operation without its value, and whether it has one."""
    message = strict.read(pb.Operation, shape)
    if message.field == 0:
        raise malformed("an operation without a field")
    kind = message.kind or REGISTER
    if kind in ACTIONS:
        if message.action not in ACTIONS[kind]:
            raise unsupported("an action that the kind does not have")
        allowed = {1, 2, 3, 4} | ({STEPS} if kind == TEXT else set())
        if message.without_value or any(number not in allowed for number, _, _ in strict.fields(shape)):
            raise unsupported("a field that the kind does not have")
    operation = Operation(message.field, kind, message.action, None, bytes(shape))
    return operation, not message.without_value


@dataclass(frozen=True)
class Payload:
    salt: bytes
    operations: tuple

    @staticmethod
    def read(data):
        strict.check(pb.Payload.DESCRIPTOR, data)
        found = {1: [], 2: [], 3: [], 4: [], 5: []}
        for number, _, value in strict.fields(data):
            found[number].append(value)
        if found[4] or found[5]:
            found |= _inflated_members(found)
        shapes = [read_operation(shape) for shape in found[2]]
        values = [Value.read(value) for value in found[3]]
        if len(values) != sum(has_value for _, has_value in shapes):
            raise malformed("values that are not those of the operations")
        remaining = iter(values)
        operations = tuple(
            Operation(o.field, o.kind, o.action, next(remaining) if has_value else None, o.shape).check()
            for o, has_value in shapes
        )
        edited = [operation.field for operation in operations if operation.kind == TEXT]
        if len(set(edited)) != len(edited):
            raise malformed("two edits of one field")
        return Payload(found[1][0], operations)

    def encode(self):
        return _member(1, self.salt) + self._members()

    def encode_compressed(self, level=6):
        """The same with operations and values in a zlib stream; level 0 only stores."""
        plain = self._members()
        told = encode_varint(5 << 3) + encode_varint(len(plain))
        return _member(1, self.salt) + _member(4, zlib.compress(plain, level)) + told

    def _members(self):
        data = b"".join(_member(2, operation.shape) for operation in self.operations)
        values = (operation.value for operation in self.operations if operation.value is not None)
        return data + b"".join(_member(3, value.encode()) for value in values)


def _inflated_members(found):
    """The operations and values of a compressed payload."""
    if not found[4] or not found[5] or found[2] or found[3]:
        raise malformed("a compressed section without its size, a size without one, or one beside others")
    [compressed], [size] = found[4], found[5]
    if size > LIMITS["payload_inflated_bytes"]:
        raise Refusal("LIMIT_EXCEEDED", "payload_inflated_bytes")
    members = {2: [], 3: []}
    for number, wire, value in strict.fields(inflate(compressed, size)):
        if number not in members:
            raise unsupported(f"field {number} in a compressed section")
        if wire != strict.LENGTH:
            raise malformed("an operation or a value as another type")
        members[number].append(value)
    return members


def inflate(data, size):
    """What a zlib stream holds, which must be of this size and end with the data."""
    stream = zlib.decompressobj()
    try:
        plain = stream.decompress(data, size + 1)
    except zlib.error:
        raise malformed("a stream that is none") from None
    if size < 1 or len(plain) != size or not stream.eof or stream.unused_data:
        raise malformed("a stream of another size")
    return plain


encode_varint = varint


def _member(number, data):
    return encode_varint(number << 3 | strict.LENGTH) + encode_varint(len(data)) + data


member = _member
