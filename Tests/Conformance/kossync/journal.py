"""What a device wrote: its chains in records, and the entries that it sends (README 3.1, 3.2, 5)."""

from dataclasses import dataclass, field

from . import digests
from .header import audience_of
from .runs import Change
from .schema import pb


@dataclass
class Verdict:
    code: str | None  # none: accepted
    change: int  # the place in the entry of the change that decided
    received_at: int
    waits: bool = False  # whether a person decides on it
    held: bool = False  # whether its author is to confirm it
    audiences: dict = field(default_factory=dict)  # of what is held: who may read each record, as seen now

    @staticmethod
    def of(code, exception, received_at):
        """`exception` is the message, or none."""
        if exception is None:
            return Verdict(code, 0, received_at)
        audiences = {one.record: audience_of(one.versions) for one in exception.audiences}
        return Verdict(
            code, exception.change, received_at, exception.verdict == pb.VERDICT_QUARANTINED,
            exception.verdict == pb.VERDICT_HELD, audiences,
        )


@dataclass
class Entry:
    changes: list  # of (Change, digest)
    journal: bytes  # the journal's digest after it
    verdict: Verdict | None = None


@dataclass
class Journal:
    tenant: bytes
    actor: int
    entries: list = field(default_factory=list)
    heads: dict = field(default_factory=dict)  # from record to (number, digest) of the last change written

    def head(self, entries=None):
        """The journal's digest after so many entries."""
        entries = len(self.entries) if entries is None else entries
        if entries == 0:
            return digests.journal_start(self.tenant, self.actor)
        return self.entries[entries - 1].journal

    def next_number(self, record):
        return self.heads.get(record, (0, b""))[0] + 1

    def append(self, changes):
        """A new entry of these changes, whose numbers go on from the heads."""
        linked = []
        for change in changes:
            linked.append((change, self._link(change)))
        journal = digests.journal_next(self.head(), [digest for _, digest in linked])
        self.entries.append(Entry(linked, journal))
        return self.entries[-1]

    def _link(self, change: Change):
        header = change.header
        _, before = self.heads.get(header.record, (0, b""))
        before = before or digests.chain_start(self.tenant, header.record, self.actor)
        digest = digests.chain_next(before, header.encode(), change.payload)
        self.heads[header.record] = (header.number, digest)
        return digest

    def proof(self, first, last):
        """The Merkle root that a push of these entries signs."""
        heads = {}
        for entry in self.entries[first - 1 : last]:
            for change, digest in entry.changes:
                heads[change.header.record] = (change.header.number, digest)
        return digests.push_root(last, self.head(last), heads)
