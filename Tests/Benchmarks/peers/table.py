#!/usr/bin/env python3
"""Makes a table of ratios from JSON lines as the drivers and kos-bench print them.

Each line is {"peer": ..., "workload": ..., figures}. For every figure that both print for the same
workload there is one row a peer: the median of our lines, the median of the peer's, ours divided by
the peer's, which direction is better, and, where there is one, the target with whether it is met.
Lines that are not JSON objects are passed over.
"""

import argparse
import json
import sys
from collections import defaultdict
from statistics import median

OURS = "kos"
TARGETS = {  # (peer, workload, figure): the ratio ours/peer that we want
    ("pycrdt-websocket", "backlog", "push_per_s"): (">=", 5.0),
    ("pycrdt-websocket", "backlog", "pull_per_s"): (">=", 10.0),
    ("pycrdt-websocket", "backlog", "stored_bytes"): ("<=", 1.0),
    ("yrs", "fields", "edit_per_s"): (">=", 2.0),
    ("loro", "fields", "edit_per_s"): (">=", 2.0),
    ("yrs", "fields", "bytes_per_update"): ("<=", 1.0),
    ("sqlite", "ingest", "changes_per_s"): (">=", 0.5),
    ("pycrdt-websocket", "live", "p50_ms"): ("<=", 1.0),
    ("loro", "text/automerge-paper", "replay_ms"): ("<=", 1.0),
    ("loro", "text/automerge-paper", "load_history_ms"): ("<=", 0.5),
    ("loro", "text/automerge-paper", "history_bytes"): ("<=", 0.7),
    ("loro", "merge/friendsforever", "merge_each_ms"): ("<=", 0.2),
    ("loro", "merge/friendsforever", "merge_once_ms"): ("<=", 0.5),
    ("pycrdt-websocket", "idle", "bytes_per_connection"): ("<=", 0.5),
}
NOT_COMPARED = {
    "updates",
    "edits",
    "changes",
    "connections",
    "workers",
    "seconds",
    "writer_requests",
    "reader_requests",
}
HEADINGS = ("workload", "figure", "better", "ours", "peer", "peer's", "ratio", "target", "")


def direction(figure):
    """Which direction of a figure is better, from its unit: a rate, or a time or a size."""
    if figure.endswith("_per_s"):
        return "higher"
    if "_ms" in figure or "_bytes" in figure or figure.startswith("bytes_per_"):
        return "lower"
    return None


def read(lines):
    """(peer, workload) -> figure -> values, and the reasons given for what was skipped."""
    figures, skipped = defaultdict(lambda: defaultdict(list)), []
    for line in lines:
        if not line.startswith("{"):
            continue
        entry = json.loads(line)
        peer, workload = entry.pop("peer"), entry.pop("workload")
        if "skipped" in entry:
            skipped.append(f"{peer} {workload}: {entry['skipped']}")
        for figure, value in entry.items():
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                figures[peer, workload][figure].append(value)
    return figures, skipped


def rows(figures):
    workloads = list(dict.fromkeys(workload for _, workload in figures))
    for workload in workloads:
        ours = figures.get((OURS, workload), {})
        for peer in (peer for peer, of in figures if of == workload and peer != OURS):
            for figure, theirs in figures[peer, workload].items():
                if figure in ours and figure not in NOT_COMPARED and direction(figure):
                    yield row(peer, workload, figure, median(ours[figure]), median(theirs))


def row(peer, workload, figure, ours, theirs):
    ratio = ours / theirs if theirs else float("inf")
    target, verdict = "", ""
    if wanted := TARGETS.get((peer, workload, figure)):
        sign, bound = wanted
        target = f"{sign} {bound:g}x"
        verdict = "met" if (ratio >= bound if sign == ">=" else ratio <= bound) else "MISSED"
    return (
        workload,
        figure,
        direction(figure),
        number(ours),
        peer,
        number(theirs),
        f"{ratio:.2f}x",
        target,
        verdict,
    )


def number(value):
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:,.3g}"


def missing(figures):
    """What cannot be compared because one side printed nothing."""
    ours = {workload for peer, workload in figures if peer == OURS}
    theirs = {workload for peer, workload in figures if peer != OURS}
    for workload in sorted(theirs - ours):
        yield f"{workload}: no line of ours"
    for workload in sorted(ours - theirs):
        yield f"{workload}: no line of a peer"


def print_table(table):
    widths = [max(len(line[column]) for line in [HEADINGS, *table]) for column in range(len(HEADINGS))]
    right = {3, 5, 6, 7}
    for line in [HEADINGS, tuple("-" * width for width in widths), *table]:
        cells = (
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(line, widths))
        )
        print("  ".join(cells).rstrip())


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", metavar="FILE", help="files of JSON lines (standard input)")
    parser.add_argument(
        "--check", action="store_true", help="exit with 1 when a target is missed or was not measured"
    )
    given = parser.parse_args()
    lines = [line for name in given.files for line in open(name)] if given.files else sys.stdin.readlines()
    figures, skipped = read(lines)
    table = list(rows(figures))
    print_table(table)
    for remark in [*skipped, *missing(figures)]:
        print(f"not compared: {remark}")
    met = {(line[4], line[0], line[1]) for line in table if line[-1] == "met"}
    if given.check and met != set(TARGETS):
        sys.exit(
            "targets missed or not measured: "
            + ", ".join(" ".join(key) for key in sorted(set(TARGETS) - met))
        )


if __name__ == "__main__":
    main()
