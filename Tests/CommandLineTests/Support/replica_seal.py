"""Opens what a replica's store has sealed: an implementation of its own of decision 0037.

AES-256-GCM-SIV after RFC 8452, with OpenSSL's command for the blocks, and HKDF after RFC 5869.
"""

import hashlib
import hmac
import json
import struct
import subprocess

HEAD = 33


def aes(key, blocks):
    """AES-256 of each block."""
    command = ["openssl", "enc", "-aes-256-ecb", "-nopad", "-K", key.hex()]
    return subprocess.run(command, input=blocks, capture_output=True, check=True).stdout


def hkdf(secret, info, count):
    """HKDF-SHA-256 without a salt."""
    root = hmac.new(bytes(32), secret, hashlib.sha256).digest()
    block = output = b""
    while len(output) < count:
        block = hmac.new(root, block + info + bytes([len(output) // 32 + 1]), hashlib.sha256).digest()
        output += block
    return output[:count]


def dot(a, b):
    """The product of two field elements, times x to the power of -128."""
    modulus = 1 << 128 | 1 << 127 | 1 << 126 | 1 << 121 | 1
    product = 0
    while b:
        if b & 1:
            product ^= a
        a, b = a << 1, b >> 1
    for _ in range(128):
        product = (product ^ modulus if product & 1 else product) >> 1
    return product


def polyval(key, content):
    """RFC 8452, section 3."""
    point, total = int.from_bytes(key, "little"), 0
    for start in range(0, len(content), 16):
        total = dot(total ^ int.from_bytes(content[start : start + 16], "little"), point)
    return total.to_bytes(16, "little")


def padded(content):
    """Up to whole blocks."""
    return content + bytes(-len(content) % 16)


def open_sealed(key, nonce, tag, ciphertext, place):
    """What was sealed; an error when it is not what was sealed for the place."""
    derived = aes(key, b"".join(struct.pack("<I", number) + nonce for number in range(6)))
    parts = [derived[16 * number : 16 * number + 8] for number in range(6)]
    authentication, encryption = b"".join(parts[:2]), b"".join(parts[2:])
    first = struct.unpack("<I", tag[:4])[0]
    rest = tag[4:15] + bytes([tag[15] | 0x80])
    blocks = range((len(ciphertext) + 15) // 16)
    counters = b"".join(struct.pack("<I", (first + number) & 0xFFFFFFFF) + rest for number in blocks)
    stream = aes(encryption, counters) if counters else b""
    content = bytes(a ^ b for a, b in zip(ciphertext, stream))
    lengths = struct.pack("<QQ", len(place) * 8, len(content) * 8)
    check = bytearray(polyval(authentication, padded(place) + padded(content) + lengths))
    for index in range(12):
        check[index] ^= nonce[index]
    check[15] &= 0x7F
    if aes(encryption, bytes(check)) != tag:
        raise ValueError("not what was sealed")
    return content


def opened_values(database, key_file):
    """A table each, and what one of its sealed values holds."""
    with open(key_file, encoding="utf-8") as file:
        secrets = bytes.fromhex(json.load(file)["secrets"])
    store = secrets[65:97]
    name, key = hkdf(store, b"kos.store.key-id.v1", 4), hkdf(store, b"kos.store.sealing.v1", 32)
    columns = [
        ("meta", "value", "SELECT value, key FROM meta WHERE key <> 'compatibility'"),
        ("snapshot", "content", "SELECT content, wire FROM snapshot JOIN record ON record.id = record"),
        ("change", "content", "SELECT content, record, actor, number FROM change"),
        ("marker", "value", "SELECT value, name FROM marker"),
        ("attachment", "digest", "SELECT digest, record FROM attachment"),
        ("attachment_chunk", "content", "SELECT content, attachment, start FROM attachment_chunk"),
    ]
    for table, column, query in columns:
        for value, *row in database.execute(query):
            if value[:5] != b"\x01" + name:
                raise ValueError("sealed under another key")
            place = f"kos.store.v1 {table}.{column}".encode() + b"\0"
            for part in row:
                if isinstance(part, int):
                    place += struct.pack(">q", part)
                else:
                    place += part if isinstance(part, bytes) else part.encode()
            yield table, open_sealed(key, value[5:17], value[17:HEAD], value[HEAD:], place)
