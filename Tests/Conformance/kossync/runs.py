"""Runs of packed and of delivered changes, in which an absent field is what the change before says (2.3)."""

from dataclasses import dataclass, replace

from . import digests, strict
from .header import Facts, Header, audience_message, audience_of, caps_of, entries_of, version_of
from .schema import pb
from .tables import LIMITS, Refusal, malformed

_WRAP = 1 << 64


def _signed(number):
    number %= _WRAP
    return number - _WRAP if number >= _WRAP >> 1 else number


@dataclass(frozen=True)
class Original:
    """The change that another one stands for; `stamp` is the message, or none."""

    header: Header
    previous: bytes
    stamp: object = None

    def digest(self, payload):
        return digests.chain_next(self.previous, self.header.encode(), payload)

    @property
    def version(self):
        return dict(self.header.version)

    @staticmethod
    def read(message, payload):
        original = Original(
            Header.read(message.header), message.previous,
            message.stamp if message.HasField("stamp") else None,
        )
        if original.digest(payload) != message.digest:
            raise Refusal("INVALID_CONTENT", "an origin that is not what its digest says")
        return original

    def message(self, header):
        return pb.Origin(
            digest=header.origin_digest, header=self.header.encode(), previous=self.previous,
            stamp=self.stamp,
            caps=[pb.VersionEntry(actor=actor, number=number) for actor, number in header.origin_caps],
        )


@dataclass(frozen=True)
class Change:
    header: Header
    payload: bytes
    origin: Original | None = None


@dataclass(frozen=True)
class Delivered:
    """A change with its stamp. Of a void one only record, actor, number and `void_digest` mean anything."""

    change: Change
    epoch: bytes
    sealed_position: int
    received_at: int
    mac: bytes
    void_digest: bytes = b""


class _Run:
    """What the change before said."""

    def __init__(self):
        self.before = None

    def continues(self, record, actor):
        return self.before is not None and (self.before.record, self.before.actor) == (record, actor)

    def implied_version(self, record, actor, number):
        version = dict(self.before.version) if self.continues(record, actor) else {}
        version.pop(actor, None)
        if number > 1:
            version[actor] = number - 1
        return version

    def implied_number(self, record, actor):
        return self.before.number + 1 if self.continues(record, actor) else 1

    def read(self, packed):
        if self.before is None and not all(map(packed.HasField, ("record", "actor", "author"))):
            raise malformed("the first change of a run lacks what none before it says")
        record = packed.record if packed.HasField("record") else self.before.record
        actor = packed.actor if packed.HasField("actor") else self.before.actor
        author = packed.author if packed.HasField("author") else self.before.author
        number = packed.number if packed.HasField("number") else self.implied_number(record, actor)
        if not 1 <= number <= LIMITS["highest_number"]:
            raise malformed("a number out of its range")
        if packed.version and not packed.version_follows:
            raise malformed("a version that is not announced")
        if packed.version_follows:
            version = version_of(packed.version)
        else:
            version = self.implied_version(record, actor, number)
        written_at = _signed((self.before.written_at if self.before else 0) + packed.written_after)
        facts = Facts.of(packed.creates) if packed.HasField("creates") else None
        origin, digest, caps = None, b"", ()
        if packed.HasField("origin"):
            origin = Original.read(packed.origin, packed.payload)
            digest, caps = packed.origin.digest, caps_of(packed.origin.caps)
        self.before = Header(
            record, actor, number, author, written_at, version, facts, digest, caps,
            audience_of(packed.audience_seen),
        )
        return Change(self.before, packed.payload, origin)

    def write(self, change):
        header, before = change.header, self.before
        packed = pb.PackedChange(payload=change.payload)
        if before is None or header.record != before.record:
            packed.record = header.record
        if before is None or header.actor != before.actor:
            packed.actor = header.actor
        if header.number != self.implied_number(header.record, header.actor):
            packed.number = header.number
        if before is None or header.author != before.author:
            packed.author = header.author
        packed.written_after = _signed(header.written_at - (before.written_at if before else 0))
        if header.version != self.implied_version(header.record, header.actor, header.number):
            packed.version_follows = True
            packed.version.extend(entries_of(header.version))
        if header.creates is not None:
            packed.creates.CopyFrom(header.creates.message())
        if change.origin is not None:
            packed.origin.CopyFrom(change.origin.message(header))
        packed.audience_seen.extend(audience_message(header.audience_seen))
        self.before = header
        return packed

    def write_void(self, header):
        """Of a void change vector, facts and payload are not sent; what follows goes by the rest."""
        version = self.implied_version(header.record, header.actor, header.number)
        header = replace(
            header, version=version, creates=None, origin_digest=b"", origin_caps=(), audience_seen=()
        )
        return self.write(Change(header, b""))


def read_packed(data):
    run = _Run()
    return [run.read(packed) for packed in strict.read(pb.PackedChanges, data).changes]


def write_packed(changes):
    run = _Run()
    return strict.write(pb.PackedChanges(changes=[run.write(change) for change in changes]))


def read_delivered(data, epoch):
    """`epoch` is the session's, which a stamp has when it names none."""
    run, found, received_at = _Run(), [], 0
    for message in strict.read(pb.DeliveredChanges, data).changes:
        change = run.read(message.change)
        received_at = _signed(received_at + message.received_after)
        if message.void_digest and (change.payload or change.header.creates):
            raise malformed("a void change with content")
        found.append(
            Delivered(
                change, message.epoch or epoch, message.sealed_position, received_at, message.mac,
                message.void_digest,
            )
        )
    return found


def write_delivered(changes, epoch):
    run, received_at, messages = _Run(), 0, []
    for delivered in changes:
        is_void = bool(delivered.void_digest)
        header = delivered.change.header
        packed = run.write_void(header) if is_void else run.write(delivered.change)
        messages.append(
            pb.DeliveredChange(
                change=packed, sealed_position=delivered.sealed_position,
                received_after=_signed(delivered.received_at - received_at), mac=delivered.mac,
                void_digest=delivered.void_digest,
                epoch=b"" if delivered.epoch == epoch else delivered.epoch,
            )
        )
        received_at = delivered.received_at
    return strict.write(pb.DeliveredChanges(changes=messages))
