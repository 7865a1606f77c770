"""A record as it stands: reading, taking in changes, and writing its encoding (README 2.4)."""

from dataclasses import dataclass, field, replace

from . import strict, text_state
from .content import TEXT, Operation, Payload, Value, member, read_operation
from .header import Facts, entries_of, version_of
from .merge import Context, Fields, Live, Origin, names
from .runs import Change, Delivered
from .schema import pb
from .tables import LIMITS, Refusal, malformed, unsupported


@dataclass(frozen=True)
class Stamp:
    epoch: bytes
    sealed_position: int
    received_at: int
    verdict: int
    mac: bytes

    @staticmethod
    def read(message):
        if message.verdict not in (pb.VERDICT_ACCEPTED, pb.VERDICT_REFUSED):
            raise unsupported("a stamp in a state with another verdict")
        return Stamp(
            message.epoch, message.sealed_position, message.received_at, message.verdict, message.mac
        )

    def message(self):
        return pb.Stamp(
            epoch=self.epoch, sealed_position=self.sealed_position, received_at=self.received_at,
            verdict=self.verdict, mac=self.mac,
        )

    @staticmethod
    def of(delivered: Delivered):
        verdict = pb.VERDICT_REFUSED if delivered.void_digest else pb.VERDICT_ACCEPTED
        return Stamp(
            delivered.epoch, delivered.sealed_position, delivered.received_at, verdict, delivered.mac
        )


def origin_of(change):
    """What the merge takes of the original that a change stands for: its own vector, under the caps."""
    if change.origin is None:
        return None
    header, caps = change.origin.header, dict(change.header.origin_caps)
    version = {actor: min(number, caps.get(actor, number)) for actor, number in header.version.items()}
    version = {actor: number for actor, number in version.items() if number}
    return Origin(header.actor, header.number, version, header.author, header.written_at)


@dataclass(frozen=True)
class Head:
    number: int
    digest: bytes
    stamp: Stamp | None


