"""Answers and bodies in parts."""

from __future__ import annotations

import asyncio
import json
import socket
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from app import streaming
from app.hub import QUEUE_SIZE
from app.routes import streams
from app.streaming import event, lines
from quart import Quart, make_response, request
from quart.wrappers import base
from served import log_in, read_events, served
from werkzeug.exceptions import RequestEntityTooLarge

from conftest import until

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Iterator

    from live import Server
    from quart.typing import TestClientProtocol as Client

IS_023 = hasattr(base, "ClientDisconnectedError")
TEA = "/streams/topics/tea"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with served(tmp_path_factory.mktemp("served")) as server:
        yield server


@pytest.fixture(scope="module")
def header(running: Server) -> dict[str, str]:
    async def enter() -> dict[str, str]:
        async with running.client() as client:
            return await log_in(client)

    return asyncio.run(enter())


async def no_topics(server: Server) -> bool:
    async with server.client() as client:
        state = (await client.get("/probe/state")).raise_for_status().json()
    return bool(state["topics"] == state["connections"] == 0)


async def one_topic(server: Server) -> bool:
    async with server.client() as client:
        return bool((await client.get("/probe/state")).json()["topics"] == 1)


async def test_what_one_client_streams_another_one_hears(running: Server, header: dict[str, str]) -> None:
    async with running.client() as client:
        heard = read_events(client, TEA, header)
        assert await anext(heard) == "retry: 2000"
        said = b"one\ntwo\revent: forged\r"
        assert (await client.post(TEA, content=said, headers=header)).json() == {"published": 2}
        received = [await anext(heard) for _ in range(7)]
        await heard.aclose()
    assert received[1:3] == ["event: message", 'data: {"topic": "tea", "data": "one"}']
    assert json.loads(received[5].removeprefix("data: "))["data"] == "two\revent: forged\r"
    await until(lambda: no_topics(running))


@pytest.mark.parametrize("said", [b"{", b"\xff", b"[" * 4096])
async def test_nothing_that_one_client_says_ends_the_stream_of_another(
    client: Client,
    ada: dict[str, str],
    said: bytes,
) -> None:
    async with client.request(TEA, headers=ada) as connection:
        await connection.send_complete()
        await next_part(connection)
        for data in (said, b"still here"):
            assert (await client.post(TEA, data=data, headers=ada)).status_code == 200
        heard = [json.loads((await next_part(connection)).split(b"data: ")[1])["data"] for _ in range(2)]
        await connection.disconnect()
    assert heard == [said.decode(errors="replace"), "still here"]


async def test_a_client_that_leaves_is_forgotten(running: Server, header: dict[str, str]) -> None:
    async with running.client() as client:
        heard = read_events(client, TEA, header)
        await anext(heard)
        assert await one_topic(running)
        await heard.aclose()
    await until(lambda: no_topics(running))


async def test_the_headers_keep_proxies_from_buffering(running: Server, header: dict[str, str]) -> None:
    async with running.client() as client, client.stream("GET", TEA, headers=header) as response:
        assert response.headers["Content-Type"] == "text/event-stream"
        assert response.headers["X-Accel-Buffering"] == "no"
        assert response.headers["Cache-Control"] == "no-cache, no-transform"
        assert "Content-Length" not in response.headers


@pytest.mark.parametrize("path", [TEA, "/streams/users.ndjson"])
async def test_a_stream_wants_a_login(client: Client, path: str) -> None:
    assert (await client.get(path)).status_code == 401
    assert (await client.post(TEA, data=b"1")).status_code == 401


