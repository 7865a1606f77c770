#!/usr/bin/env python3
"""Shows that the simulator can fail: each planted bug must be caught.

usage: run.py PROGRAM [--count N] [--jobs N] [--table FILE] [NAME...]

PROGRAM is a `simulate` that was built of a project in which plant.py planted the bugs. Each bug gets up to N
seeds (1,000). Exit code 1 when one is not caught, or when the program finds something without a bug.
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
import plant  # noqa: E402

FAILURE = re.compile(r"^seed (\d+): (\w+): (.*)$", re.MULTILINE)


def first_failure(program, bug, count, jobs):
    environment = dict(os.environ)
    environment.pop("KOS_PLANTED_BUG", None)
    if bug:
        environment["KOS_PLANTED_BUG"] = bug
    command = [program, "--from", "1", "--count", str(count), "--jobs", str(jobs)]
    run = subprocess.run(command, env=environment, capture_output=True, text=True)
    failures = [(int(seed), checker, text) for seed, checker, text in FAILURE.findall(run.stdout)]
    if run.returncode not in (0, 1):
        # What must never be is a precondition of the product: the run ends there.
        return (0, "trap", (run.stderr.strip().splitlines() or ["ended"])[0])
    return min(failures) if failures else None


def table(results, count):
    lines = [
        "# Planted bugs",
        "",
        "Each of these was planted in the product, one at a time, and the simulator was run from seed 1 on. "
        "`Deploy/simulate --mutations` plants them anew in a copy, builds it and runs it; the bugs are "
        "the files of [`Mutations`](Mutations).",
        "",
        f"Bound: {count:,} seeds. The seeds are those of the day on which this page was written: what the "
        "product or the simulator does otherwise since changes which seed meets a bug first. Seed 0 is the "
        "municipality that every run begins with.",
        "",
        "| bug | what it is | caught by | seed |",
        "|---|---|---|---|",
    ]
    for name, what, found in results:
        checker, seed = (found[1], str(found[0])) if found else ("**not caught**", "")
        lines.append(f"| `{name}` | {what} | {checker} | {seed} |")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--table")
    options = parser.parse_intermixed_args()
    results, missed = [], []
    for name, what, _ in plant.bugs(pathlib.Path(__file__).parent):
        if options.names and name not in options.names:
            continue
        found = first_failure(options.program, name, options.count, options.jobs)
        results.append((name, what, found))
        said = f"seed {found[0]}, {found[1]}: {found[2]}" if found else "NOT CAUGHT"
        print(f"{name:24} {said}"[:160], flush=True)
        if not found:
            missed.append(name)
    if not options.names:
        found = first_failure(options.program, None, min(options.count, 300), options.jobs)
        if found:
            print(f"without a bug: seed {found[0]}, {found[1]}: {found[2]}")
            missed.append("none")
    print(f"{len(results) - len([name for name in missed if name != 'none'])} of {len(results)} caught")
    if options.table:
        pathlib.Path(options.table).write_text(table(results, options.count))
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
