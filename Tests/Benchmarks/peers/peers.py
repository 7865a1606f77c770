#!/usr/bin/env python3
"""Runs the peers on the workloads that README.md defines and prints one JSON object a line.

Loro and Yrs run inside this process; pycrdt-websocket with its SQLite store runs in one of its own.
Everything stays on loopback, is bounded, and stops by itself. Needs requirements.txt.
"""

import argparse


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    text = commands.add_parser("text", help="sequential editing traces, replayed and reloaded (Loro, Yrs)")
    text.add_argument(
        "traces", nargs="*", default=["automerge-paper"], metavar="TRACE", help="a name or a path"
    )
    text.add_argument("--slow", action="store_true", help="also what takes minutes")
    merge = commands.add_parser("merge", help="a concurrent editing trace, merged change by change (Loro)")
    merge.add_argument("trace", nargs="?", default="friendsforever", metavar="TRACE", help="a name or a path")
    commands.add_parser("fields", help="field updates on case records, edited and merged (Loro, Yrs)")
    commands.add_parser("backlog", help="an offline backlog through a server (pycrdt-websocket)")
    live = commands.add_parser(
        "live", help="one writer, one watcher, through the same server (pycrdt-websocket)"
    )
    live.add_argument("count", nargs="?", type=int, default=1000, help="updates (1000)")
    idle = commands.add_parser(
        "idle", help="memory of idle connections on the same server (pycrdt-websocket)"
    )
    idle.add_argument("count", nargs="?", type=int, default=1000, help="connections (1000)")
    return parser.parse_args()


def main():
    given = arguments()
    if given.command == "text":
        from crdt.text import text

        text(given.traces, given.slow)
    elif given.command == "merge":
        from crdt.merge import merge

        merge(given.trace)
    elif given.command == "fields":
        from crdt.fields import fields

        fields()
    elif given.command == "backlog":
        from pycrdt_server.backlog import backlog

        backlog()
    elif given.command == "live":
        from pycrdt_server.live import live

        live(given.count)
    elif given.command == "idle":
        from pycrdt_server.idle import idle

        idle(given.count)


if __name__ == "__main__":
    main()
