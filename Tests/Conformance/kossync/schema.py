"""The generated messages of Protocol/kos/sync/v1, made by protoc whenever the schemas have changed."""

import importlib
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PROTOCOL = ROOT / "Protocol"
FOLDER = "kos/sync/v1"


def _generate():
    """Generates into a folder that goes with this process, and imports from there."""
    schemas = sorted(path.name for path in (PROTOCOL / FOLDER).glob("*.proto"))
    folder = tempfile.TemporaryDirectory(prefix="kos-schema-")
    command = ["protoc", "-I", str(PROTOCOL), f"--python_out={folder.name}"]
    subprocess.run(command + [f"{FOLDER}/{name}" for name in schemas], check=True)
    sys.path.insert(0, folder.name)
    try:
        for name in schemas:
            stem = name.removesuffix(".proto")
            yield importlib.import_module(f"{FOLDER.replace('/', '.')}.{stem}_pb2")
    finally:
        sys.path.remove(folder.name)
        folder.cleanup()


class Messages:
    """Every message and enumeration value of the schemas, by its own name."""

    def __init__(self):
        for module in _generate():
            for name in module.DESCRIPTOR.message_types_by_name:
                setattr(self, name, getattr(module, name))
            for enum in module.DESCRIPTOR.enum_types_by_name.values():
                for value in enum.values:
                    setattr(self, value.name, value.number)


pb = Messages()
