"""Starts and stops the peer's server, with its store in a folder that goes with it."""

import subprocess
import sys
import tempfile
from pathlib import Path

from bench.processes import connects, free_port, resident_bytes, wait_for

DRIVERS = Path(__file__).resolve().parents[1]


class Running:
    def __enter__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="pycrdt-peer-")
        port = free_port()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pycrdt_server.server", str(port), self._folder.name],
            cwd=DRIVERS,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.url = f"ws://127.0.0.1:{port}"
        try:
            wait_for("the peer's server", lambda: connects(port))
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(10)
        self._folder.cleanup()

    def resident_bytes(self):
        return resident_bytes(self._process.pid)

    def stored_bytes(self):
        return sum(file.stat().st_size for file in Path(self._folder.name).iterdir())
