"""Enrolment codes as people type them (README 7)."""

from dataclasses import dataclass

from .digests import sha256
from .tables import Refusal

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_AS = {"O": "0", "I": "1", "L": "1"}


@dataclass(frozen=True)
class Code:
    id: bytes
    secret: bytes
    fingerprint: bytes

    @property
    def verifier(self):
        return sha256(b"kos.enrolment-code.v1", self.secret)

    def fits(self, tenant_key):
        return sha256(tenant_key)[:16] == self.fingerprint

    def text(self):
        number = int.from_bytes(self.id + self.secret + self.fingerprint, "big")
        values = [number >> 5 * place & 31 for place in reversed(range(64))]
        symbols = "".join(ALPHABET[value] for value in [*values, check(values)])
        return "-".join(symbols[start : start + 5] for start in range(0, 65, 5))

    @staticmethod
    def read(text):
        symbols = [_AS.get(s, s) for s in text.upper() if s not in "-" and not s.isspace()]
        if len(symbols) != 65 or any(symbol not in ALPHABET for symbol in symbols):
            raise Refusal("CODE_REFUSED", "not 65 symbols of the alphabet")
        values = [ALPHABET.index(symbol) for symbol in symbols]
        if check(values[:64]) != values[64]:
            raise Refusal("CODE_REFUSED", "the check symbol is another")
        number = 0
        for value in values[:64]:
            number = number << 5 | value
        data = number.to_bytes(40, "big")
        return Code(data[:8], data[8:24], data[24:])


def check(values):
    remainder = 0
    for value in values:
        remainder = (remainder ^ value) << 1
        if remainder >= 32:
            remainder ^= 37
    return remainder
