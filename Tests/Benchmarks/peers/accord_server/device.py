"""A virtual device of the load test: numbers and stamps its operations, and keeps one connection open."""

import asyncio
import random
import time

from accord_server.app import token

ZONES, BATCH = 10, 10  # the peer's published load test


class Device:
    def __init__(self, number, cites_seen_adds):
        self.name, self.zone = f"load-{number}", f"z{number % ZONES}"
        self.cursor = 0
        self._own, self._shared = f"dossier:own-{number}", f"dossier:shared-{self.zone}"
        self._token, self._random = token(f"agent{number}", self.zone), random.Random(number)
        self._number = self._wall = self._tick = 0
        self._seen_adds = {} if cites_seen_adds else None  # (record, element) -> operations that added it

    async def connect(self, port):
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", port)
        self._headers = (
            f"Host: 127.0.0.1:{port}\r\nAuthorization: Bearer {self._token}\r\nAccord-Device: {self.name}\r\n"
        )

    def close(self):
        self._writer.close()

    async def call(self, request_line, body=b""):
        """Status and body of the answer to one HTTP request."""
        content = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n" if body else ""
        self._writer.write(f"{request_line} HTTP/1.1\r\n{self._headers}{content}\r\n".encode() + body)
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = int(head.partition("content-length:")[2].partition("\r\n")[0])
        return int(head.split(" ", 2)[1]), await self._reader.readexactly(length)

    def batch(self):
        """Ten operations: 60 % counter, 20 % name, 20 % document; half to the zone's shared dossier."""
        operations = []
        if not self._number:
            operations = [
                self._operation(record, "zone", "assign", value=self.zone, deps=[])
                for record in (self._own, self._shared)
            ]
        while len(operations) < BATCH:
            record = self._own if self._random.random() < 0.5 else self._shared
            what = self._random.random()
            if what < 0.6:
                operations.append(self._operation(record, "visits", "inc", by=1))
            elif what < 0.8:
                operations.append(
                    self._operation(record, "client_name", "assign", value=f"name {self._number}", deps=[])
                )
            else:
                operations.append(self._add(record, f"doc-{self._number % 7}"))
        return operations

    def see(self, operation):
        """Takes note of an add, which then is cited in place of those that it cites."""
        if self._seen_adds is not None and operation["kind"] == "add":
            known = self._seen_adds.setdefault((operation["record"], operation["element"]), set())
            known.difference_update(operation.get("deps", ()))
            known.add(operation["op_id"])

    def _add(self, record, element):
        seen = sorted(self._seen_adds.get((record, element), ())) if self._seen_adds is not None else []
        rest = {"deps": seen} if seen else {}
        operation = self._operation(record, "documents", "add", element=element, **rest)
        self.see(operation)
        return operation

    def _operation(self, record, field, kind, **rest):
        now = time.time_ns() // 1_000_000
        self._wall, self._tick = (now, 0) if now > self._wall else (self._wall, self._tick + 1)
        self._number += 1
        return {
            "op_id": f"{self.name}:{self._number}",
            "record": record,
            "field": field,
            "kind": kind,
            "hlc": f"{self._wall}:{self._tick:05d}:{self.name}",
            **rest,
        }
