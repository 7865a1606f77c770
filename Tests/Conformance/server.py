"""A running `kosd` with a fresh tenant on loopback, and what belongs to it on disk."""

import json
import re
import signal
import subprocess
import tempfile
from pathlib import Path


class Server:
    def __init__(self, kosd, folder=None):
        self.kosd = kosd
        self._temporary = None if folder else tempfile.TemporaryDirectory(prefix="kos-conformance-")
        self.folder = Path(folder or self._temporary.name)
        self.data = self.folder / "tenant"
        self.process = None
        self.url = ""
        self.code = ""

    def begin(self, name="Prøvekommune"):
        """Makes the tenant and serves it."""
        command = [self.kosd, "init", "--data", self.data, "--tenant", name, "--leader", "Lene Leder"]
        told = subprocess.run([*command, "--json"], check=True, capture_output=True, text=True).stdout
        self.code = json.loads(told)["code"]
        return self.serve()

    def serve(self, port=0):
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(
                [self.kosd, "serve", "--data", self.data, "--listen", f"127.0.0.1:{port}",
                 "--plaintext-loopback", "--handshakes-per-address", "64"],
                stdout=subprocess.PIPE, stderr=log, text=True,
            )
        for line in self.process.stdout:
            found = re.search(r"127\.0\.0\.1:(\d+)", line)
            if found:
                self.url = f"ws://127.0.0.1:{found[1]}"
                return self
        raise AssertionError(f"kosd did not start:\n{self.log()}")

    @property
    def port(self):
        return int(self.url.rsplit(":", 1)[1])

    def log(self):
        return (self.folder / "log").read_text()

    def kill(self):
        """Ends it without a warning."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def pause(self):
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self):
        self.process.send_signal(signal.SIGCONT)

    def restart(self):
        """Kills it, and serves the same tenant on the same port."""
        port = self.port
        self.kill()
        return self.serve(port)

    def end(self):
        if self.process and self.process.poll() is None:
            self.kill()
        if self._temporary:
            self._temporary.cleanup()
