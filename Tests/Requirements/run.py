#!/usr/bin/env python3
"""Shows that the tests of Protocol/requirements.md can fail: each rule switched off must be seen by its test.

usage: run.py --list PROJECT
       run.py [--seed N] [--rows N] [--table FILE] PROJECT BUNDLE [ROW...]

PROJECT is the project; BUNDLE is its test bundle, built of a copy in which plant.py of the simulator planted
the changes of Tests/Requirements/Mutations. Each change is a row's: it switches off what the row asks. The
rows are drawn by the seed, all of them with --rows 0, or are those named. For each its test runs twice,
without the change and with it. Exit code 1 when one does not succeed without it, or with it.
"""
import argparse
import os
import pathlib
import random
import re
import subprocess
import sys
import time

sys.dont_write_bytecode = True
here = pathlib.Path(__file__).parent
sys.path.insert(0, str(here.parent / "Simulation" / "Mutations"))
import plant  # noqa: E402

ROW = re.compile(r"^\| (R\d+) \| (.*?) \|.*\| `(\w+)/(\w+)` \|$", re.MULTILINE)
RAN = re.compile(r"Test run with ([1-9]\d*) test")


def rows(project):
    """Of each row what it asks and its test, by number."""
    text = (project / "Protocol" / "requirements.md").read_text()
    return {name: (asks, f"{suite}/{test}") for name, asks, suite, test in ROW.findall(text)}


def changes():
    """What each planted change is, by row."""
    named = {name: what for name, what, _ in plant.bugs(here / "Mutations")}
    return {"R" + name[1:].lstrip("0"): what for name, what in named.items() if name[0] == "R"}


def check(project):
    """Every row has a change whose place is there."""
    plant.planted(project, here / "Mutations")
    missing = [row for row in rows(project) if row not in changes()]
    if missing:
        raise SystemExit(f"no change is planted for {', '.join(missing)}")
    unknown = [row for row in changes() if row not in rows(project)]
    if unknown:
        raise SystemExit(f"there is no row {', '.join(unknown)}, or it names no test")


def outcome(bundle, test, change):
    """Whether a test succeeds, and what it said when it did not."""
    environment = dict(os.environ)
    environment.pop("KOS_PLANTED_BUG", None)
    if change:
        environment["KOS_PLANTED_BUG"] = change
    pattern = r"[./]" + test + r"(\(|$)"
    command = [bundle, "--testing-library", "swift-testing", "--filter", pattern]
    try:
        run = subprocess.run(command, env=environment, capture_output=True, timeout=900)
    except subprocess.TimeoutExpired:
        return False, "it did not end"
    said = (run.stdout + run.stderr).decode(errors="replace")
    if run.returncode < 0:
        return False, "it trapped"
    if not RAN.search(said):
        raise SystemExit(f"{test}: no such test ran\n{said[-2000:]}")
    failure = re.search(r"recorded an issue.*?: (.*)", said)
    return run.returncode == 0, failure.group(1) if failure else ""


def number(row):
    return int(row[1:])


def drawn(project, options):
    all_rows = sorted(rows(project), key=number)
    for row in options.names:
        if row not in all_rows:
            raise SystemExit(f"there is no row {row}")
    if options.names:
        return options.names
    if options.rows == 0 or options.rows >= len(all_rows):
        return all_rows
    return sorted(random.Random(options.seed).sample(all_rows, options.rows), key=number)


def table(results, drawn_by):
    lines = [
        "# Rules switched off",
        "",
        "The rule of each of these rows of [the requirements](../../Protocol/requirements.md) was switched "
        "off in a copy of the project, one at a time, and the test that the row names was run, without the "
        "change and with it. `Deploy/requirements-test` does it again; the changes are the files of "
        "[`Mutations`](Mutations), one for each of the 75 rows.",
        "",
        drawn_by,
        "",
        "| row | what it asks | the rule switched off | test | caught |",
        "|---|---|---|---|---|",
    ]
    for row, asks, what, test, caught in results:
        lines.append(f"| {row} | {asks} | {what} | `{test}` | {'yes' if caught else '**no**'} |")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rows", type=int, default=15)
    parser.add_argument("--table")
    parser.add_argument("project", type=pathlib.Path)
    parser.add_argument("bundle", nargs="?")
    parser.add_argument("names", nargs="*")
    options = parser.parse_intermixed_args()
    check(options.project)
    if options.check:
        return
    known, what = rows(options.project), changes()
    if options.list:
        for row in sorted(known, key=number):
            print(f"{row:4} {known[row][1]}: {what[row]}")
        return
    if not options.bundle:
        raise SystemExit(__doc__)
    results, sound = [], {}
    for row in drawn(options.project, options):
        asks, test = known[row]
        began = time.monotonic()
        if test not in sound:
            sound[test] = outcome(options.bundle, test, None)
        if not sound[test][0]:
            print(f"{row:4} {test}: FAILS WITHOUT A CHANGE: {sound[test][1][:200]}", flush=True)
            results.append((row, asks, what[row], test, False))
            continue
        succeeds, said = outcome(options.bundle, test, f"R{number(row):02}")
        told = f"caught: {said[:90]}" if not succeeds else "NOT CAUGHT"
        print(f"{row:4} {test} ({time.monotonic() - began:.0f} s): {told}", flush=True)
        results.append((row, asks, what[row], test, not succeeds))
    caught = sum(1 for result in results if result[4])
    print(f"{caught} of {len(results)} caught; every one of the {len(known)} rows has a change")
    if options.table:
        by = "Every row was taken." if len(results) == len(known) else (
            f"{len(results)} rows, drawn with the seed {options.seed}." if not options.names
            else "The rows were named.")
        pathlib.Path(options.table).write_text(table(results, by))
    sys.exit(0 if caught == len(results) else 1)


if __name__ == "__main__":
    main()
