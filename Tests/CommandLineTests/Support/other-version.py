#!/usr/bin/env python3
"""A server that speaks another version of the protocol: usage: other-version.py PORT refuses|chooses"""

import base64
import hashlib
import re
import socket
import sys

REFUSAL = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
# What RFC 6455 has a server add to the client's key.
GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def answer(request):
    if sys.argv[2] == "refuses":
        return REFUSAL
    key = re.search(rb"(?i)sec-websocket-key: *(\S+)", request)[1]
    accept = base64.b64encode(hashlib.sha1(key + GUID).digest()).decode()
    return (
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Accept: {accept}\r\nSec-WebSocket-Protocol: kos.sync.v9\r\n\r\n"
    )


with socket.create_server(("127.0.0.1", int(sys.argv[1]))) as server:
    print("listening", flush=True)
    while True:
        connection, _ = server.accept()
        with connection:
            request = b""
            while b"\r\n\r\n" not in request and (more := connection.recv(4096)):
                request += more
            connection.sendall(answer(request).encode())
