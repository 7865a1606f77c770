"""The peer that is a WebSocket server: pycrdt-websocket with its SQLite store, in a process of its own."""
