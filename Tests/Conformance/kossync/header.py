"""Headers in their one canonical encoding (README 2.1), and version vectors."""

from dataclasses import dataclass

from . import strict
from .schema import pb
from .tables import LIMITS, Refusal, malformed


@dataclass(frozen=True)
class Facts:
    """What is fixed when a record is created."""

    tenant: bytes
    case: bytes
    kind: int
    created: int
    about: tuple = ()
    information_type: int = 0

    @staticmethod
    def of(message):
        if message.audience:
            raise Refusal("UNSUPPORTED", "audience is reserved")
        if len(message.about) > LIMITS["about_persons"]:
            raise Refusal("LIMIT_EXCEEDED", "about_persons")
        return Facts(
            message.tenant, message.case, message.kind, message.created, tuple(message.about),
            message.information_type,
        )

    def message(self):
        return pb.RecordFacts(
            tenant=self.tenant, case=self.case, kind=self.kind, created=self.created, about=self.about,
            information_type=self.information_type,
        )


@dataclass(frozen=True)
class Header:
    """`version` is a dict from actor to number; it is hashed sorted."""

    record: bytes
    actor: int
    number: int
    author: bytes
    written_at: int
    version: dict
    creates: Facts | None = None
    origin_digest: bytes = b""
    origin_caps: tuple = ()  # of (actor, number), ascending; a number may be 0
    audience_seen: tuple = ()  # of (record, vector), ascending

    def encode(self):
        message = pb.Header(
            record=self.record, actor=self.actor, number=self.number, author=self.author,
            written_at=self.written_at, version=entries_of(self.version), origin_digest=self.origin_digest,
            origin_caps=[pb.VersionEntry(actor=actor, number=number) for actor, number in self.origin_caps],
            audience_seen=audience_message(self.audience_seen),
        )
        if self.creates is not None:
            message.creates.CopyFrom(self.creates.message())
        return strict.write(message)

    @staticmethod
    def read(data):
        message = strict.read(pb.Header, data)
        header = Header(
            message.record, message.actor, message.number, message.author, message.written_at,
            version_of(message.version),
            Facts.of(message.creates) if message.HasField("creates") else None, message.origin_digest,
            caps_of(message.origin_caps), audience_of(message.audience_seen),
        )
        if header.encode() != data:
            raise malformed("a header that is not in its canonical encoding")
        return header


def caps_of(entries):
    caps = tuple((entry.actor, entry.number) for entry in entries)
    if any(later[0] <= earlier[0] for earlier, later in zip(caps, caps[1:])):
        raise malformed("caps that are not sorted")
    return caps


def audience_of(messages):
    """What was seen of who may read a record: sorted, and something of each."""
    if len(messages) > LIMITS["audience_versions"]:
        raise Refusal("LIMIT_EXCEEDED", "audience_versions")
    seen = tuple((message.record, version_of(message.version)) for message in messages)
    if any(later[0] <= earlier[0] for earlier, later in zip(seen, seen[1:])):
        raise malformed("what was seen of an audience is not sorted")
    if not all(version for _, version in seen):
        raise malformed("an audience of which nothing was seen")
    return seen


def audience_message(seen):
    return [pb.AudienceVersion(record=record, version=entries_of(version)) for record, version in seen]


def version_of(entries):
    """The vector that sorted entries say."""
    version, last = {}, -1
    for entry in entries:
        if entry.actor <= last or entry.number == 0:
            raise malformed("a version vector that is not sorted, or has an entry of 0")
        if entry.number > LIMITS["highest_number"]:
            raise malformed("highest_number")
        last = entry.actor
        version[entry.actor] = entry.number
    if len(version) > LIMITS["version_actors"]:
        raise Refusal("LIMIT_EXCEEDED", "version_actors")
    return version


def entries_of(version):
    return [pb.VersionEntry(actor=actor, number=version[actor]) for actor in sorted(version)]


def contains(version, other):
    """Whether a vector contains each entry of another."""
    return all(version.get(actor, 0) >= number for actor, number in other.items())
