"""merge/TRACE: a concurrent trace, changes with their true parents, merged into a fresh replica."""

import loro

from bench.figures import emit, timed
from bench.traces import load_trace


def merge(name):
    name, trace = load_trace(name)
    changes = written_by_their_authors(trace)

    def one_by_one():
        fresh = loro.LoroDoc()
        for change in changes:
            fresh.import_(change)
        return fresh

    def all_at_once():
        fresh = loro.LoroDoc()
        fresh.import_(history)
        return fresh

    merged, merge_each_ms = timed(one_by_one)
    assert merged.get_text("t").to_string() == trace["endContent"]
    history = merged.export(loro.ExportMode.Updates(loro.VersionVector()))
    merged, merge_once_ms = timed(all_at_once)
    assert merged.get_text("t").to_string() == trace["endContent"]
    emit(
        "loro",
        f"merge/{name}",
        changes=len(changes),
        merge_each_ms=merge_each_ms,
        merge_once_ms=merge_once_ms,
        history_bytes=len(history),
    )


def written_by_their_authors(trace):
    """The changes of a trace, played with a document for each author, who sees only true ancestors."""
    transactions = trace["txns"]
    documents = [loro.LoroDoc() for _ in range(trace["numAgents"])]
    seen = [set() for _ in documents]
    changes = []
    for number, transaction in enumerate(transactions):
        agent = transaction["agent"]
        document = documents[agent]
        for missing in sorted(unseen_ancestors(transactions, transaction["parents"], seen[agent])):
            document.import_(changes[missing])
            seen[agent].add(missing)
        before = document.oplog_vv
        body = document.get_text("t")
        for position, deleted, inserted, *_ in transaction["patches"]:
            if deleted:
                body.delete(position, deleted)
            if inserted:
                body.insert(position, inserted)
        document.commit()
        seen[agent].add(number)
        changes.append(document.export(loro.ExportMode.Updates(before)))
    return changes


def unseen_ancestors(transactions, parents, seen):
    found, stack = set(), list(parents)
    while stack:
        number = stack.pop()
        if number not in seen and number not in found:
            found.add(number)
            stack.extend(transactions[number]["parents"])
    return found
