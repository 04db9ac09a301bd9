"""Many sockets in one room → how long after it is sent a message is heard by each."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.load.server import Server

AT_ONCE = 50
SECONDS = 120.0
TEXT = "hello, all of you"
MASK = bytes(4)
SHARES = (0.5, 0.95, 0.99, 1.0)


@dataclass(frozen=True, slots=True)
class Heard:
    """Milliseconds until a message was heard: by half of the clients, by 95 and 99 of 100, by the last.

    Each is the median of the messages; `cpu` is the server's CPU in milliseconds for each message and client.
    """

    half: float
    most: float
    nearly: float
    last: float
    cpu: float


class _Member(asyncio.Protocol):
    """A client that counts frames: all that arrive are text of less than 126 bytes."""

    def __init__(self, request: bytes, heard: asyncio.Queue[float]) -> None:
        self.request, self.heard = request, heard
        self.joined: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.data = b""
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the socket."""
        if isinstance(transport, asyncio.Transport):
            self.transport = transport
            transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        """Note when each frame is whole."""
        now = time.perf_counter()
        self.data += data
        if not self.joined.done():
            head, end, self.data = self.data.partition(b"\r\n\r\n")
            if not end:
                self.data = head
                return
            self._join(head)
        while len(self.data) > 1 and len(self.data) >= 2 + self.data[1]:
            self.data = self.data[2 + self.data[1] :]
            self.heard.put_nowait(now)

    def _join(self, head: bytes) -> None:
        if b" 101 " in head.splitlines()[0]:
            self.joined.set_result(None)
        else:
            self.joined.set_exception(RuntimeError(head.decode()))


def broadcast(server: Server, path: str, token: str, clients: int, messages: int) -> Heard:
    """Have `clients` join a room and hear `messages`, one after the other; return how long that took."""
    return asyncio.run(_broadcast(server, path, token, clients, messages))


async def _broadcast(server: Server, path: str, token: str, clients: int, messages: int) -> Heard:
    heard: asyncio.Queue[float] = asyncio.Queue()
    async with asyncio.timeout(SECONDS):
        members = await _joined(server, path, token, clients, heard)
        before = server.cpu
        rounds = [await _told(members[0], clients, heard) for _ in range(messages)]
        cpu = 1000 * (server.cpu - before) / messages / clients
    for member in members:
        if member.transport:
            member.transport.close()
    half, most, nearly, last = (statistics.median(_at(each, share) for each in rounds) for share in SHARES)
    return Heard(half, most, nearly, last, cpu)


async def _joined(
    server: Server, path: str, token: str, clients: int, heard: asyncio.Queue[float]
) -> Sequence[_Member]:
    lines = [f"GET {path} HTTP/1.1", "Host: localhost", "Upgrade: websocket", "Connection: Upgrade"]
    lines += ["Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="]
    request = "\r\n".join([*lines, f"Authorization: Bearer {token}", "", ""]).encode()
    gate = asyncio.Semaphore(AT_ONCE)

    async def join() -> _Member:
        async with gate:
            make = asyncio.get_running_loop().create_connection
            _, member = await make(lambda: _Member(request, heard), "127.0.0.1", server.port)
            await member.joined
            return member

    members = await asyncio.gather(*(join() for _ in range(clients)))
    await asyncio.sleep(1)  # each is in the room a moment after its handshake
    return members


async def _told(speaker: _Member, clients: int, heard: asyncio.Queue[float]) -> list[float]:
    """Have one say something, wait until all have heard it, and return the milliseconds of each."""
    begin = time.perf_counter()
    if speaker.transport:
        speaker.transport.write(bytes([0x81, 0x80 | len(TEXT)]) + MASK + TEXT.encode())
    return sorted([1000 * (await heard.get() - begin) for _ in range(clients)])


def _at(ordered: Sequence[float], share: float) -> float:
    return ordered[max(0, round(share * len(ordered)) - 1)]
