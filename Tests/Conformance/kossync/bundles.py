"""Bundles: a push or a delivery as a file, sealed by HPKE (README 12)."""

import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from . import signing
from .digests import sha256, u64
from .schema import pb
from .session import enters_of, hello_of
from .tables import LIMITS, Refusal

MAGIC = b"KOSBND1\n"
CHUNK, TAG = LIMITS["bundle_chunk_bytes"], 16
PUSH, DELIVERY = pb.BUNDLE_PUSH, pb.BUNDLE_DELIVERY


class Damaged(Exception):
    """The file is not what was written, from this byte on."""

    def __init__(self, offset):
        super().__init__(f"damaged from byte {offset} on")
        self.offset = offset


class Context:
    """HPKE (RFC 9180) in base mode: X25519, HKDF-SHA256, ChaCha20Poly1305."""

    _kem = b"KEM\x00\x20"
    _suite = b"HPKE\x00\x20\x00\x01\x00\x03"

    def __init__(self, agreed, encapsulated, receiver, info):
        shared = _expand(
            self._kem, _extract(self._kem, b"", b"eae_prk", agreed), b"shared_secret",
            encapsulated + receiver, 32,
        )
        told = b"\x00" + _extract(self._suite, b"", b"psk_id_hash", b"")
        told += _extract(self._suite, b"", b"info_hash", info)
        secret = _extract(self._suite, shared, b"secret", b"")
        self._cipher = ChaCha20Poly1305(_expand(self._suite, secret, b"key", told, 32))
        self._nonce = int.from_bytes(_expand(self._suite, secret, b"base_nonce", told, 12), "big")
        self._next = 0

    def _take(self):
        nonce = (self._nonce ^ self._next).to_bytes(12, "big")
        self._next += 1
        return nonce

    def seal(self, content, authenticated):
        return self._cipher.encrypt(self._take(), content, authenticated)

    def open(self, sealed, authenticated):
        return self._cipher.decrypt(self._take(), sealed, authenticated)


def _extract(suite, salt, label, secret):
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + secret, "sha256")


def _expand(suite, key, label, info, count):
    return hmac.digest(
        key, count.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info + b"\x01", "sha256"
    )[:count]


def sealing_info(kind, tenant, actor):
    return b"kos.bundle-seal.v1\x00" + bytes([kind]) + tenant + u64(actor)


def transcript(header, content):
    return sha256(header) + sha256(content)


def write(kind, tenant, actor, receiver, messages, ephemeral=None):
    """A file sealed to a key. `messages` gives them once it is told the header."""
    own = X25519PrivateKey.from_private_bytes(ephemeral or os.urandom(32))
    encapsulated = signing.raw(own.public_key())
    agreed = own.exchange(X25519PublicKey.from_public_bytes(receiver))
    context = Context(agreed, encapsulated, receiver, sealing_info(kind, tenant, actor))
    header = pb.BundleHeader(
        version=1, kind=kind, tenant=tenant, actor=actor, encapsulated_key=encapsulated
    ).SerializeToString()
    content = b"".join(len(one).to_bytes(4, "big") + one for one in messages(header))
    file = MAGIC + len(header).to_bytes(4, "big") + header
    for at in range(0, max(len(content), 1), CHUNK):
        is_last = at + CHUNK >= len(content)
        file += context.seal(content[at : at + CHUNK], sha256(header) + bytes([is_last]))
    return file


def item_info(tenant, actor):
    return b"kos.sealed-item.v1" + tenant + u64(actor)


def seal_item(content, receiver, tenant, actor, ephemeral=None):
    """What a device keeps for its tenant alone (README 13)."""
    own = X25519PrivateKey.from_private_bytes(ephemeral or os.urandom(32))
    encapsulated = signing.raw(own.public_key())
    agreed = own.exchange(X25519PublicKey.from_public_bytes(receiver))
    context = Context(agreed, encapsulated, receiver, item_info(tenant, actor))
    return encapsulated + context.seal(content, b"")


def open_item(sealed, secret, tenant, actor):
    key = X25519PrivateKey.from_private_bytes(secret)
    agreed = key.exchange(X25519PublicKey.from_public_bytes(sealed[:32]))
    context = Context(agreed, sealed[:32], signing.raw(key.public_key()), item_info(tenant, actor))
    return context.open(sealed[32:], b"")


