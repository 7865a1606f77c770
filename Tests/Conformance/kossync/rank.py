"""Ranks: a place among others, which compares by its bytes (text.md 5)."""

from dataclasses import dataclass

from .tables import LIMITS, malformed


@dataclass(frozen=True, order=True)
class Rank:
    """The fraction is in base 256, and does not end in 0."""

    number: int
    fraction: bytes = b""

    def encode(self):
        magnitude = self.number if self.number >= 0 else -1 - self.number
        digits = magnitude.to_bytes((magnitude.bit_length() + 7) // 8, "big")
        if self.number >= 0:
            return bytes([0x80 + len(digits)]) + digits + self.fraction
        return bytes([0x7F - len(digits)]) + bytes(digit ^ 0xFF for digit in digits) + self.fraction

    @staticmethod
    def read(data):
        if len(data) > LIMITS["rank_bytes"]:
            raise malformed("rank_bytes")
        if not data:
            raise malformed("an empty rank")
        count = data[0] - 0x80 if data[0] >= 0x80 else 0x7F - data[0]
        if count > 7 or len(data) < 1 + count:
            raise malformed("a rank's number that cannot be, or ends early")
        digits, fraction = data[1 : 1 + count], data[1 + count :]
        if data[0] < 0x80:
            digits = bytes(digit ^ 0xFF for digit in digits)
        if digits[:1] == b"\0" or fraction[-1:] == b"\0":
            raise malformed("a rank that is not in its shortest form")
        magnitude = int.from_bytes(digits, "big")
        return Rank(magnitude if data[0] >= 0x80 else -1 - magnitude, fraction)
