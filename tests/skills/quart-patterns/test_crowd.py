"""A thousand clients on one room and on one topic, and one more that never reads."""

from __future__ import annotations

import asyncio
import json
import socket
from typing import TYPE_CHECKING

import pytest
import websockets
from live import serve

from conftest import ADA, until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from live import Server
    from websockets import ClientConnection

CROWD = 1000
AT_ONCE = 50
MESSAGES = 40  # of 3,900 bytes: more than the buffers between the server and the deaf one take
SECONDS = 100
SUBSCRIBE = '{"action": "subscribe", "topic": "crowd"}'


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    # few pings: a thousand of them each second would be what is measured
    with serve(tmp_path_factory.mktemp("crowd"), ping_seconds=3, send_buffer=4096) as running:
        yield running


async def bearer(server: Server) -> dict[str, str]:
    async with server.client() as client:
        await client.post("/users", json=ADA)
        login = {key: ADA[key] for key in ("email", "password")}
        token = (await client.post("/auth/login", json=login)).raise_for_status().json()["access_token"]
    return {"Authorization": f"Bearer {token}"}


def deaf(server: Server, path: str, header: dict[str, str]) -> socket.socket:
    """Open a socket that joins and never reads again."""
    lines = [
        f"GET /ws/{path} HTTP/1.1",
        "Host: localhost",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        f"Authorization: {header['Authorization']}",
        "\r\n",
    ]
    opened = socket.socket()
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    opened.connect(("127.0.0.1", server.port))
    opened.sendall("\r\n".join(lines).encode())
    assert b" 101 " in opened.recv(20)
    if path == "topics":  # a text frame, masked with zeros
        opened.sendall(bytes([0x81, 0x80 | len(SUBSCRIBE), 0, 0, 0, 0]) + SUBSCRIBE.encode())
    return opened


async def gather_crowd(server: Server, path: str, header: dict[str, str]) -> list[ClientConnection]:
    gate = asyncio.Semaphore(AT_ONCE)

    async def join() -> ClientConnection:
        async with gate:
            url = f"{server.sockets}/{path}"
            client = await websockets.connect(url, additional_headers=header, compression=None, ping_interval=None)
            if path == "topics":
                await client.send(SUBSCRIBE)
                assert json.loads(await client.recv()) == {"subscribed": "crowd"}
            return client

    return await asyncio.gather(*(join() for _ in range(CROWD)))


async def members(server: Server) -> int:
    async with server.client() as client:
        count: int = (await client.get("/probe/state")).raise_for_status().json()["members"]
        return count


@pytest.mark.parametrize(("path", "key"), [("rooms/crowd", "text"), ("topics", "data")])
async def test_all_hear_all_and_who_does_not_read_is_dropped(server: Server, path: str, key: str) -> None:
    header = await bearer(server)
    words = [f"{number:04}" + "x" * 3896 for number in range(MESSAGES)]

    async def hears(client: ClientConnection) -> bool:
        return [json.loads(await client.recv())[key] for _ in words] == words

    async def are(number: int) -> bool:
        return await members(server) == number

    async with asyncio.timeout(SECONDS):
        with await asyncio.to_thread(deaf, server, path, header):
            crowd = await gather_crowd(server, path, header)
            await until(lambda: are(CROWD + 1))
            heard = asyncio.gather(*(hears(client) for client in crowd))
            for word in words:
                told = {"action": "publish", "topic": "crowd", "data": word}
                await crowd[0].send(word if path != "topics" else json.dumps(told))
                await asyncio.sleep(0.02)
            assert all(await heard)
            await until(lambda: are(CROWD), seconds=20)
        await asyncio.gather(*(client.close() for client in crowd))
        await until(lambda: are(0), seconds=20)