def read(file, kind, secret):
    """The header and the messages of a file."""
    if file[: len(MAGIC)] != MAGIC:
        raise Damaged(0)
    at = len(MAGIC) + 4
    size = int.from_bytes(file[at - 4 : at], "big")
    if not 0 < size <= LIMITS["bundle_header_bytes"] or len(file) < at + size:
        raise Damaged(at - 4)
    encoded = file[at : at + size]
    header = pb.BundleHeader.FromString(encoded)
    if header.kind != kind or header.version != 1:
        raise Refusal("UNSUPPORTED", "a bundle that goes the other way, or of another version")
    key = X25519PrivateKey.from_private_bytes(secret)
    agreed = key.exchange(X25519PublicKey.from_public_bytes(header.encapsulated_key))
    info = sealing_info(kind, header.tenant, header.actor)
    context = Context(agreed, header.encapsulated_key, signing.raw(key.public_key()), info)
    return encoded, list(_messages(_content(file, at + size, context, sha256(encoded))))


def _content(file, start, context, digest):
    content = b""
    for at in range(start, max(len(file), start + 1), CHUNK + TAG):
        sealed = file[at : at + CHUNK + TAG]
        try:
            content += context.open(sealed, digest + bytes([at + CHUNK + TAG >= len(file)]))
        except (InvalidTag, ValueError):
            raise Damaged(at) from None
    return content


def _messages(content):
    at = 0
    while at < len(content):
        size = int.from_bytes(content[at : at + 4], "big")
        if not 0 < size <= LIMITS["message_bytes"] or at + 4 + size > len(content):
            raise Damaged(at)
        yield content[at + 4 : at + 4 + size]
        at += 4 + size


# --- A device's side ---


def push_bundle(device, tenant_agreement_key, key=None, **changes):
    """What a device has without a verdict, sealed to its tenant. `changes` are the hello's."""
    key = key or device.key

    def messages(header):
        journal = pb.JournalHead(entries=len(device.journal.entries), digest=device.journal.head())
        members = dict(tenant=device.tenant, epoch=device.epoch, journal=journal, cursor=device.cursor)
        told = hello_of(device.actor, **members)
        for name, value in changes.items():
            setattr(told, name, value)
        hello = told.SerializeToString()
        signature = key.sign("kos.bundle.v1", transcript(header, hello))
        opening = pb.BundleOpening(header=header, hello=hello, signature=signature)
        yield pb.ClientMessage(bundle=opening).SerializeToString()
        waiting = [n for n, entry in enumerate(device.journal.entries, 1) if entry.verdict is None]
        if waiting:
            push = device.push_message(waiting[0])
            yield pb.ClientMessage(push=push).SerializeToString()
        yield pb.ClientMessage(follow=pb.Follow(cursor=device.cursor)).SerializeToString()

    return write(PUSH, device.tenant, device.actor, tenant_agreement_key, messages)


def take_delivery_bundle(device, file):
    """Takes a delivery bundle in: what the messages are, and whether the deliveries counted."""
    header, messages = read(file, DELIVERY, device.agreement_secret)
    messages = [pb.ServerMessage.FromString(one) for one in messages]
    reply, welcome = messages[0].bundle, messages[1].welcome
    signed = transcript(header, reply.body)
    if reply.header != header or not signing.is_valid(
        device.tenant_key, reply.signature, "kos.bundle-reply.v1", signed
    ):
        raise Refusal("BAD_SIGNATURE", "the tenant did not write it")
    body = pb.BundleReplyBody.FromString(reply.body)
    if (body.tenant, body.actor, body.epoch) != (device.tenant, device.actor, device.epoch):
        raise Refusal("UNKNOWN_DEVICE", "for another device or epoch")
    known = welcome.journal.entries
    if known > len(device.journal.entries) or device.journal.head(known) != welcome.journal.digest:
        raise Refusal("FORKED", "the server's journal is another")
    counts = body.cursor == device.cursor
    for message in messages[2:]:
        if message.WhichOneof("body") == "verdicts":
            device.take_verdicts(message.verdicts)
        elif counts:
            _deliver(device, message.delivery)
    return [message.WhichOneof("body") for message in messages], counts


def _deliver(device, delivery):
    """Takes a delivery in beside those of sessions: neither counted nor confirmed."""
    known, confirms = device.last_delivery, device.confirms
    device.last_delivery, device.confirms = delivery.number - 1, False
    try:
        enters_of(delivery)
        device.take_delivery(delivery)
    finally:
        device.last_delivery, device.confirms = known, confirms
