"""backlog: the workload of `peers.py backlog` through the peer's own client."""

import time

import httpx
from accordsync import AccordClient, HttpTransport, MemoryStorage, SqliteStorage

from accord_server import PEER
from accord_server.app import BACKLOG_ZONE, schema, token
from accord_server.running import Processor, Running
from bench.figures import TOTAL_UPDATES, emit, field_updates, per_second, timed


class Wire:
    """The peer's own HTTP transport, with the bodies counted and the first pull noted."""

    def __init__(self, url, name):
        self.up_bytes = self.down_bytes = self.requests = 0
        self.first_pull = None
        http = httpx.Client(timeout=30, event_hooks={"request": [self._sent], "response": [self._received]})
        key = token(name, BACKLOG_ZONE)
        self._inner = HttpTransport(url, get_token=lambda: key, client=http)

    def _sent(self, request):
        self.requests += 1
        self.up_bytes += len(request.content)

    def _received(self, response):
        self.down_bytes += len(response.read())

    def push(self, device, operations):
        return self._inner.push(device, operations)

    def pull(self, device, cursor, limit):
        self.first_pull = self.first_pull or time.perf_counter()
        return self._inner.pull(device, cursor, limit)


def open_device(running, name, storage):
    wire = Wire(f"http://127.0.0.1:{running.port}", name)
    store = SqliteStorage(str(running.folder / f"{name}.db")) if storage == "sqlite" else MemoryStorage()
    return AccordClient.open(schema=schema(), storage=store, transport=wire, device_id=name), wire


def write_offline(client):
    """Makes the updates; gives what every device must read in the end."""
    expected = {}
    for case, name, value in field_updates():
        client.assign(f"case:{case}", name, value)
        expected.setdefault(f"case:{case}", {})[name] = value
    return expected


def backlog(workers, storage):
    with Running(workers) as running:
        writer, writer_wire = open_device(running, "writer", storage)
        expected, edit_ms = timed(lambda: write_offline(writer))
        before, processor, start = running.database_and_log_bytes(), Processor(running), time.perf_counter()
        _, writer_sync_ms = timed(writer.sync)
        push_ms = (writer_wire.first_pull - start) * 1e3
        assert writer.status().pending == 0
        reader, reader_wire = open_device(running, "reader", storage)
        _, pull_ms = timed(reader.sync)
        cores, after, health = processor.cores(), running.database_and_log_bytes(), running.health()
        for side in (writer, reader):
            assert {record: side.read(record) for record in expected} == expected
            side.close()
    emit(
        PEER,
        "backlog",
        workers=workers,
        client_storage=storage,
        updates=TOTAL_UPDATES,
        edit_per_s=per_second(TOTAL_UPDATES, edit_ms),
        push_ms=push_ms,
        pull_ms=pull_ms,
        push_per_s=per_second(TOTAL_UPDATES, push_ms),
        pull_per_s=per_second(TOTAL_UPDATES, pull_ms),
        up_bytes=writer_wire.up_bytes,
        down_bytes=reader_wire.down_bytes,
        stored_bytes=after[0] - before[0],
        wal_bytes=after[1] - before[1],
        writer_sync_ms=writer_sync_ms,
        writer_down_bytes=writer_wire.down_bytes,
        writer_requests=writer_wire.requests,
        reader_requests=reader_wire.requests,
        **health,
        **cores,
    )
