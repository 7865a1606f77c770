"""The strict reading of README section 2: of what is hashed, or sent as bytes that hold an encoded message.

`read` walks the bytes by the schema and refuses what the protocol refuses; the parsing itself is the
library's. A message type that the schemas gain is read without a word here, save the widths of its bytes.
"""

from google.protobuf.descriptor import FieldDescriptor as Field

from .tables import malformed, unsupported

VARINT, FIXED64, LENGTH, FIXED32 = 0, 1, 2, 5

_FIXED64_TYPES = {Field.TYPE_FIXED64, Field.TYPE_SFIXED64, Field.TYPE_DOUBLE}
_FIXED32_TYPES = {Field.TYPE_FIXED32, Field.TYPE_SFIXED32, Field.TYPE_FLOAT}
_LENGTH_TYPES = {Field.TYPE_STRING, Field.TYPE_BYTES, Field.TYPE_MESSAGE}
_BITS32_TYPES = {Field.TYPE_UINT32, Field.TYPE_SINT32}

# How many bytes a field of bytes has. "?": it may also be absent or empty.
WIDTHS = {
    "Header.record": "16",
    "Header.author": "16",
    "Header.origin_digest": "32?present",
    "AudienceVersion.record": "16",
    "RecordFacts.tenant": "16",
    "RecordFacts.case": "16?",
    "RecordFacts.about": "16",
    "Payload.salt": "16",
    "Value.identifier": "16",
    "PackedChange.record": "16?present",
    "PackedChange.author": "16?present",
    "DeliveredChange.mac": "16",
    "DeliveredChange.void_digest": "32?",
    "DeliveredChange.epoch": "16?",
    "Stamp.epoch": "16",
    "Stamp.mac": "16",
    "RecordState.record": "16",
    "RecordState.creator": "16?present",
    "Head.digest": "32",
    "LiveChange.author": "16",
    "LiveOrigin.author": "16",
}

# Of these, fields that are not in the schema are kept with the whole message.
KEEPS_UNKNOWN = {"Operation", "Value"}


def varint(data, at):
    """The number at a place, and the place after it."""
    number = 0
    for index in range(10):
        if at >= len(data):
            raise malformed("a number that ends early")
        byte = data[at]
        at += 1
        number |= (byte & 0x7F) << (7 * index)
        if byte < 0x80:
            if number >= 1 << 64:
                raise malformed("a number beyond 64 bits")
            return number, at
    raise malformed("a number of more than ten bytes")


def fields(data):
    """Each field as (number, wire type, value): an int, or the bytes of one with a length."""
    at = 0
    while at < len(data):
        tag, at = varint(data, at)
        number, wire = tag >> 3, tag & 7
        if number == 0 or number >= 1 << 29:
            raise malformed("a field number that there is not")
        if wire == VARINT:
            value, at = varint(data, at)
        elif wire in (FIXED64, FIXED32):
            width = 8 if wire == FIXED64 else 4
            value, at = int.from_bytes(data[at : at + width], "little"), at + width
        elif wire == LENGTH:
            length, at = varint(data, at)
            value, at = data[at : at + length], at + length
        else:
            raise malformed("a wire type that is refused")
        if at > len(data):
            raise malformed("a field beyond the end")
        yield number, wire, value


def _wire_type(field):
    if field.type in _FIXED64_TYPES:
        return FIXED64
    if field.type in _FIXED32_TYPES:
        return FIXED32
    return LENGTH if field.type in _LENGTH_TYPES else VARINT


def _check_value(field, value):
    if field.type == Field.TYPE_BOOL and value > 1:
        raise malformed("a boolean that is neither 0 nor 1")
    if field.type in _BITS32_TYPES and value >= 1 << 32:
        raise malformed("a number beyond 32 bits")
    if field.type == Field.TYPE_STRING:
        try:
            value.decode("utf-8")
        except UnicodeDecodeError:
            raise malformed("a text that is not UTF-8") from None
    if field.type == Field.TYPE_MESSAGE:
        check(field.message_type, value)


def _check_widths(descriptor, present):
    for field in descriptor.fields:
        rule = WIDTHS.get(f"{descriptor.name}.{field.name}")
        if rule is None:
            continue
        width, _, optional = rule.partition("?")
        values = present.get(field.number, [])
        absent = not values or (optional == "" and "?" in rule and values == [b""])
        required = "?" not in rule and not field.containing_oneof
        if absent and required and field.label != Field.LABEL_REPEATED:
            raise malformed(f"{field.full_name} is missing")
        if not absent and any(len(value) != int(width) for value in values):
            raise malformed(f"{field.full_name} has not {width} bytes")


def check(descriptor, data):
    """Refuses what section 2 refuses of one message and of all within it."""
    present, members = {}, {}
    for number, wire, value in fields(data):
        field = descriptor.fields_by_number.get(number)
        if field is None:
            if descriptor.name not in KEEPS_UNKNOWN:
                raise unsupported(f"field {number} of {descriptor.name}")
            continue
        if wire != _wire_type(field):
            raise malformed(f"{field.full_name} as another type")
        if field.label != Field.LABEL_REPEATED and number in present:
            raise malformed(f"{field.full_name} twice")
        oneof = field.containing_oneof
        if oneof is not None and members.setdefault(oneof.name, number) != number:
            raise malformed(f"two members of {oneof.full_name}")
        _check_value(field, value)
        present.setdefault(number, []).append(value)
    _check_widths(descriptor, present)


def read(message_type, data):
    """The message that the bytes hold, strictly."""
    check(message_type.DESCRIPTOR, data)
    return message_type.FromString(data)


def write(message):
    """The encoding in ascending fields, shortest numbers, without defaults: the canonical one (2.1)."""
    return message.SerializeToString(deterministic=True)
