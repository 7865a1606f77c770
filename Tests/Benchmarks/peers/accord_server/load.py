"""load DEVICES SECONDS: the peer's published load test; the load generator shares the machine's cores."""

import asyncio
import json
import os
import time
from dataclasses import dataclass, field

from accord_server import PEER
from accord_server.device import Device
from accord_server.running import Processor, Running
from bench.figures import emit, percentile

PAGE = 500  # items of one pull, as published
ANSWER_SECONDS_MAX = 60


@dataclass
class Totals:
    acked: int = 0
    refused: int = 0
    items: int = 0
    requests: int = 0
    failed: int = 0
    push_ms: list = field(default_factory=list)
    pull_ms: list = field(default_factory=list)


async def request(port, device, totals, times, line, body=b""):
    start = time.perf_counter()
    totals.requests += 1
    try:
        status, answer = await asyncio.wait_for(device.call(line, body), ANSWER_SECONDS_MAX)
    except (OSError, EOFError, ValueError, asyncio.TimeoutError):
        status, answer = 0, b""
        await device.connect(port)
    times.append((time.perf_counter() - start) * 1e3)
    if status != 200:
        totals.failed += 1
        return None
    return json.loads(answer)


async def push_and_pull(port, device, totals, deadline):
    """One device's round without pause until the deadline; what is acknowledged later does not count."""
    while time.perf_counter() < deadline:
        body = json.dumps({"ops": device.batch()}, separators=(",", ":")).encode()
        answer = await request(port, device, totals, totals.push_ms, "POST /v1/push", body)
        if answer:
            totals.refused += len(answer["refused"])
            if time.perf_counter() <= deadline:
                totals.acked += len(answer["acked"])
        line = f"GET /v1/pull?cursor={device.cursor}&limit={PAGE}"
        page = await request(port, device, totals, totals.pull_ms, line)
        if page and "items" in page:
            device.cursor = page["cursor"]
            totals.items += len(page["items"])
            for item in page["items"]:
                if item["type"] == "op" and not item["op"]["op_id"].startswith(device.name + ":"):
                    device.see(item["op"])


async def drive(port, count, seconds, deps):
    devices = [Device(number, deps) for number in range(count)]
    for device in devices:  # one by one, so that several workers each get a share
        await device.connect(port)
        await asyncio.sleep(0.01)
    totals, deadline = Totals(), time.perf_counter() + seconds
    await asyncio.gather(*(push_and_pull(port, device, totals, deadline) for device in devices))
    for device in devices:
        device.close()
    return totals


def load(workers, count, seconds, deps):
    with Running(workers) as running:
        before, processor = running.database_and_log_bytes(), Processor(running)
        totals = asyncio.run(drive(running.port, count, seconds, deps))
        cores, after, health = processor.cores(), running.database_and_log_bytes(), running.health()
    emit(
        PEER,
        f"load/{count}",
        workers=workers,
        deps=deps,
        seconds=seconds,
        ops_per_s=totals.acked / seconds,
        push_p50_ms=percentile(totals.push_ms, 0.5),
        push_p95_ms=percentile(totals.push_ms, 0.95),
        push_p99_ms=percentile(totals.push_ms, 0.99),
        pull_p50_ms=percentile(totals.pull_ms, 0.5),
        pull_p95_ms=percentile(totals.pull_ms, 0.95),
        failed=totals.failed / totals.requests,
        refused_ops=totals.refused,
        pulled_items=totals.items,
        stored_bytes=after[0] - before[0],
        wal_bytes=after[1] - before[1],
        **health,
        **cores,
        note=f"the load generator is Python and shares the machine's {os.cpu_count()} cores",
    )
