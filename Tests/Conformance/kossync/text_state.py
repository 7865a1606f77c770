"""A text as it stands in the state of a record: its runs, and what is known of its changes (text.md 4)."""

from dataclasses import dataclass

from . import strict
from .content import inflate, member
from .edits import Numbers, unzigzag, varint, zigzag
from .header import contains
from .schema import pb
from .tables import LIMITS, Refusal, malformed
from .text import LEFT, RIGHT, ROOT, Text, Writing

_WRAP = 1 << 64


@dataclass(frozen=True)
class Run:
    """Characters of one change, each the right child of the one before; `parent` is a dot or the root."""

    change: tuple
    index: int
    length: int
    deleted: bool
    left: bool
    parent: tuple | None

    @property
    def first(self):
        return (self.change, self.index)

    @property
    def last(self):
        return (self.change, self.index + self.length - 1)


def _signed(number):
    number %= _WRAP
    return number - _WRAP if number >= _WRAP >> 1 else number


# --- Writing ---


def runs_of(text):
    """The runs of a text, as long as they can be."""
    runs = []
    for dot in text.order():
        (change, index), (parent, side) = dot, text.place[dot]
        deleted = text.content[dot] is None
        before = runs[-1] if runs else None
        goes_on = before is not None and (
            parent == (before.change, before.index + before.length - 1) and side == RIGHT
            and dot == (before.change, before.index + before.length) and deleted == before.deleted
        )
        if goes_on:
            runs[-1] = Run(change, before.index, before.length + 1, deleted, before.left, before.parent)
        else:
            runs.append(Run(change, index, 1, deleted, side == LEFT, parent))
    return runs


def write_content(text):
    """The fields in order: the text unless it is empty, the columns in any case."""
    changes = sorted(text.counts)
    shown = {change for change, _ in text.shown()}
    writings = [text.writings[change] for change in changes if change in shown]
    authors = sorted({writing.account for writing in writings})
    parts = (
        text.read().encode("utf-8"),
        b"".join(actor.to_bytes(8, "little") for actor in sorted({actor for actor, _ in changes})),
        _write_numbers(changes),
        _write_runs(runs_of(text), changes),
        b"".join(authors),
        _write_writings(writings, authors),
        b"".join(
            actor.to_bytes(8, "little") + varint(number) + varint(changes.index(change))
            for (actor, number), change in sorted(text.originals.items())
        ),
    )
    told = [member(number, part) for number, part in enumerate(parts, 1)]
    return b"".join(told if parts[0] else told[1:])


def _write_numbers(changes):
    actors = sorted({actor for actor, _ in changes})
    counts = [sum(actor == one for actor, _ in changes) for one in actors]
    data, last = b"".join(map(varint, counts)), (None, 0)
    for actor, number in changes:
        data += varint(number - (last[1] if last[0] == actor else 0))
        last = (actor, number)
    return data


def _write_runs(runs, changes):
    place = {change: number for number, change in enumerate(changes)}
    columns, last, after = [[], [], [], []], 0, {}
    for number, run in enumerate(runs):
        columns[0].append(run.length * 4 + 2 * run.left + run.deleted)
        columns[1].append(zigzag(place[run.change] - last))
        columns[2].append(zigzag(run.index - after.get(run.change, 0)))
        last, after[run.change] = place[run.change], run.index + run.length
        beside = None
        if run.left:
            beside = runs[number + 1].first
        elif number:
            beside = runs[number - 1].last
        if run.parent is ROOT:
            columns[3].append(1)
        elif run.parent == beside:
            columns[3].append(0)
        else:
            columns[3] += [zigzag(place[run.parent[0]] - place[run.change]) + 2, run.parent[1]]
    return varint(len(runs)) + b"".join(varint(one) for column in columns for one in column)


def _write_writings(writings, authors):
    places, written, received, last = b"", b"", b"", 0
    for writing in writings:
        places += varint(authors.index(writing.account))
        written += varint(zigzag(_signed(writing.written_at - last)))
        last = writing.written_at
        if writing.received_at is None:
            received += varint(0)
        else:
            told = zigzag(_signed(writing.received_at - writing.written_at))
            received += varint(told + 2) if told + 2 < _WRAP else varint(1) + varint(told)
    return places + written + received


# --- Reading ---


def content_of(message):
    """The content of a TextState, inflated when it is compressed."""
    if not message.inflated_bytes:
        return message.content
    if message.inflated_bytes > LIMITS["text_inflated_bytes"]:
        raise Refusal("LIMIT_EXCEEDED", "text_inflated_bytes")
    return inflate(message.content, message.inflated_bytes)


def read_content(data, version, characters=0):
    """The text, and how many characters there are with those that other texts of the record have."""
    message = strict.read(pb.TextContent, data)
    changes = read_changes(message.actors, message.numbers)
    runs = read_runs(message.runs, changes)
    characters = counted(runs, characters)
    if not all(contains(version, {actor: number}) for actor, number in changes):
        raise malformed("a change beyond the heads")
    text = _tree(runs, message.text)
    if set(text.counts) != set(changes):
        raise malformed("a change without characters")
    shown = {run.change for run in runs if not run.deleted}
    _read_writings(text, [change for change in changes if change in shown], message)
    _read_originals(text, message.originals, changes)
    return text, characters


