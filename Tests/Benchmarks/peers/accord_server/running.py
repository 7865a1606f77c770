"""PostgreSQL and the peer's server, in processes of their own and a fresh folder that goes with them."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from accord_server.app import URL_VARIABLE
from bench.processes import (
    connects,
    family,
    free_port,
    machine_seconds,
    processor_seconds,
    resident_bytes,
    wait_for,
)

DRIVERS = Path(__file__).resolve().parents[1]


def postgres_binaries():
    """The folder of PostgreSQL's server binaries, the newest first, or nothing."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


class Running:
    def __init__(self, workers):
        self.workers, self._processes = workers, []

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="accord-peer-"))
        try:
            self._start_postgres()
            self._start_server()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _start_postgres(self):
        run_as = {}
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            owner = pwd.getpwnam("postgres")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
            run_as = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
        binaries, data, port = postgres_binaries(), self.folder / "data", free_port()
        subprocess.run(
            [binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8"],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=self.folder,
            **run_as,
        )
        self.postgres = self._spawn(
            [binaries / "postgres", "-D", data, "-h", "127.0.0.1", "-p", str(port), "-k", self.folder],
            "postgres.log",
            cwd=self.folder,
            **run_as,
        )
        self.database_url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
        ready = [binaries / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
        wait_for("PostgreSQL", lambda: subprocess.run(ready).returncode == 0)

    def _start_server(self):
        environment = {**os.environ, URL_VARIABLE: self.database_url}
        subprocess.run(
            [sys.executable, "-m", "accordsync_server", "migrate"],
            check=True,
            env=environment,
            stdout=subprocess.DEVNULL,
        )
        self.port = free_port()
        self.server = self._spawn(
            [
                sys.executable,
                "-m",
                "uvicorn",
                "accord_server.app:make_app",
                "--factory",
                "--app-dir",
                DRIVERS,
                "--host",
                "127.0.0.1",
                "--port",
                str(self.port),
                "--workers",
                str(self.workers),
                "--no-access-log",
            ],
            "server.log",
            env=environment,
        )
        wait_for(
            "the peer's server",
            lambda: (
                connects(self.port)
                and self._server_log().count("Application startup complete") >= self.workers
            ),
        )

    def _spawn(self, command, log, **options):
        with open(self.folder / log, "wb") as out:
            process = subprocess.Popen(command, stdout=out, stderr=out, start_new_session=True, **options)
        self._processes.append(process)
        return process

    def __exit__(self, *_):
        for process in reversed(self._processes):  # the server first; SIGINT is PostgreSQL's fast shutdown
            process.send_signal(signal.SIGINT)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                for pid in reversed(family(process.pid)):
                    os.kill(pid, signal.SIGKILL)
                process.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _server_log(self):
        return (self.folder / "server.log").read_text()

    def database_and_log_bytes(self):
        """Bytes of the database, and of write-ahead log written so far."""
        import psycopg

        with psycopg.connect(self.database_url, autocommit=True) as connection:
            return [
                connection.execute(query).fetchone()[0]
                for query in (
                    "select pg_database_size(current_database())",
                    "select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint",
                )
            ]

    def health(self):
        return {
            "server_rss_mb": sum(map(resident_bytes, family(self.server.pid))) / (1024 * 1024),
            "server_errors": self._server_log().count("Traceback"),
        }


class Processor:
    """Cores used since then by the server, PostgreSQL, this process, and everything else on the machine."""

    def __init__(self, running):
        self._running = running
        self._before = self._read()

    def _read(self):
        times = os.times()
        return (
            times.elapsed,
            processor_seconds(self._running.server.pid),
            processor_seconds(self._running.postgres.pid),
            times.user + times.system,
            machine_seconds(),
        )

    def cores(self):
        wall, *used = (after - before for before, after in zip(self._before, self._read()))
        server, postgres, generator, machine = (seconds / wall for seconds in used)
        return {
            "server_cores": server,
            "postgres_cores": postgres,
            "generator_cores": generator,
            "other_cores": max(0.0, machine - server - postgres - generator),
        }
