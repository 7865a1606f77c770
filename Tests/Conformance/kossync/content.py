"""Payloads, operations and values (README 2.2), and which operations a kind has (merge.md 3)."""

from dataclasses import dataclass

from . import strict
from .schema import pb
from .tables import malformed, unsupported

REGISTER, SET, TEXT, RANK, ARBITRATED = 1, 2, 3, 4, 5
# The actions of the closed kinds. A kind that is not here is unknown: its operations are kept whole.
ACTIONS = {REGISTER: {0: "assign"}, SET: {0: "add", 1: "remove"}, ARBITRATED: {0: "decide"}}


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
        shape = strict.write(pb.Operation(field=field, kind=kind, action=action))
        return Operation(field, kind, action, value, shape)

    @property
    def is_known(self):
        return self.kind in ACTIONS

    @property
    def keeps_value(self):
        """Whether it can be live: a removal never is."""
        return not (self.kind == SET and self.action == 1)


def assign(field, value):
    return Operation.make(field, REGISTER, 0, value)


def add(field, value):
    return Operation.make(field, SET, 0, value)


def remove(field, value):
    return Operation.make(field, SET, 1, value)


def decide(field, value):
    return Operation.make(field, ARBITRATED, 0, value)


def read_operation(shape):
    """The operation without its value, and whether it has one."""
    message = strict.read(pb.Operation, shape)
    if message.field == 0 or message.kind == 0:
        raise malformed("an operation without a field or a kind")
    if message.kind in ACTIONS:
        if message.action not in ACTIONS[message.kind]:
            raise unsupported("an action that the kind does not have")
        if message.without_value or any(number > 4 for number, _, _ in strict.fields(shape)):
            raise unsupported("a field that the kind does not have")
    operation = Operation(message.field, message.kind, message.action, None, bytes(shape))
    return operation, not message.without_value


@dataclass(frozen=True)
class Payload:
    salt: bytes
    operations: tuple

    @staticmethod
    def read(data):
        strict.check(pb.Payload.DESCRIPTOR, data)
        found = {1: [], 2: [], 3: []}
        for number, _, value in strict.fields(data):
            found[number].append(value)
        shapes = [read_operation(shape) for shape in found[2]]
        values = [Value.read(value) for value in found[3]]
        if len(values) != sum(has_value for _, has_value in shapes):
            raise malformed("values that are not those of the operations")
        remaining = iter(values)
        operations = tuple(
            Operation(o.field, o.kind, o.action, next(remaining) if has_value else None, o.shape)
            for o, has_value in shapes
        )
        return Payload(found[1][0], operations)

    def encode(self):
        data = _member(1, self.salt)
        data += b"".join(_member(2, operation.shape) for operation in self.operations)
        values = (operation.value for operation in self.operations if operation.value is not None)
        return data + b"".join(_member(3, value.encode()) for value in values)


def encode_varint(number):
    data = bytearray()
    while number >= 0x80:
        data.append(number & 0x7F | 0x80)
        number >>= 7
    data.append(number)
    return bytes(data)


def _member(number, data):
    return encode_varint(number << 3 | strict.LENGTH) + encode_varint(len(data)) + data


member = _member
