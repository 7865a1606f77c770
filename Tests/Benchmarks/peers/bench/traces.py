"""Editing traces, by name (of those kept beside the benchmarks) or by path."""

import gzip
import json
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "traces"


def load_trace(name_or_path):
    """A trace's name and content; the path of a file of the same form, packed or not, will do for a name."""
    given = Path(name_or_path)
    path = given if given.is_file() else FOLDER / f"{name_or_path}.json.gz"
    if not path.is_file():
        raise SystemExit(f"no trace {name_or_path}: neither a file nor a name in {FOLDER}")
    opened = gzip.open(path, "rt") if path.suffix == ".gz" else open(path)
    with opened as file:
        return path.name.split(".")[0], json.load(file)


def patches_of(trace):
    """Every patch of a sequential trace in order: (position, deleted, inserted)."""
    return [patch[:3] for transaction in trace["txns"] for patch in transaction["patches"]]
