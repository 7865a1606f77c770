"""fields: updates on case records' fields, each one change; then every change merged into fresh replicas."""

import loro
import pycrdt

from bench.figures import CASES, TOTAL_UPDATES, emit, field_updates, per_second, timed


def fields():
    fields_loro()
    fields_yrs()


def fields_loro():
    def edit():
        documents = [loro.LoroDoc() for _ in range(CASES)]
        changes = []
        for case, field, value in field_updates():
            document = documents[case]
            before = document.oplog_vv
            document.get_map("case").insert(field, value)
            document.commit()
            changes.append((case, document.export(loro.ExportMode.Updates(before))))
        return documents, changes

    def merge():
        documents = [loro.LoroDoc() for _ in range(CASES)]
        for case, change in changes:
            documents[case].import_(change)
        return documents

    (written, changes), edit_ms = timed(edit)
    merged, merge_ms = timed(merge)
    assert [d.get_deep_value() for d in merged] == [d.get_deep_value() for d in written]
    report("loro", edit_ms, merge_ms, changes)


def fields_yrs():
    def edit():
        documents = [pycrdt.Doc() for _ in range(CASES)]
        records = [document.get("case", type=pycrdt.Map) for document in documents]
        changes = []
        for case, field, value in field_updates():
            before = documents[case].get_state()
            records[case][field] = value
            changes.append((case, documents[case].get_update(before)))
        return records, changes

    def merge():
        documents = [pycrdt.Doc() for _ in range(CASES)]
        for case, change in changes:
            documents[case].apply_update(change)
        return documents

    (written, changes), edit_ms = timed(edit)
    merged, merge_ms = timed(merge)
    assert [d.get("case", type=pycrdt.Map).to_py() for d in merged] == [r.to_py() for r in written]
    report("yrs", edit_ms, merge_ms, changes)


def report(peer, edit_ms, merge_ms, changes):
    emit(
        peer,
        "fields",
        updates=TOTAL_UPDATES,
        edit_per_s=per_second(TOTAL_UPDATES, edit_ms),
        merge_per_s=per_second(TOTAL_UPDATES, merge_ms),
        bytes_per_update=sum(len(change) for _, change in changes) / TOTAL_UPDATES,
    )
