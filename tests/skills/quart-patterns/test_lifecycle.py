"""Start, stop and health: the skill's own program, real clients, real signals."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import app.__main__ as program
import httpx
import pytest
import websockets
from app import create_app
from app.lifecycle import Lifecycle
from app.routes import health
from live import Server, environment, free_port
from served import configuration, log_in, read_events, records, run, served, wait_until_it_listens

from conftest import SECRET, until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from quart import Quart
    from quart.typing import TestClientProtocol as Client

REACH = 0.2


async def parts(number: int) -> AsyncIterator[bytes]:
    for _ in range(number):
        yield b"x" * 1000
        await asyncio.sleep(0.1)


async def collect(lines: AsyncIterator[str]) -> list[str]:
    return [line async for line in lines]


async def close_code(url: str, headers: dict[str, str]) -> tuple[int, str]:
    async with websockets.connect(url, additional_headers=headers) as ws:
        with pytest.raises(websockets.ConnectionClosed) as closed:
            await asyncio.wait_for(ws.recv(), 20)
    assert closed.value.rcvd is not None
    return closed.value.rcvd.code, closed.value.rcvd.reason


async def test_a_stop_keeps_what_was_promised(tmp_path: Path) -> None:
    written = tmp_path / "task"
    with served(tmp_path, QUART_DRAIN_SECONDS="2") as server:
        async with server.client() as client:
            header = await log_in(client)
            length = {"Content-Length": "25000"}
            async with asyncio.TaskGroup() as group:  # both take longer than the notice, and less than it and the grace
                request = group.create_task(client.get("/probe/sleep/3"))
                upload = group.create_task(client.post("/files", content=parts(25), headers=header | length))
                stream = group.create_task(collect(read_events(client, "/streams/topics/tea", header)))
                room = group.create_task(close_code(f"{server.sockets}/rooms/tea", header))
                deaf = group.create_task(close_code(f"{server.sockets}/topics", header))
                assert (await client.post("/probe/task", content=str(written))).status_code == 202
                await asyncio.sleep(REACH)
                server.process.send_signal(signal.SIGTERM)
                await asyncio.sleep(REACH)
                ready, alive = await client.get("/readyz"), await client.get("/livez")
                late = await client.get("/users/me", headers=header)
            status = await asyncio.to_thread(server.process.wait, 20)
    assert (ready.status_code, alive.status_code, late.status_code) == (503, 200, 200)
    assert ready.json()["error"]["code"] == "not_ready"
    assert request.result().json() == {"slept": 3}
    name = upload.result().raise_for_status().json()["name"]
    assert (tmp_path / "uploads" / "1" / name).stat().st_size == 25_000
    assert stream.result()[0] == "retry: 2000"  # and its end was no error
    assert room.result() == deaf.result() == (1012, "restart")
    assert written.read_text() == "done"
    assert status == 0
    assert not [record for record in records(server) if "error" in record]


async def test_who_is_not_done_in_time_gets_503_and_is_rolled_back(tmp_path: Path) -> None:
    port, grace = free_port(), 1
    with run(tmp_path, configuration(tmp_path, port, graceful_timeout=grace), port) as server:
        async with server.client() as client:
            slow = asyncio.create_task(client.get("/probe/insert-and-sleep"))
            await asyncio.sleep(REACH)
            start = time.monotonic()
            status = await asyncio.to_thread(server.stop)
            response = await slow
    assert grace <= time.monotonic() - start < grace + 15
    assert (response.status_code, response.headers["Retry-After"], status) == (503, "1", 0)
    with contextlib.closing(sqlite3.connect(tmp_path / "live.db")) as database:
        assert database.execute("select count(*) from users").fetchone() == (0,)
    assert not [record for record in records(server) if "error" in record]


BARE = """
import asyncio
from quart import Quart, websocket

app = Quart(__name__)

@app.get("/")
async def endless():
    async def parts():
        try:
            while True:
                yield b"x"
                await asyncio.sleep(0.1)
        finally:
            print("the handler ends", flush=True)
    return parts()

@app.websocket("/ws")
async def echo():
    try:
        while True:
            await websocket.send(await websocket.receive())
    finally:
        print("the handler ends", flush=True)

@app.after_serving
async def after():
    print("after_serving", flush=True)