def counted(runs, before=0):
    """How many characters a record's texts have with these."""
    characters = before + sum(run.length for run in runs)
    if characters > LIMITS["text_characters"]:
        raise Refusal("LIMIT_EXCEEDED", "text_characters")
    return characters


def _parts(data, size):
    """Parts of one size, each greater than the one before."""
    if len(data) % size:
        raise malformed("parts of another size")
    return [data[at : at + size] for at in range(0, len(data), size)]


def _ascending(parts):
    if any(one >= other for one, other in zip(parts, parts[1:])):
        raise malformed("parts that are not in ascending order")
    return parts


def read_changes(actors, data):
    actors = _ascending([int.from_bytes(one, "little") for one in _parts(actors, 8)])
    numbers, changes = Numbers(data), []
    counts = [numbers.count() for _ in actors]
    for actor, count in zip(actors, counts):
        last = 0
        for _ in range(count):
            step = numbers.varint()
            last += step
            if step == 0 or last > LIMITS["highest_number"]:
                raise malformed("a number of a change that cannot be")
            changes.append((actor, last))
    numbers.end()
    if 0 in counts:
        raise malformed("an actor without changes")
    return changes


def read_runs(data, changes):
    numbers = Numbers(data)
    count = numbers.count() if data else 0
    lengths = [numbers.varint() for _ in range(count)]
    places, last = [], 0
    for _ in range(count):
        last += unzigzag(numbers.varint())
        if not 0 <= last < len(changes):
            raise malformed("a change that is not there")
        places.append(last)
    indices, after = [], {}
    for told, place in zip(lengths, places):
        index = unzigzag(numbers.varint()) + after.get(place, 0)
        if index < 0 or told < 4:
            raise malformed("a run of nothing, or at an index that cannot be")
        indices.append(index)
        after[place] = index + told // 4
    runs = []
    for at, (told, place, index) in enumerate(zip(lengths, places, indices)):
        left, deleted = bool(told & 2), bool(told & 1)
        parent = _read_parent(numbers, at, left, place, lengths, places, indices, changes)
        runs.append(Run(changes[place], index, told // 4, deleted, left, parent))
    numbers.end()
    return runs


def _read_parent(numbers, at, left, place, lengths, places, indices, changes):
    told = numbers.varint()
    if told == 1:
        if left:
            raise malformed("a left child of the root")
        return ROOT
    if told == 0:
        beside = at + 1 if left else at - 1
        if not 0 <= beside < len(places):
            raise malformed("a parent in a run that is not there")
        index = indices[beside] + (0 if left else lengths[beside] // 4 - 1)
        return (changes[places[beside]], index)
    change = place + unzigzag(told - 2)
    if not 0 <= change < len(changes):
        raise malformed("a parent in a change that is not there")
    return (changes[change], numbers.varint())


def _tree(runs, characters):
    """The tree that the runs tell of, which must read as they stand."""
    if sum(run.length for run in runs if not run.deleted) != len(characters):
        raise malformed("a text of another number of characters than are shown")
    text, told, characters = Text(), [], iter(characters)
    for run in runs:
        parent, side = run.parent, LEFT if run.left else RIGHT
        for index in range(run.index, run.index + run.length):
            dot = (run.change, index)
            if dot in text.place:
                raise malformed("a character that is there twice")
            text.put(dot, parent, side, None if run.deleted else next(characters))
            told.append(dot)
            parent, side = dot, RIGHT
    if text.order() != told:
        raise malformed("runs that are not the tree read in order")
    for run in runs:
        if run.index + run.length > text.counts[run.change]:
            raise malformed("a change whose characters are not there from 0 on")
    return text


def _read_writings(text, changes, message):
    authors = _ascending(_parts(message.authors, 16))
    numbers, last, writings = Numbers(message.writings), 0, []
    accounts = [numbers.varint() for _ in changes]
    if any(place >= len(authors) for place in accounts):
        raise malformed("an author who is not there")
    for place in accounts:
        last = _signed(last + unzigzag(numbers.varint()))
        writings.append((authors[place], last))
    for change, (account, written_at) in zip(changes, writings):
        told = numbers.varint()
        if told == 1:
            told = numbers.varint() + 2
            if told < _WRAP:
                raise malformed("a time of receipt that fits without a 1 before it")
        received_at = _signed(written_at + unzigzag(told - 2)) if told else None
        text.writings[change] = Writing(account, written_at, received_at)
    numbers.end()


def _read_originals(text, data, changes):
    numbers, last = Numbers(data), (-1, 0)
    while numbers.at < len(data):
        original = (numbers.actor(), numbers.varint())
        place = numbers.varint()
        if original <= last or original[1] == 0 or place >= len(changes):
            raise malformed("originals that are not in order, or of a change that is not there")
        text.originals[original] = changes[place]
        last = original
