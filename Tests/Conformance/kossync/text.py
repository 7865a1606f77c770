"""A text: the tree of its characters, one by one, as text.md says it and no faster.

A character's dot is (change, index), a change's id (actor, number). What a change with an origin names is
looked up as section 2 says.
"""

from bisect import insort
from dataclasses import dataclass, field

from .content import edit
from .edits import DELETE, INSERT_AFTER, INSERT_AT_START, INSERT_BEFORE, Step
from .header import contains

LEFT, RIGHT = 0, 1
ROOT = None


@dataclass(frozen=True)
class Writing:
    """Who put characters in, and when; `received_at` is none while the change is pending."""

    account: bytes
    written_at: int
    received_at: int | None


@dataclass
class Text:
    """`place`: from dot to (parent, side). `content`: from dot to the character, or none when deleted."""

    place: dict = field(default_factory=dict)
    content: dict = field(default_factory=dict)
    children: dict = field(default_factory=lambda: {(ROOT, RIGHT): []})
    counts: dict = field(default_factory=dict)  # from change to how many characters it put in
    writings: dict = field(default_factory=dict)
    originals: dict = field(default_factory=dict)  # from an original's id to the change that stands for it

    def copy(self):
        children = {key: list(dots) for key, dots in self.children.items()}
        return Text(
            dict(self.place), dict(self.content), children, dict(self.counts), dict(self.writings),
            dict(self.originals),
        )

    # --- Reading ---

    def order(self):
        """All dots in the order of the text, deleted ones too."""
        found, todo = [], [("children", ROOT, RIGHT)]
        while todo:
            what, dot, side = todo.pop()
            if what == "self":
                found.append(dot)
            else:
                for child in reversed(self.children.get((dot, side), [])):
                    todo += [
                        ("children", child, RIGHT), ("self", child, None), ("children", child, LEFT),
                    ]
        return found

    def shown(self):
        """The dots of the characters that are shown, in order."""
        return [dot for dot in self.order() if self.content[dot] is not None]

    def read(self):
        return "".join(self.content[dot] for dot in self.shown())

    # --- Applying ---

    def put(self, dot, parent, side, character):
        self.place[dot] = (parent, side)
        self.content[dot] = character
        insort(self.children.setdefault((parent, side), []), dot)
        change = dot[0]
        self.counts[change] = self.counts.get(change, 0) + 1

    def meant(self, change, context):
        """Which change a step of a change names: none when it is not here."""
        if change is None:
            return context.id
        origin = context.origin
        if change in self.counts and (origin is None or contains(origin.version, {change[0]: change[1]})):
            return change
        return self.originals.get(change) if origin else None

    def lacks(self, steps, context):
        """Whether an edit names a character that is not here."""
        for step in steps:
            if step.step == INSERT_AT_START or step.change is None:
                continue
            change = self.meant(step.change, context)
            last = step.index + (step.length if step.step == DELETE else 1)
            if change is None or self.counts.get(change, 0) < last:
                return True
        return False

    def apply(self, steps, characters, context):
        """An edit that lacks nothing."""
        characters, own = iter(characters), self.counts.get(context.id, 0)
        for step in steps:
            change = self.meant(step.change, context)
            if step.step == DELETE:
                for index in range(step.index, step.index + step.length):
                    self.content[change, index] = None
                continue
            parent = ROOT if step.step == INSERT_AT_START else (change, step.index)
            side = LEFT if step.step == INSERT_BEFORE else RIGHT
            for _ in range(step.length):
                dot = (context.id, own)
                self.put(dot, parent, side, next(characters))
                parent, side, own = dot, RIGHT, own + 1
        if own:
            self._wrote(context)

    def _wrote(self, context):
        by = context.origin or context
        received_at = context.stamp.received_at if context.stamp else None
        self.writings[context.id] = Writing(by.author, by.written_at, received_at)
        if context.origin:
            self.originals[context.origin.actor, context.origin.number] = context.id


class Editor:
    """What a person does to a text at positions, as one edit of a change that is next."""

    def __init__(self, text, change):
        self.text, self.change = text.copy(), change
        self.steps, self.characters = [], ""

    def delete(self, position, length):
        dots = self.text.shown()[position : position + length]
        runs = []
        for change, index in dots:
            if runs and runs[-1][0] == change and runs[-1][1] + runs[-1][2] == index:
                runs[-1][2] += 1
            else:
                runs.append([change, index, 1])
            self.text.content[change, index] = None
        self.steps += [Step(DELETE, count, index, self._named(change)) for change, index, count in runs]
        return self

    def insert(self, position, characters):
        """After the shown character before the place if that has no right child, else before what follows."""
        order, shown = self.text.order(), self.text.shown()
        left = shown[position - 1] if position else ROOT
        step, parent = INSERT_AT_START if left is ROOT else INSERT_AFTER, left
        if self.text.children.get((left, RIGHT)):
            step, parent = INSERT_BEFORE, order[order.index(left) + 1 if position else 0]
        change, index = parent or (None, 0)
        named = None if parent is ROOT else self._named(change)
        self.steps.append(Step(step, len(characters), index, named))
        side = LEFT if step == INSERT_BEFORE else RIGHT
        for character in characters:
            dot = (self.change, len(self.characters))
            self.text.put(dot, parent, side, character)
            parent, side = dot, RIGHT
            self.characters += character
        return self

    def _named(self, change):
        return None if change == self.change else change

    def operation(self, number):
        return edit(number, self.steps, self.characters)