"""


@contextlib.contextmanager
def hypercorn_alone(folder: Path) -> Iterator[Server]:
    (folder / "bare.py").write_text(BARE)
    port = free_port()
    command = [sys.executable, "-m", "hypercorn", "--bind", f"127.0.0.1:{port}", "--graceful-timeout", "1", "bare:app"]
    with (folder / "bare.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)  # noqa: S603 - our own words
    server = Server(port, process, folder / "bare.log")
    try:
        wait_until_it_listens(server)
        yield server
    finally:
        process.kill()
        process.wait()


async def outlives(server: Server) -> bool:
    server.process.send_signal(signal.SIGTERM)
    try:
        await asyncio.to_thread(server.process.wait, 4 if sys.version_info >= (3, 13) else 30)
    except subprocess.TimeoutExpired:
        return True
    return False


@pytest.mark.parametrize("kind", ["stream", "socket"])
async def test_hypercorn_alone_does_not_stop_in_order(tmp_path: Path, kind: str) -> None:
    with hypercorn_alone(tmp_path) as server:
        async with contextlib.AsyncExitStack() as stack:
            if kind == "stream":
                client = await stack.enter_async_context(server.client())
                await stack.enter_async_context(client.stream("GET", "/"))
            else:
                await stack.enter_async_context(websockets.connect(f"{server.sockets}"))
            await asyncio.sleep(REACH)
            alive = await outlives(server)
            server.process.kill()
    log = server.log.read_text()
    if sys.version_info >= (3, 13):
        assert alive
    elif sys.version_info < (3, 12):  # what 3.12 does, the text leaves open
        assert not alive
        assert "Traceback" in log
        assert log.index("after_serving") < log.index("the handler ends")


@pytest.fixture
def _own_logging() -> Iterator[None]:
    """The program configures the root logger; give it back as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.mark.usefixtures("_own_logging")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_the_program_serves_until_the_signal(
    database_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: signal.Signals,
) -> None:
    monkeypatch.setenv("QUART_SECRET_KEY", SECRET)
    monkeypatch.setenv("QUART_DATABASE_URL", database_url)
    monkeypatch.setenv("QUART_DRAIN_SECONDS", "0.3")
    port = free_port()
    url = f"127.0.0.1:{port}"
    config = configuration(tmp_path, port, graceful_timeout=1)
    serving = asyncio.create_task(program.main(str(config)))
    async with httpx.AsyncClient(base_url=f"http://{url}") as client:

        async def ready() -> bool:
            with contextlib.suppress(httpx.TransportError):
                return (await client.get("/readyz")).status_code == 200
            return False

        await until(ready)
        header = await log_in(client)
        stream = asyncio.create_task(collect(read_events(client, "/streams/topics/tea", header)))
        room = asyncio.create_task(close_code(f"ws://{url}/ws/rooms/tea", header))
        await asyncio.sleep(REACH)
        os.kill(os.getpid(), number)
        await asyncio.sleep(0.1)
        assert not await ready()
        assert (await stream)[0] == "retry: 2000"
        assert await room == (1012, "restart")
    await asyncio.wait_for(serving, 20)


def test_the_program_wants_its_configuration(tmp_path: Path) -> None:
    measured = {name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")}
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-m", "app", str(tmp_path / "none.toml")],
        env=environment(tmp_path, measured),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 1
    assert "FileNotFoundError" in done.stderr


async def test_a_request_that_must_end_is_a_503_in_process(overrides: dict[str, Any]) -> None:
    app = create_app(overrides)
    ended = []

    @app.get("/slow")
    async def slow() -> str:
        try:
            await asyncio.sleep(60)
        finally:
            ended.append("slow")
        return "never"

    async with app.test_app():
        client = app.test_client()
        request = asyncio.ensure_future(client.get("/slow"))
        await asyncio.sleep(0.05)
        await app.extensions["lifecycle"].drain(notice=0, grace=0.1)
        response = await asyncio.wait_for(request, 5)
    assert (response.status_code, ended) == (503, ["slow"])


async def drain_and_wait(lifecycle: Lifecycle) -> None:
    await lifecycle.drain(notice=0, grace=30)
    await asyncio.sleep(60)


async def test_an_end_never_comes_later_than_what_was_asked() -> None:
    lifecycle = Lifecycle(lambda *_: asyncio.sleep(0))
    start = time.monotonic()
    with pytest.raises(TimeoutError):
        async with lifecycle.until_the_end("stream", 30):
            await drain_and_wait(lifecycle)
    with pytest.raises(TimeoutError):
        async with lifecycle.until_the_end("http", 0.1):
            await asyncio.sleep(5)
    with pytest.raises(TimeoutError):
        async with lifecycle.until_the_end("websocket"):
            await asyncio.sleep(5)
    assert time.monotonic() - start < 20
    assert lifecycle.is_over("stream")
    assert not lifecycle.is_over("http")


async def test_the_app_is_unready_while_it_drains(app: Quart, client: Client) -> None:
    assert (await client.get("/readyz")).status_code == 200
    app.extensions["lifecycle"].stopping = True
    assert (await client.get("/readyz")).status_code == 503
    assert (await client.get("/livez")).status_code == 200


async def test_a_database_that_does_not_answer_is_not_ready(
    app: Quart,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    @contextlib.asynccontextmanager
    async def stuck() -> AsyncIterator[None]:
        await asyncio.sleep(60)
        yield

    monkeypatch.setattr(health, "READY_SECONDS", 0.1)
    monkeypatch.setattr(health, "transaction", stuck)
    response = await client.get("/readyz")
    assert response.status_code == 503
    assert "not ready: TimeoutError" in caplog.text
    assert app.extensions["engine"].pool.checkedout() == 0


async def test_an_error_at_the_start_ends_the_server(tmp_path: Path) -> None:
    config = configuration(tmp_path, free_port())
    (tmp_path / "broken.py").write_text(
        "import app.__main__ as program, asyncio, sys\n"
        "from app import create_app\n"
        "def broken():\n"
        "    made = create_app()\n"
        "    @made.before_serving\n"
        "    async def fail():\n"
        "        raise ConnectionError('the broker is away')\n"
        "    return made\n"
        "program.create_app = broken\n"
        "asyncio.run(program.main(sys.argv[1]))\n",
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(tmp_path / "broken.py"),
        str(config),
        env=environment(tmp_path, {}),
        stderr=asyncio.subprocess.PIPE,
    )
    _, errors = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode != 0
    assert b"the broker is away" in errors
