#!/usr/bin/env python3
"""Runs AccordSync on PostgreSQL and prints one JSON object a line.

load: DEVICES virtual devices without pause push 10 operations (half to the dossier that their zone
shares, 10 zones), then pull at most 500 items: the peer's published load test. The load generator
is this Python process and shares the machine's cores. As published, an add cites no earlier tag, so
a set grows with every add; with --deps it cites those that its device has seen, as the peer's own
client does.
backlog: the workload of `peers.py backlog`, through the peer's own client.

PostgreSQL keeps its default settings (fsync on) in a fresh data folder. Everything stays on
loopback, is bounded, and stops by itself. Needs requirements-accord.txt and PostgreSQL's server
binaries (Debian: apt-get install postgresql).
"""

import argparse
import signal
import sys

LOAD_MARGIN_SECONDS, BACKLOG_SECONDS_MAX = 240, 540


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--workers", type=int, default=1, metavar="N", help="server processes (1)")
    commands = parser.add_subparsers(dest="command", required=True)
    load = commands.add_parser("load", parents=[shared], help="the peer's published load test")
    load.add_argument("devices", nargs="?", type=int, default=50, help="virtual devices (50)")
    load.add_argument("seconds", nargs="?", type=int, default=30, help="duration (30)")
    load.add_argument(
        "--deps", action="store_true", help="adds cite the earlier adds that their device has seen"
    )
    backlog = commands.add_parser("backlog", parents=[shared], help="an offline backlog, pushed and pulled")
    backlog.add_argument(
        "--storage", choices=["memory", "sqlite"], default="memory", help="the client's (memory)"
    )
    return parser.parse_args()


def what_is_missing():
    try:
        import accordsync, accordsync_fastapi, httpx, jwt, psycopg, uvicorn  # noqa: E401, F401
        from accord_server.running import postgres_binaries
    except ImportError as missing:
        return f"{missing}; install requirements-accord.txt"
    return None if postgres_binaries() else "no PostgreSQL server binaries; install postgresql"


def main():
    given = arguments()
    if missing := what_is_missing():
        from bench.figures import emit

        return emit("accordsync", given.command, skipped=missing)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGALRM):  # leave through the clean-up
        signal.signal(number, lambda number, _: sys.exit(f"stopped by signal {number}"))
    if given.command == "load":
        from accord_server.load import load

        signal.alarm(given.seconds + LOAD_MARGIN_SECONDS)
        load(given.workers, given.devices, given.seconds, given.deps)
    else:
        from accord_server.backlog import backlog

        signal.alarm(BACKLOG_SECONDS_MAX)
        backlog(given.workers, given.storage)


if __name__ == "__main__":
    main()
