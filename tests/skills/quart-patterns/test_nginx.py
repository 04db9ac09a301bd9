"""The skill's configuration in a real nginx, before the skill's program; collected only where there is an nginx."""

from __future__ import annotations

import asyncio
import contextlib
import re
import subprocess
from typing import TYPE_CHECKING

import httpx
import pytest
import websockets
from live import PROJECT, Server, free_port
from served import configuration, log_in, read_events, run, wait_until_it_listens

from conftest import ADA, BOB, NGINX

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

CAROL = ADA | {"email": "carol@example.com"}
MAIN = "pid {0}/pid; daemon off; error_log stderr; events {{}}\nhttp {{ access_log off; {1} include {0}/site.conf; }}\n"
PLACES = "".join(f"{kind}_temp_path {{0}}/{kind}; " for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))


def site(port: int, behind: int) -> str:
    """The skill's file, with other ports."""
    text = (PROJECT / "nginx.conf").read_text()
    return text.replace("127.0.0.1:8080", f"127.0.0.1:{port}").replace("127.0.0.1:8000", f"127.0.0.1:{behind}")


@contextlib.contextmanager
def nginx(folder: Path, text: str, port: int) -> Iterator[Server]:
    folder.mkdir()
    (folder / "site.conf").write_text(text)
    (folder / "main.conf").write_text(MAIN.format(folder, PLACES.format(folder)))
    command = [str(NGINX), "-c", str(folder / "main.conf"), "-p", str(folder), "-g", "master_process off;"]
    with (folder / "nginx.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)  # noqa: S603 - our own words
    server = Server(port, process, folder / "nginx.log")
    try:
        wait_until_it_listens(server)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=10)


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder, port = tmp_path_factory.mktemp("behind"), free_port()
    with run(folder, configuration(folder, port), port, QUART_TRUSTED_HOPS="1") as server:
        yield server


@pytest.fixture(scope="module")
def proxy(behind: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    port = free_port()
    with nginx(tmp_path_factory.mktemp("nginx") / "own", site(port, behind.port), port) as server:
        yield server


async def test_the_app_knows_its_client_and_its_address(proxy: Server) -> None:
    forged = {"X-Forwarded-For": "6.6.6.6", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"}
    async with proxy.client() as client:
        seen = (await client.get("/probe/client", headers=forged)).raise_for_status().json()
    assert (seen["address"], seen["url"]) == ("127.0.0.1", f"{proxy.url}/probe/client")


async def test_a_socket_passes(proxy: Server) -> None:
    async with websockets.connect(f"{proxy.sockets}/echo") as ws:
        await ws.send("hello")
        assert await asyncio.wait_for(ws.recv(), 5) == "hello"


async def test_no_socket_is_compressed(proxy: Server, behind: Server) -> None:
    for server, taken in ((proxy, False), (behind, True)):
        async with websockets.connect(f"{server.sockets}/echo", compression="deflate") as ws:
            assert ws.response is not None
            assert ("Sec-WebSocket-Extensions" in ws.response.headers) == taken
            await ws.send("hello")
            assert await asyncio.wait_for(ws.recv(), 5) == "hello"


async def test_a_stream_passes_part_by_part(proxy: Server) -> None:
    async with proxy.client() as client:
        header = await log_in(client, ADA)
        heard = read_events(client, "/streams/topics/tea", header)
        assert await asyncio.wait_for(anext(heard), 5) == "retry: 2000"  # though the stream goes on
        await client.post("/streams/topics/tea", content=b"hello", headers=header)
        told = [await asyncio.wait_for(anext(heard), 5) for _ in range(3)]
        assert told[-1] == 'data: {"topic": "tea", "data": "hello"}'
        await heard.aclose()


async def chunks(number: int) -> AsyncIterator[bytes]:
    for _ in range(number):
        yield b"x" * 100_000


async def test_the_limit_of_nginx_comes_first(proxy: Server) -> None:
    async with proxy.client() as client:
        header = await log_in(client, BOB)
        assert (await client.post("/files", content=b"x" * 1_000_000, headers=header)).status_code == 201
        long = await client.post("/files", content=b"x" * 1_100_000, headers=header)
        assert (long.status_code, "nginx" in long.text) == (413, True)
        endless = await client.post("/users", content=chunks(11), headers={"Content-Type": "application/json"})
        assert (endless.status_code, "nginx" in endless.text) == (413, True)


async def test_without_the_lines_for_the_upgrade_a_socket_is_400(behind: Server, tmp_path: Path) -> None:
    port = free_port()
    text, found = re.subn(r".*proxy_set_header (?:Upgrade|Connection) .*\n", "", site(port, behind.port))
    assert found == 2
    with nginx(tmp_path / "bare", text, port) as server:
        async with server.client() as client:
            assert (await client.get("/livez")).status_code == 200
        with pytest.raises(websockets.InvalidStatus) as refused:
            await websockets.connect(f"{server.sockets}/echo")
    assert refused.value.response.status_code == 400


async def all_events(client: httpx.AsyncClient, header: dict[str, str]) -> list[str]:
    return [line async for line in read_events(client, "/streams/topics/silence", header)]


async def test_its_timeout_ends_requests_and_streams_and_a_ping_keeps_a_socket(behind: Server, tmp_path: Path) -> None:
    port = free_port()
    text = site(port, behind.port).replace("proxy_read_timeout 60s", "proxy_read_timeout 3s")
    with nginx(tmp_path / "short", text, port) as server:
        async with server.client() as client, websockets.connect(f"{server.sockets}/echo") as ws:
            header = await log_in(client, CAROL)
            silent = asyncio.create_task(all_events(client, header))
            slow = asyncio.create_task(client.get("/probe/sleep/5"))
            with pytest.raises(TimeoutError):  # hypercorn's ping comes each second
                await asyncio.wait_for(ws.recv(), 5)
            assert (await slow).status_code == 504
            with pytest.raises(httpx.RemoteProtocolError):
                await silent


STILL = 4  # looks, half a second apart


async def taken_for_who_does_not_read(server: Server, behind: Server, name: str) -> int:
    """Ask for a long stream and read nothing of it; return how many of its bytes the app has got rid of."""
    _, writer = await asyncio.open_connection("127.0.0.1", server.port, limit=1024)
    writer.write(f"GET /probe/long/{name} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    taken = [0] * STILL
    async with asyncio.timeout(60), behind.client() as client:
        while not taken[-1] or len(set(taken[-STILL:])) > 1:  # until it goes no further
            await asyncio.sleep(0.5)
            answer = await client.get(f"/probe/streamed/{name}")
            taken.append(answer.json()["bytes"] if answer.status_code == 200 else 0)
    writer.transport.abort()
    return taken[-1]


async def test_the_header_of_a_stream_keeps_nginx_from_taking_it_all(
    proxy: Server,
    behind: Server,
    tmp_path: Path,
) -> None:
    port = free_port()
    ignoring = "proxy_ignore_headers X-Accel-Buffering; proxy_read_timeout"
    text = site(port, behind.port).replace("proxy_read_timeout", ignoring)
    with nginx(tmp_path / "deaf", text, port) as server:
        kept, all_of_it = await asyncio.gather(
            taken_for_who_does_not_read(proxy, behind, "with"),
            taken_for_who_does_not_read(server, behind, "without"),
        )
    assert kept < 20_000_000 < all_of_it == 50_000_000
