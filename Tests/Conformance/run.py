#!/usr/bin/env python3
"""Runs the conformance suite against kosd. See Deploy/conformance."""

import argparse
import importlib
import sys
import time

from world import World

GROUPS = [
    "vectors", "hello", "enrolment", "push", "chains", "content", "payloads", "texts", "delivery", "scope",
    "quarantine", "held", "erasing", "devices", "history", "access", "knowing", "attachments", "bundles",
    "rescue", "recovery",
    "convergence", "notes", "limits", "connection", "errors",
]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--kosd", required=True)
    parser.add_argument("--kos", required=True)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("words", nargs="*", help="run the cases whose 'group: name' has one of these")
    arguments = parser.parse_args()
    groups = [importlib.import_module(f"cases.{name}").group for name in GROUPS]
    if arguments.list:
        for group in groups:
            for name, _ in group.cases:
                print(f"{group.name}: {name}")
        return 0
    world, passed, failed, began = World(arguments.kosd, arguments.kos), 0, 0, time.monotonic()
    world.verbose = arguments.verbose
    try:
        for group in groups:
            counts = group.run(world, arguments.words)
            passed, failed = passed + counts[0], failed + counts[1]
    finally:
        world.end()
    print(f"{passed} passed, {failed} failed in {time.monotonic() - began:.0f} s")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
