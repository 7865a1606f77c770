#!/usr/bin/env python3
"""Searches all that lies in a replica's folder: search-replica.py [--sealed] FOLDER WORD...

Every file is searched as bytes, and the database also value by value, each text and blob of each table; what
is sealed is opened with the key in the folder, which must not be protected, unless --sealed is given.
A word may stand as UTF-8 or UTF-16, as base64 or hexadecimal, in any case; `hex:` and digits means those
bytes, as bytes or written with or without dashes. Prints one object: how many bytes and rows were searched,
and for each word the places where it was found.
"""

import base64
import json
import os
import shutil
import sqlite3
import stat
import sys
import tempfile

sys.dont_write_bytecode = True
from replica_seal import opened_values  # noqa: E402


def spellings(word):
    """The byte strings as which a word may stand."""
    if word.startswith("hex:"):
        raw = bytes.fromhex(word[4:])
        digits = word[4:].lower()
        parts = [digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]]
        found = {raw, raw[::-1], digits.encode(), "-".join(parts).encode()}
        return found | {half[::-1] for half in (raw[:8], raw[8:])}
    raw = word.encode()
    found = {raw, word.encode("utf-16-le"), word.encode("utf-16-be"), raw.hex().encode()}
    # Base64 of a text that begins one, two or three bytes into a group of three.
    for shift in range(3):
        padded = base64.b64encode(b"\0" * shift + raw)
        found.add(padded[4 if shift else 0 : -4])
    return {spelling.lower() for spelling in found if len(spelling) >= 6}


def values(folder, is_opened):
    """A place each, the bytes that stand there, and whether it is a value of a row."""
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        yield name + " (name)", name.encode(), False
        if stat.S_ISREG(os.stat(path).st_mode):
            with open(path, "rb") as file:
                yield name, file.read(), False
    with tempfile.TemporaryDirectory() as copy:
        for name in os.listdir(folder):
            if name.startswith("replica.db"):
                shutil.copy(os.path.join(folder, name), copy)
        database = sqlite3.connect(os.path.join(copy, "replica.db"))
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            for row in database.execute(f'SELECT * FROM "{table}"'):
                for value in row:
                    content = value if isinstance(value, bytes) else str(value).encode()
                    yield "table " + table, content, True
        if is_opened:
            for table, content in opened_values(database, os.path.join(folder, "device.key")):
                yield "table " + table, content, True
        database.close()


def main():
    arguments = sys.argv[1:]
    is_opened = arguments[0] != "--sealed"
    folder, *words = arguments if is_opened else arguments[1:]
    wanted = {word: spellings(word) for word in words}
    found = {word: set() for word in words}
    searched = {"bytes": 0, "rows": 0}
    for place, content, is_row in values(folder, is_opened):
        searched["rows" if is_row else "bytes"] += 1 if is_row else len(content)
        lowered = content.lower()
        for word, forms in wanted.items():
            if any(form in lowered or form in content for form in forms):
                found[word].add(place)
    print(json.dumps({**searched, "found": {word: sorted(places) for word, places in found.items()}}))


if __name__ == "__main__":
    main()
