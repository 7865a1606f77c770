"""live: one writer and one watcher through the server, one update at a time, timed from edit to arrival."""

import asyncio
import time

import websockets
from pycrdt import Doc, Map, YMessageType, create_update_message, handle_sync_message

from bench.figures import emit, field_value, percentile
from pycrdt_server.running import Running

ARRIVAL_SECONDS_MAX = 5


async def follow(socket, document, arrived=None):
    async for message in socket:
        if message[0] == YMessageType.SYNC:
            reply = handle_sync_message(message[1:], document)
            if reply is not None:
                await socket.send(reply)
            if arrived is not None:
                arrived.put_nowait(time.perf_counter())


async def delays_of(url, count):
    writer, watcher = Doc(), Doc()
    record = writer.get("case", type=Map)
    watcher.get("case", type=Map)
    arrived, delays = asyncio.Queue(), []
    async with websockets.connect(f"{url}/live") as writing, websockets.connect(f"{url}/live") as watching:
        tasks = [
            asyncio.create_task(follow(writing, writer)),
            asyncio.create_task(follow(watching, watcher, arrived)),
        ]
        await asyncio.sleep(1)  # the first exchange is over
        while not arrived.empty():
            arrived.get_nowait()
        for number in range(count):
            before = writer.get_state()
            start = time.perf_counter()
            record["x"] = field_value(0, number)
            await writing.send(create_update_message(writer.get_update(before)))
            end = await asyncio.wait_for(arrived.get(), ARRIVAL_SECONDS_MAX)
            delays.append((end - start) * 1e3)
        for task in tasks:
            task.cancel()
    return delays


def live(count):
    with Running() as server:
        delays = asyncio.run(delays_of(server.url, count))
    emit(
        "pycrdt-websocket",
        "live",
        updates=count,
        p50_ms=percentile(delays, 0.5),
        p99_ms=percentile(delays, 0.99),
        note="fan-out does not wait for the disk",
    )
