#!/usr/bin/env python3
"""Plants the bugs of a folder into a copy of the project, each behind a switch that the environment sets.

usage: plant.py [--bugs FOLDER] --copy PROJECT COPY   copies what is under version control, or new, and plants
                                                      the bugs in it
       plant.py [--bugs FOLDER] --check PROJECT       only says whether every bug has its place

The folder is this one unless another is named.

A bug is a file: a line that says what it is, and edits. An edit names a file after "--- ", then says what
stands there, "+++", and what stands there instead. What stands there must stand there once. Leading and
trailing blank lines of both are not part of them, and the first line's indentation is what stands there.
"""
import os
import pathlib
import re
import subprocess
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


def planted(project, folder):
    """The texts of the files that bugs change, by path."""
    texts = {}
    for name, _, edits in bugs(folder):
        for file, old, new in edits:
            if file not in texts:
                if not (project / file).exists():
                    raise SystemExit(f"{name}: there is no {file}")
                texts[file] = (project / file).read_text()
            if texts[file].count(old) != 1:
                raise SystemExit(f"{name}: stands {texts[file].count(old)} times in {file}:\n{old}")
            texts[file] = texts[file].replace(old, new)
    for file, text in texts.items():
        imports = re.search(r"^(public |package )?import CRDT$", text, flags=re.MULTILINE)
        if not imports and "isPlanted" in text and "Sources/CRDT/" not in file:
            texts[file] = "import CRDT\n" + text
    return texts


def copy(project, target, folder):
    """Writes what differs, so that a second build is short."""
    command = ["git", "-C", str(project), "ls-files", "-co", "--exclude-standard"]
    files = subprocess.check_output(command, text=True).splitlines()
    files = [file for file in files if (project / file).is_file()]
    texts = planted(project, folder)
    contents = {file: (project / file).read_bytes() for file in files}
    contents.update({file: text.encode() for file, text in texts.items()})
    contents["Sources/CRDT/PlantedBug.swift"] = SWITCH.encode()
    for file, content in contents.items():
        path = target / file
        if path.exists() and path.read_bytes() == content:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        path.chmod(0o755 if os.access(project / file, os.X_OK) else 0o644)
    for path in list(target.glob("Sources/**/*.swift")) + list(target.glob("Tests/**/*.swift")):
        if str(path.relative_to(target)) not in contents:
            path.unlink()


def main():
    folder = pathlib.Path(__file__).parent
    arguments = sys.argv[1:]
    if arguments[:1] == ["--bugs"] and len(arguments) > 1:
        folder, arguments = pathlib.Path(arguments[1]), arguments[2:]
    match arguments:
        case ["--check", project]:
            planted(pathlib.Path(project), folder)
        case ["--copy", project, target]:
            copy(pathlib.Path(project), pathlib.Path(target), folder)
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main()
