"""The peer's server: `python -m pycrdt_server.server PORT FOLDER`, one SQLite store a room."""

import asyncio
import sys
from pathlib import Path

import uvicorn
from pycrdt.store import SQLiteYStore
from pycrdt.websocket import ASGIServer, WebsocketServer
from pycrdt.websocket.yroom import YRoom


class StoringServer(WebsocketServer):
    def __init__(self, folder):
        super().__init__(auto_clean_rooms=False)
        self.folder = Path(folder)

    async def get_room(self, name):
        if name not in self.rooms:
            file = self.folder / (name.strip("/").replace("/", "_") + ".db")
            store_class = type("RoomStore", (SQLiteYStore,), {"db_path": str(file)})
            self.rooms[name] = YRoom(ready=True, ystore=store_class(name), log=self.log)
        await self.start_room(self.rooms[name])
        return self.rooms[name]


async def serve(port, folder):
    server = StoringServer(folder)
    config = uvicorn.Config(ASGIServer(server), port=port, log_level="critical", ws="websockets")
    async with server:
        await uvicorn.Server(config).serve()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), sys.argv[2]))
