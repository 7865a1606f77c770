"""backlog: updates made offline by one device and pushed; then a second, fresh device pulls everything."""

import asyncio
import time

import websockets
from pycrdt import Doc, Map, YMessageType, create_sync_message, handle_sync_message

from bench.figures import CASES, TOTAL_UPDATES, emit, field_updates, per_second
from pycrdt_server.running import Running

ANSWER_SECONDS_MAX = 20


class Exchange:
    """Sync messages over one socket, with the bytes of each direction counted."""

    def __init__(self):
        self.up_bytes = self.down_bytes = 0

    async def run(self, socket, document, done):
        """Asks for what is missing and answers until `done(replies)`."""
        replies = 0
        await self._send(socket, create_sync_message(document))
        while not done(replies):
            message = await asyncio.wait_for(socket.recv(), ANSWER_SECONDS_MAX)
            self.down_bytes += len(message)
            if message[0] == YMessageType.SYNC:
                reply = handle_sync_message(message[1:], document)
                replies += 1
                if reply is not None:
                    await self._send(socket, reply)

    async def _send(self, socket, message):
        self.up_bytes += len(message)
        await socket.send(message)


def written_offline():
    """A document for each case, and what a reader must see in it in the end."""
    documents = [Doc() for _ in range(CASES)]
    records = [document.get("case", type=Map) for document in documents]
    for case, field, value in field_updates():
        records[case][field] = value
    return documents, [record.to_py() for record in records]


async def push(url, documents, wire):
    for case, document in enumerate(documents):
        async with websockets.connect(f"{url}/case{case}", max_size=None) as socket:
            await wire.run(socket, document, lambda replies: replies >= 2)
            await wire.run(
                socket, document, lambda replies: replies >= 1
            )  # the server's answer: it has it all


async def pull(url, expected, wire):
    for case, wanted in enumerate(expected):
        document = Doc()
        record = document.get("case", type=Map)
        async with websockets.connect(f"{url}/case{case}", max_size=None) as socket:
            await wire.run(socket, document, lambda _: record.to_py() == wanted)


async def push_then_pull(url):
    documents, expected = written_offline()
    up, down = Exchange(), Exchange()
    start = time.perf_counter()
    await push(url, documents, up)
    pushed = time.perf_counter()
    await pull(url, expected, down)
    pulled = time.perf_counter()
    return (pushed - start) * 1e3, (pulled - pushed) * 1e3, up.up_bytes, down.down_bytes


def backlog():
    with Running() as server:
        push_ms, pull_ms, up_bytes, down_bytes = asyncio.run(push_then_pull(server.url))
        stored_bytes = server.stored_bytes()
    emit(
        "pycrdt-websocket",
        "backlog",
        updates=TOTAL_UPDATES,
        push_ms=push_ms,
        pull_ms=pull_ms,
        push_per_s=per_second(TOTAL_UPDATES, push_ms),
        pull_per_s=per_second(TOTAL_UPDATES, pull_ms),
        up_bytes=up_bytes,
        down_bytes=down_bytes,
        stored_bytes=stored_bytes,
    )
