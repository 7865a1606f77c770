"""Keys, signatures with their contexts, and the checks that refuse weak ones (README 3.3)."""

import hmac

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from .digests import sha256, u64

GROUP_ORDER = 2**252 + 27742317777372353535851937790883648493
_P = 2**255 - 19
_D = -121665 * pow(121666, _P - 2, _P) % _P


class SigningKey:
    def __init__(self, secret):
        self._key = Ed25519PrivateKey.from_private_bytes(secret)
        self.public = raw(self._key.public_key())

    def __deepcopy__(self, memo):
        return self  # it never changes

    def sign(self, context, content):
        return self._key.sign(signed_bytes(context, content))


def agreement_key(secret):
    """The X25519 public key of a secret."""
    return raw(X25519PrivateKey.from_private_bytes(secret).public_key())


def raw(public_key):
    return public_key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def actor_id(public_key):
    return int.from_bytes(sha256(public_key)[:8], "big")


def signed_bytes(context, content):
    return context.encode("ascii") + b"\x00" + content


def transcript(client_hello, server_hello_body):
    return sha256(client_hello) + sha256(server_hello_body)


def push_content(tenant, actor, root):
    return tenant + u64(actor) + root


def enrolment_proof(verifier, transcript_bytes):
    return hmac.digest(verifier, signed_bytes("kos.enrolment.v1", transcript_bytes), "sha256")


def is_valid(public_key, signature, context, content):
    """Keys of small order and scalars that are not below the group's order are refused before all else."""
    if len(public_key) != 32 or len(signature) != 64 or has_small_order(public_key):
        return False
    if int.from_bytes(signature[32:], "little") >= GROUP_ORDER:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, signed_bytes(context, content))
    except (InvalidSignature, ValueError):
        return False
    return True


def has_small_order(public_key):
    """Whether eight times the point is the neutral element. Bytes that are no point count as such too."""
    point = _decompress(public_key)
    if point is None:
        return True
    for _ in range(3):
        point = _add(point, point)
    return point == (0, 1)


def _decompress(encoded):
    number = int.from_bytes(encoded, "little")
    sign, y = number >> 255, (number & (1 << 255) - 1) % _P
    u, v = (y * y - 1) % _P, (_D * y * y + 1) % _P
    x2 = u * pow(v, _P - 2, _P) % _P
    x = pow(x2, (_P + 3) // 8, _P)
    if x * x % _P != x2:
        x = x * pow(2, (_P - 1) // 4, _P) % _P
    if x * x % _P != x2:
        return None
    return (_P - x if x & 1 != sign and x else x), y


def _add(a, b):
    (x1, y1), (x2, y2) = a, b
    product = _D * x1 * x2 * y1 * y2 % _P
    x3 = (x1 * y2 + x2 * y1) * pow(1 + product, _P - 2, _P) % _P
    y3 = (y1 * y2 + x1 * x2) * pow(1 - product, _P - 2, _P) % _P
    return x3, y3