@dataclass
class Record:
    """`heads`: from actor to the end of its chain. `fields.version` is what the heads say together.

    `facts` and `creator` are none as long as no accepted change created the record.
    """

    id: bytes
    facts: Facts | None
    creator: bytes
    heads: dict = field(default_factory=dict)
    fields: Fields = field(default_factory=Fields)
    received_at: int = 0

    def accept(self, change: Change, digest, stamp):
        header = change.header
        context = Context(
            header.actor, header.number, header.version, header.author, header.written_at, stamp,
            origin_of(change),
        )
        self.fields.apply(context, Payload.read(change.payload).operations)
        if header.creates is not None and stamp:
            self.received_at = stamp.received_at
        self.heads[header.actor] = Head(header.number, digest, stamp)

    def void(self, actor, number, digest, stamp):
        self.fields.apply_void((actor, number))
        self.heads[actor] = Head(number, digest, stamp)

    def encode(self):
        facts = self.facts.message() if self.facts else None
        message = pb.RecordState(record=self.id, facts=facts, creator=self.creator)
        for actor, head in sorted(self.heads.items()):
            stamp = head.stamp.message() if head.stamp else None
            message.heads.add(actor=actor, number=head.number, digest=head.digest, stamp=stamp)
        data = strict.write(message)
        changes = {}
        for live in (live for lives in self.fields.live.values() for live in lives):
            changes.setdefault(live.context.id, []).append(live)
        for key in sorted(changes):
            data += member(5, _encode_live_change(changes[key]))
        for number, text in sorted(self.fields.texts.items()):
            content = text_state.write_content(text)
            data += member(6, strict.write(pb.TextState(field=number, content=content)))
        return data + strict.write(pb.RecordState(received_at=self.received_at))

    @staticmethod
    def read(data):
        strict.check(pb.RecordState.DESCRIPTOR, data)
        message = pb.RecordState.FromString(data)
        facts = Facts.of(message.facts) if message.HasField("facts") else None
        record = Record(message.record, facts, message.creator, received_at=message.received_at)
        record._read_heads(message.heads)
        last = (-1, 0)
        for number, _, encoded in strict.fields(data):
            if number == 5:
                last = record._read_change(encoded, last)
        for lives in record.fields.live.values():
            lives.sort(key=lambda live: live.dot)
        record._read_texts(message.texts)
        return record

    def _read_texts(self, texts):
        last, characters = 0, 0
        for message in texts:
            if message.field <= last:
                raise malformed("texts that are not sorted, or without a field")
            last, data = message.field, text_state.content_of(message)
            text, characters = text_state.read_content(data, self.fields.version, characters)
            self.fields.texts[last] = text
        if any(kind == TEXT and number not in self.fields.texts for number, kind in self.fields.live):
            raise malformed("an edit that waits in a text that is not there")

    def _read_heads(self, heads):
        last = -1
        for head in heads:
            if head.actor <= last or not 1 <= head.number <= LIMITS["highest_number"]:
                raise malformed("heads that are not sorted, or without a number")
            last = head.actor
            stamp = Stamp.read(head.stamp) if head.HasField("stamp") else None
            self.heads[head.actor] = Head(head.number, head.digest, stamp)
            self.fields.version[head.actor] = head.number
        if len(self.heads) > LIMITS["version_actors"]:
            raise Refusal("LIMIT_EXCEEDED", "version_actors")

    def _read_change(self, encoded, last):
        message = pb.LiveChange.FromString(encoded)
        context = _context(message)
        if context.id <= last or context.number < 1:
            raise malformed("changes that are not sorted, or without a number")
        if not names(self.fields.version, context.id):
            raise malformed("a change beyond the heads")
        if context.stamp and context.stamp.verdict != pb.VERDICT_ACCEPTED:
            raise malformed("a refused change that is live")
        index = -1
        for number, _, live_encoded in strict.fields(encoded):
            if number == 8:
                index = self._read_live(context, live_encoded, index)
        if index < 0:
            raise malformed("a change without operations")
        return context.id

    def _read_live(self, context, encoded, last):
        parts = {number: value for number, _, value in strict.fields(encoded)}
        index = parts.get(1, 0)
        if index <= last or 2 not in parts:
            raise malformed("operations that are not sorted, or none")
        shape, has_value = read_operation(parts[2])
        if has_value != (3 in parts):
            raise malformed("an operation without its value")
        operation = replace(shape, value=Value.read(parts[3]) if has_value else None).check()
        if not operation.keeps_value:
            raise malformed("a removal that is live")
        key = (operation.field, operation.kind)
        self.fields.live.setdefault(key, []).append(Live(context, index, operation))
        return index


def _context(message):
    origin = None
    if message.HasField("origin"):
        o = message.origin
        origin = Origin(o.actor, o.number, version_of(o.version), o.author, o.written_at)
    return Context(
        message.actor, message.number, version_of(message.version), message.author, message.written_at,
        Stamp.read(message.stamp) if message.HasField("stamp") else None, origin,
    )


def _encode_live_change(lives):
    context = lives[0].context
    message = pb.LiveChange(
        actor=context.actor, number=context.number, author=context.author, written_at=context.written_at,
        version=entries_of(context.version), stamp=context.stamp.message() if context.stamp else None,
    )
    if context.origin:
        o = context.origin
        message.origin.CopyFrom(
            pb.LiveOrigin(
                actor=o.actor, number=o.number, version=entries_of(o.version), author=o.author,
                written_at=o.written_at,
            )
        )
    data = strict.write(message)
    for live in sorted(lives, key=lambda live: live.index):
        data += member(8, encode_live(live.index, live.operation))
    return data


def encode_live(index, operation):
    return strict.write(pb.LiveOperation(index=index)) + encode_kept(operation)


def encode_kept(operation: Operation):
    """An operation as it is kept: its shape in field 2, its value in field 3."""
    data = member(2, operation.shape)
    return data if operation.value is None else data + member(3, operation.value.encode())
