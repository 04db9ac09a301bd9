"""Requests over kept connections → how many a second, and what each cost the server."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

from benchmarks.load.server import Server

CONNECTIONS = 16
SECONDS = 60.0
"""A round that takes longer is given up."""


@dataclass(frozen=True, slots=True)
class Route:
    """What is asked for: which application, and the request, with a JSON text as its body and a bearer's token."""

    name: str
    app: str
    method: str
    path: str
    body: str = ""
    token: str = ""

    @property
    def bytes(self) -> bytes:
        """The request as it is sent."""
        body = self.body.encode()
        lines = [f"{self.method} {self.path} HTTP/1.1", "Host: localhost", f"Content-Length: {len(body)}"]
        lines += ["Content-Type: application/json"] if body else []
        lines += [f"Authorization: Bearer {self.token}"] if self.token else []
        return "\r\n".join([*lines, "", ""]).encode() + body


@dataclass(frozen=True, slots=True)
class Rate:
    """Requests a second, and milliseconds of the server's CPU for each."""

    second: float
    cpu: float


def rate(server: Server, route: Route, count: int) -> Rate:
    """Send `count` requests over some connections at a time; raise RuntimeError where one is not answered with 2xx."""
    return asyncio.run(_rate(server, route, count))


async def _rate(server: Server, route: Route, count: int) -> Rate:
    async with asyncio.timeout(SECONDS):
        before, begin = server.cpu, time.perf_counter()
        await asyncio.gather(*(_client(server.port, route, count // CONNECTIONS) for _ in range(CONNECTIONS)))
        spent = time.perf_counter() - begin
    made = count // CONNECTIONS * CONNECTIONS
    return Rate(made / spent, 1000 * (server.cpu - before) / made)


async def _client(port: int, route: Route, count: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for _ in range(count):
            writer.write(route.bytes)
            await answer(reader, route.name)
    finally:
        writer.close()


async def answer(reader: asyncio.StreamReader, name: str) -> bytes:
    """Read an answer with a length, and return its body."""
    head = await reader.readuntil(b"\r\n\r\n")
    fields = head.lower().split(b"\r\n")
    length = next((int(line.partition(b":")[2]) for line in fields if line.startswith(b"content-length:")), 0)
    body = await reader.readexactly(length)
    if not head.startswith(b"HTTP/1.1 2"):
        message = f"{name} answers {head.splitlines()[0].decode()}: {body[:200].decode()}"
        raise RuntimeError(message)
    return body


async def ask(port: int, route: Route) -> bytes:
    """Send one request and return the body of the answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(route.bytes)
    try:
        return await answer(reader, route.name)
    finally:
        writer.close()
