"""idle N: what N idle connections add to the server's resident memory."""

import asyncio

import websockets

from bench.figures import emit
from bench.processes import allow_open_files
from pycrdt_server.running import Running


async def growth(server, count):
    before = server.resident_bytes()
    sockets = [
        await websockets.connect(f"{server.url}/idle", compression=None, ping_interval=None)
        for _ in range(count)
    ]
    await asyncio.sleep(2)
    after = server.resident_bytes()
    for socket in sockets:
        socket.transport.abort()
    return after - before


def idle(count):
    allow_open_files(count + 1000)
    with Running() as server:
        grown = asyncio.run(growth(server, count))
    emit("pycrdt-websocket", "idle", connections=count, bytes_per_connection=grown / count)