async def test_the_export_has_a_line_for_each_user(
    client: Client,
    bob: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(streams, "PAGE", 1)
    response = await client.get("/streams/users.ndjson", headers=bob)
    users = [json.loads(line) for line in (await response.get_data()).splitlines()]
    assert [user["id"] for user in users] == [1, 2]
    assert "password_hash" not in users[0]


async def next_part(connection: Any) -> bytes:  # noqa: ANN401 - the test client's protocol
    return bytes(await asyncio.wait_for(connection.receive(), 10))


async def test_a_heartbeat_fills_the_silence_and_the_stream_has_an_end(
    client: Client,
    ada: dict[str, str],
    app: Quart,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(streaming, "HEARTBEAT_SECONDS", 0.1)
    monkeypatch.setattr(streaming, "STREAM_SECONDS", 0.35)
    response = await client.get(TEA, headers=ada)
    body = await response.get_data()
    assert 1 <= body.count(b": heartbeat\n\n") <= 4
    assert not app.extensions["hub"].topics


async def test_who_is_too_slow_is_told_and_let_go(client: Client, ada: dict[str, str], app: Quart) -> None:
    async with client.request(TEA, headers=ada) as connection:
        await connection.send_complete()
        assert await next_part(connection) == b"retry: 2000\n\n"
        for number in range(QUEUE_SIZE + 1):  # no await: the stream cannot read meanwhile
            app.extensions["hub"].deliver("topic:tea", json.dumps(number))
        told = await next_part(connection)
        if told == event(0):  # the stream was waiting for this one
            told = await next_part(connection)
    assert told == event("too slow", "overflow")
    assert not app.extensions["hub"].topics


async def test_a_disconnect_leaves_the_topic(client: Client, ada: dict[str, str], app: Quart) -> None:
    async with client.request(TEA, headers=ada) as connection:
        await connection.send_complete()
        await next_part(connection)
        app.extensions["hub"].deliver("topic:tea", '{"a": 1}')
        assert await next_part(connection) == b'event: message\ndata: {"a": 1}\n\n'
        await connection.disconnect()
    assert not app.extensions["hub"].topics


async def test_a_client_that_never_reads_is_cut_by_the_timeout() -> None:
    """`response.timeout` ends the wait in `send`, and the generator's `finally` runs."""
    app, closed = Quart("deaf"), asyncio.Event()

    @app.get("/")
    async def endless() -> Any:  # noqa: ANN401
        async def parts() -> AsyncGenerator[bytes, None]:
            try:
                while True:
                    yield b"x"
            finally:
                closed.set()

        response = await make_response(parts())
        response.timeout = 0.2
        return response

    sent: list[Any] = []

    async def send(message: Any) -> None:  # noqa: ANN401
        sent.append(message)
        if len(sent) > 3:
            await asyncio.sleep(60)  # the peer's window is full

    async def receive() -> Any:  # noqa: ANN401
        await asyncio.sleep(60 if sent else 0)
        return {"type": "http.request", "body": b"", "more_body": False}

    scope: Any = {"type": "http", "method": "GET", "scheme": "http", "path": "/", "query_string": b"", "headers": []}
    scope |= {"http_version": "1.1", "asgi": {"spec_version": "2.3"}, "root_path": "", "extensions": {}}
    serving = asyncio.create_task(app(scope, receive, send))
    await asyncio.wait_for(closed.wait(), 20)
    serving.cancel()
    await asyncio.wait([serving])


async def first_part_of(app: Quart) -> Any:  # noqa: ANN401 - the test client's protocol
    """Read one part and leave. On 0.23 a cut answer stays open until the client leaves."""
    async with app.test_client().request("/") as connection:
        await connection.send_complete()
        assert await next_part(connection) == b"begun"
        await asyncio.sleep(0.5)
        await connection.disconnect()
    return connection


@pytest.mark.parametrize("by_generator", [True, False])
async def test_a_cut_answer_is_silent(caplog: pytest.LogCaptureFixture, by_generator: bool) -> None:  # noqa: FBT001
    """By a TimeoutError of the generator, or because it runs into RESPONSE_TIMEOUT."""
    app, closed = Quart("cut"), []
    app.config["RESPONSE_TIMEOUT"] = 60 if by_generator else 0.1

    @app.get("/")
    async def index() -> AsyncGenerator[bytes, None]:
        async def parts() -> AsyncGenerator[bytes, None]:
            try:
                yield b"begun"
                if by_generator:
                    raise TimeoutError
                await asyncio.sleep(60)
            finally:
                closed.append(True)

        return parts()

    connection = await asyncio.wait_for(first_part_of(app), 20)
    assert connection.status_code == 200
    assert closed
    assert not caplog.records


async def from_chunks(*chunks: bytes) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


@pytest.mark.parametrize(
    ("chunks", "expected"),
    [
        ((), []),
        ((b"",), []),
        ((b"a\nb\n",), [b"a", b"b"]),
        ((b"a", b"", b"b\nc"), [b"ab", b"c"]),
        ((b"\n\n",), [b"", b""]),
    ],
)
async def test_lines_do_not_depend_on_chunks(chunks: tuple[bytes, ...], expected: list[bytes]) -> None:
    assert [line async for line in lines(from_chunks(*chunks), 10)] == expected


@pytest.mark.parametrize("chunks", [(b"x" * 11,), (b"x" * 6, b"x" * 6), (b"x" * 11 + b"\n",)])
async def test_a_line_has_a_limit(chunks: tuple[bytes, ...]) -> None:
    with pytest.raises(RequestEntityTooLarge):
        _ = [line async for line in lines(from_chunks(*chunks), 10)]


async def test_each_line_of_a_body_is_published(client: Client, ada: dict[str, str]) -> None:
    response = await client.post(TEA, data=b"1\n2\n", headers=ada)
    assert await response.get_json() == {"published": 2}


async def test_a_long_line_is_413_and_an_endless_body_408(client: Client, app: Quart, ada: dict[str, str]) -> None:
    assert (await client.post(TEA, data=b"x" * 5000, headers=ada)).status_code == 413
    app.config["BODY_TIMEOUT"] = 0.2
    async with client.request(TEA, method="POST", headers=ada) as connection:
        await connection.send(b"1\n")
        await asyncio.sleep(0.4)
    assert connection.status_code == 408


async def test_a_slow_reader_of_a_fast_body() -> None:
    """Without a length: 0.22 refuses what waits, 0.23 keeps it all."""
    app = Quart("slow")
    app.config["MAX_CONTENT_LENGTH"] = 1000

    @app.post("/")
    async def read() -> str:
        size = 0
        async for chunk in request.body:
            size += len(chunk)
            await asyncio.sleep(0.05)
        return str(size)

    async with app.test_client().request("/", method="POST") as connection:
        for _ in range(5):
            await connection.send(b"x" * 600)
        await connection.send_complete()
    assert connection.status_code == (200 if IS_023 else 413)


async def test_a_reader_that_stalls_holds_no_connection_of_the_pool(running: Server, header: dict[str, str]) -> None:
    with socket.socket() as deaf:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        deaf.connect(("127.0.0.1", running.port))
        head = f"GET /streams/users.ndjson HTTP/1.1\r\nHost: a\r\nAuthorization: {header['Authorization']}\r\n\r\n"
        deaf.sendall(head.encode())
        assert await asyncio.to_thread(deaf.recv, 12) == b"HTTP/1.1 200"
        async with httpx.AsyncClient(base_url=running.url) as client:

            async def is_free() -> bool:  # the head is sent before the query begins
                return bool((await client.get("/probe/state")).json()["connections"] == 0)

            await until(is_free)
