"""The logs of knowing: rows, their leaves, checkpoints and proofs (knowing.md)."""

from .digests import sha256, u64
from .strict import varint
from .tables import malformed, unsupported

# By message: from field number to name and kind. What is hashed has one encoding; protobuf promises none.
MESSAGES = {
    "LogRow": {1: ("entry", "bytes"), 2: ("padding", "bytes"), 3: ("commitment", "bytes")},
    "LogEntry": {1: ("recorded_at", "sint"), 2: ("agent", "bytes"), 3: ("event", "bytes")},
    "LogPart": {1: ("salt", "bytes"), 2: ("content", "bytes"), 3: ("digest", "bytes")},
    "LogAgent": {1: ("person", "bytes"), 2: ("account", "bytes"), 3: ("device", "fixed64")},
    "OpenedEvent": {1: ("record", "bytes"), 2: ("opened_at", "sint"), 3: ("purpose", "bytes")},
    "DeliveredEvent": {
        1: ("act", "varint"), 2: ("record", "bytes"), 3: ("generation", "varint"), 4: ("actor", "fixed64"),
        5: ("first", "varint"), 6: ("last", "varint"), 7: ("header", "bytes"), 8: ("rule", "bytes"),
        9: ("ground", "bytes"),
    },
    "LogCheckpoint": {
        1: ("tenant", "bytes"), 2: ("log", "varint"), 3: ("log_id", "bytes"), 4: ("size", "varint"),
        5: ("root", "bytes"), 6: ("signed_at", "sint"),
    },
}
WIRE = {"varint": 0, "sint": 0, "fixed64": 1, "bytes": 2}


def write(message, fields):
    """The one encoding: fields in order of number, those that are empty or 0 left out."""
    encoded = b""
    for number, (name, kind) in sorted(MESSAGES[message].items()):
        value = fields.get(name)
        if not value:
            continue
        encoded += _number(number << 3 | WIRE[kind])
        if kind == "bytes":
            encoded += _number(len(value)) + value
        elif kind == "fixed64":
            encoded += value.to_bytes(8, "little")
        else:
            encoded += _number(_zigzag(value) if kind == "sint" else value)
    return encoded


def read(message, data):
    """The fields by name; what is not the one encoding is refused."""
    fields, at = {}, 0
    while at < len(data):
        key, at = varint(data, at)
        if key >> 3 not in MESSAGES[message]:
            raise unsupported(f"field {key >> 3} of {message}")
        name, kind = MESSAGES[message][key >> 3]
        if key & 7 != WIRE[kind]:
            raise malformed(f"{message}.{name}")
        if kind == "fixed64":
            fields[name], at = int.from_bytes(data[at:at + 8], "little"), at + 8
        else:
            number, at = varint(data, at)
            if kind == "bytes":
                fields[name], at = data[at:at + number], at + number
            else:
                fields[name] = number >> 1 ^ -(number & 1) if kind == "sint" else number
    if write(message, fields) != data:
        raise malformed(f"{message} is not in its one encoding")
    return fields


def _number(value):
    encoded = bytearray()
    while value > 127:
        encoded.append(value & 127 | 128)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)


def _zigzag(value):
    return value << 1 if value >= 0 else -value * 2 - 1


def part_digest(context, part):
    """Of an encoded part that is told or blinded."""
    fields = read("LogPart", part)
    if "digest" in fields:
        return fields["digest"]
    return sha256(context, fields["salt"], fields["content"])


def commitment(log, row):
    """Section 1: what a row's leaf holds."""
    fields = read("LogRow", row)
    if "commitment" in fields:
        return fields["commitment"]
    if "padding" in fields:
        return sha256(b"kos.log-padding.v1", bytes([log]), fields["padding"])
    entry = read("LogEntry", fields["entry"])
    return sha256(
        b"kos.log-row.v1", bytes([log]), u64(entry.get("recorded_at", 0) % (1 << 64)),
        part_digest(b"kos.log-agent.v1", entry["agent"]), part_digest(b"kos.log-event.v1", entry["event"]),
    )


def leaf(content):
    return sha256(b"\x00", content)


def node(left, right):
    return sha256(b"\x01", left, right)


def includes(leaf_hash, index, size, path, root):
    """RFC 9162 section 2.1.3.2."""
    if index >= size:
        return False
    here, last, found = index, size - 1, leaf_hash
    for one in path:
        if last == 0:
            return False
        if here & 1 or here == last:
            found = node(one, found)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            found = node(found, one)
        here, last = here >> 1, last >> 1
    return last == 0 and found == root


def begins_with(first, second, first_root, second_root, path):
    """RFC 9162 section 2.1.4.2, with the rules of knowing.md section 4."""
    if first > second:
        return False
    if first in (0, second):
        return not path and first_root == (sha256() if first == 0 else second_root)
    path = list(path) if first & (first - 1) else [first_root, *path]
    if not path:
        return False
    here, last = first - 1, second - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    older = newer = path[0]
    for one in path[1:]:
        if last == 0:
            return False
        if here & 1 or here == last:
            older, newer = node(one, older), node(one, newer)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            newer = node(newer, one)
        here, last = here >> 1, last >> 1
    return last == 0 and older == first_root and newer == second_root
