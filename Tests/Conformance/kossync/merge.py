"""How changes to one record become its state (merge.md section 8), on values that know no bytes.

A kind is a row of KINDS: which live operations it reaches. What needs more than that has a class of its own
beside Fields, as a text has (text.py).
"""

from bisect import insort
from dataclasses import dataclass, field

from .content import ARBITRATED, RANK, REGISTER, SET, TEXT
from .header import contains
from .text import Text


@dataclass(frozen=True)
class Origin:
    actor: int
    number: int
    version: dict
    author: bytes
    written_at: int


@dataclass(frozen=True)
class Context:
    """A change without its operations; `stamp` is none while it is pending."""

    actor: int
    number: int
    version: dict
    author: bytes
    written_at: int
    stamp: object = None
    origin: Origin | None = None

    @property
    def id(self):
        return (self.actor, self.number)

    def shown_at(self, now=None):
        written_at = self.origin.written_at if self.origin else self.written_at
        received_at = self.stamp.received_at if self.stamp else now
        return written_at if received_at is None else min(written_at, received_at)


@dataclass(frozen=True)
class Live:
    context: Context
    index: int
    operation: object

    @property
    def dot(self):
        return (*self.context.id, self.index)


KINDS = {
    REGISTER: lambda operation, live: True,
    SET: lambda operation, live: operation.value == live.operation.value,
    RANK: lambda operation, live: True,
    ARBITRATED: lambda operation, live: True,
}


def _never(operation, live):
    return False


def names(version, change_id):
    return version.get(change_id[0], 0) >= change_id[1]


def has_seen(later, earlier):
    if later.origin is None:
        return names(later.version, earlier.id)
    if names(later.origin.version, earlier.id):
        return True
    if earlier.origin is None or not names(later.version, earlier.id):
        return False
    if names(later.origin.version, (earlier.origin.actor, earlier.origin.number)):
        return True
    return (
        later.actor == earlier.actor
        and later.origin.actor == earlier.origin.actor
        and earlier.origin.number < later.origin.number
    )


def _is_after(context, index, live):
    """Whether an operation of a change at an index comes after a live one: has seen it, or stands later."""
    if live.context.id == context.id:
        return live.index < index
    return has_seen(context, live.context)


@dataclass
class Fields:
    """`live`: from (field, kind) to live operations in order of dot; of a text, the edits that wait.

    `ahead`: changes that are not ready yet, with their operations. `texts`: from field to tree.
    """

    version: dict = field(default_factory=dict)
    live: dict = field(default_factory=dict)
    ahead: dict = field(default_factory=dict)
    texts: dict = field(default_factory=dict)

    def copy(self):
        return Fields(
            dict(self.version), {key: list(live) for key, live in self.live.items()}, dict(self.ahead),
            {number: text.copy() for number, text in self.texts.items()},
        )

    def is_next(self, change_id):
        return change_id[1] == self.version.get(change_id[0], 0) + 1

    def apply(self, context, operations, even_if_not_next=False):
        if names(self.version, context.id):
            return
        if not (even_if_not_next or self.is_next(context.id)):
            raise ValueError("a change that is not next")
        self.version[context.actor] = context.number
        for index, operation in enumerate(operations):
            if operation.kind != TEXT:
                self._supersede(operation, index, context)
            if operation.keeps_value:
                key = (operation.field, operation.kind)
                lives = self.live.setdefault(key, [])
                insort(lives, Live(context, index, operation), key=lambda live: live.dot)
            if operation.kind == TEXT:
                self.texts.setdefault(operation.field, Text())
                self._edit(operation.field)
        for ahead, ahead_operations in self.ahead.values():
            if has_seen(ahead, context):
                for index, operation in enumerate(ahead_operations):
                    self._supersede(operation, index, ahead)
        if not self._names_all(context):
            self.ahead[context.id] = (context, operations)
        self._settle()

    def _edit(self, number):
        """Does what waits in a text, until all that is left names characters that are not here."""
        text, waiting = self.texts[number], self.live.pop((number, TEXT), [])
        ready = waiting
        while ready:
            ready = [one for one in waiting if not text.lacks(one.operation.steps, one.context)]
            for one in ready:
                text.apply(one.operation.steps, one.operation.characters, one.context)
            waiting = [one for one in waiting if one not in ready]
        if waiting:
            self.live[number, TEXT] = waiting

    def apply_void(self, change_id):
        if names(self.version, change_id):
            return
        if not self.is_next(change_id):
            raise ValueError("a void change that is not next")
        self.version[change_id[0]] = change_id[1]
        self._settle()

    def _settle(self):
        self.ahead = {key: ahead for key, ahead in self.ahead.items() if not self._names_all(ahead[0])}

    def _names_all(self, context):
        origin = context.origin
        return contains(self.version, context.version) and (
            origin is None or contains(self.version, origin.version)
        )

    def _supersede(self, operation, index, context):
        key = (operation.field, operation.kind)
        reaches = KINDS.get(operation.kind, _never)
        lives = self.live.get(key, [])
        gone = {live.dot for live in lives if reaches(operation, live) and _is_after(context, index, live)}
        if len(gone) < len(lives):
            self.live[key] = [live for live in lives if live.dot not in gone] if gone else lives
        elif lives:
            del self.live[key]

    def unseen_decision(self, context, operations):
        """The first field that the change decides without having seen what stands, or none."""
        for operation in operations:
            standing = self.live.get((operation.field, ARBITRATED), [])
            if operation.kind == ARBITRATED and not all(has_seen(context, s.context) for s in standing):
                return operation.field
        return None

    def text(self, number):
        """What a text reads; the empty text where there is none."""
        return self.texts[number].read() if number in self.texts else ""

    def shown(self, number, kind, now=None):
        """The values of a key as section 6 orders them; of a set each element once, earliest first.

        Of a rank the first of them counts.
        """
        live = sorted(
            self.live.get((number, kind), []), key=lambda live: (live.context.shown_at(now), *live.dot)
        )
        if kind != SET:
            return [live.operation.value for live in reversed(live)]
        elements = []
        for one in live:
            if one.operation.value not in elements:
                elements.append(one.operation.value)
        return elements


def with_pending(confirmed, pending):
    """What is shown: the pending changes, oldest first, over a copy of the confirmed state."""
    state = confirmed.copy()
    for context, operations in pending:
        state.apply(context, operations, even_if_not_next=True)
    return state
