#!/usr/bin/env python3
"""Plants the bugs of this folder into a copy of the project, each behind a switch that the environment sets.

usage: plant.py PROJECT        PROJECT is a copy; its sources are changed
       plant.py --check PROJECT   only says whether every bug has its place

A bug is a file: a line that says what it is, and edits. An edit names a file after "--- ", then says what stands
there, "+++", and what stands there instead. What stands there must stand there once. Leading and trailing blank
lines of both are not part of them, and the first line's indentation is taken from what stands there.
"""
import pathlib
import re
import sys

SWITCH = '''import Glibc

/// Whether a bug was planted that the environment names in KOS_PLANTED_BUG.
public func isPlanted(_ name: String) -> Bool { plantedBug == name }

private let plantedBug: String? = getenv("KOS_PLANTED_BUG").map { String(cString: $0) }
'''


def bugs(folder):
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text()
        what, _, rest = text.partition("\n")
        edits = []
        for part in re.split(r"^--- ", rest, flags=re.MULTILINE)[1:]:
            file, _, body = part.partition("\n")
            old, mark, new = body.partition("\n+++\n")
            if not mark:
                raise SystemExit(f"{path.name}: an edit of {file} has no +++")
            edits.append((file.strip(), old.strip("\n"), new.strip("\n")))
        yield path.stem, what, edits


def plant(project, folder, writes):
    texts = {}
    for name, _, edits in bugs(folder):
        for file, old, new in edits:
            path = project / file
            text = texts.get(path)
            if text is None:
                if not path.exists():
                    raise SystemExit(f"{name}: there is no {file}")
                text = path.read_text()
            if text.count(old) != 1:
                raise SystemExit(f"{name}: stands {text.count(old)} times in {file}:\n{old}")
            texts[path] = text.replace(old, new)
    if not writes:
        return
    for path, text in texts.items():
        if not re.search(r"^(public |package )?import CRDT$", text, flags=re.MULTILINE) and "/CRDT/" not in str(path):
            text = "import CRDT\n" + text
        if path.read_text() != text:
            path.write_text(text)
    switch = project / "Sources/CRDT/PlantedBug.swift"
    if not switch.exists() or switch.read_text() != SWITCH:
        switch.write_text(SWITCH)


def main():
    arguments = sys.argv[1:]
    writes = "--check" not in arguments
    projects = [argument for argument in arguments if argument != "--check"]
    if len(projects) != 1:
        raise SystemExit(__doc__)
    plant(pathlib.Path(projects[0]), pathlib.Path(__file__).parent, writes)


if __name__ == "__main__":
    main()
