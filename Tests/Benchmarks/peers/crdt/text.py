"""text/TRACE: a sequential trace, replayed edit by edit, encoded, and loaded into a fresh replica."""

import loro
import pycrdt

from bench.figures import emit, timed
from bench.traces import load_trace, patches_of

YRS_PATCHES_MAX = 60_000  # a replay through the Python binding takes minutes beyond


def text(names, slow):
    for name in names:
        name, trace = load_trace(name)
        patches = patches_of(trace)
        text_loro(name, patches, trace["endContent"])
        if not all(inserted.isascii() for _, _, inserted in patches):
            emit("yrs", f"text/{name}", skipped="pycrdt counts UTF-8 bytes, the trace code points")
        elif len(patches) > YRS_PATCHES_MAX and not slow:
            emit("yrs", f"text/{name}", skipped="replay through pycrdt takes minutes; pass --slow")
        else:
            text_yrs(name, patches, trace["endContent"])


def text_loro(name, patches, expected):
    def replay():
        document = loro.LoroDoc()
        body = document.get_text("t")
        for position, deleted, inserted in patches:
            if deleted:
                body.delete(position, deleted)
            if inserted:
                body.insert(position, inserted)
        document.commit()
        return document

    def load(blob):
        fresh = loro.LoroDoc()
        fresh.import_(blob)
        return fresh.get_text("t").to_string()

    document, replay_ms = timed(replay)
    assert document.get_text("t").to_string() == expected
    history = document.export(loro.ExportMode.Updates(loro.VersionVector()))
    snapshot = document.export(loro.ExportMode.Snapshot())
    loaded, load_history_ms = timed(lambda: load(history))
    assert loaded == expected
    loaded, load_snapshot_ms = timed(lambda: load(snapshot))
    assert loaded == expected
    emit(
        "loro",
        f"text/{name}",
        edits=len(patches),
        replay_ms=replay_ms,
        history_bytes=len(history),
        snapshot_bytes=len(snapshot),
        load_history_ms=load_history_ms,
        load_snapshot_ms=load_snapshot_ms,
    )


def text_yrs(name, patches, expected):
    def replay():
        document = pycrdt.Doc()
        body = document.get("t", type=pycrdt.Text)
        with document.transaction():
            for position, deleted, inserted in patches:
                if deleted:
                    del body[position : position + deleted]
                if inserted:
                    body.insert(position, inserted)
        return document

    def load(update):
        fresh = pycrdt.Doc()
        body = fresh.get("t", type=pycrdt.Text)
        fresh.apply_update(update)
        return str(body)

    document, replay_ms = timed(replay)
    history = document.get_update()
    loaded, load_history_ms = timed(lambda: load(history))
    assert loaded == expected
    emit(
        "yrs",
        f"text/{name}",
        edits=len(patches),
        replay_ms=replay_ms,
        history_bytes=len(history),
        load_history_ms=load_history_ms,
    )
