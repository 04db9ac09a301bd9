"""Logs, request ids, errors, traces."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import re
from typing import TYPE_CHECKING, Any

import pytest
from app import create_app
from app.observability import JsonFormatter, RequestLog, configure_logging, request_id, secrets_of
from live import SECRET as LIVE_SECRET
from live import serve
from quart import Quart, current_app
from served import log_in, records, served

from conftest import ADA, ORIGIN, SECRET

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from quart.typing import TestClientProtocol as Client

GIVEN = "given-id-0001"


@pytest.fixture
def output(app: Quart) -> Iterator[io.StringIO]:
    """The process's logging, into a buffer; afterwards the root logger is as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    configure_logging(app)
    stream = io.StringIO()
    root.handlers[0].setStream(stream)  # type: ignore[attr-defined]
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.mark.usefixtures("output")
def test_the_programs_logging_is_the_only_one(app: Quart) -> None:
    root = logging.getLogger()  # pytest has put handlers of its own there
    configure_logging(app)
    (handler,) = root.handlers
    assert isinstance(handler.formatter, JsonFormatter)
    assert root.level == logging.INFO


def entries(output: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.getvalue().splitlines()]


async def test_each_line_of_a_request_has_its_id(app: Quart, client: Client, output: io.StringIO) -> None:
    log = logging.getLogger("work")

    async def task() -> None:
        log.info("in the task")

    @app.get("/work")
    async def work() -> str:
        log.info("in the view")
        await asyncio.to_thread(log.info, "in a thread")
        current_app.add_background_task(task)
        await asyncio.sleep(0.05)
        return "done"

    response = await client.get("/work?token=t0k3n", headers={"X-Request-ID": GIVEN})
    assert response.headers["X-Request-ID"] == GIVEN
    assert [entry["message"] for entry in entries(output)] == ["in the view", "in a thread", "in the task", "request"]
    assert {entry["request_id"] for entry in entries(output)} == {GIVEN}
    last = entries(output)[-1]
    assert (last["method"], last["path"], last["status"]) == ("GET", "/work", 200)
    assert last["milliseconds"] >= 50
    assert "t0k3n" not in output.getvalue()
    assert request_id.get() is None


@pytest.mark.parametrize("given", ["", "short", "x" * 65, "with space 1", 'quote"quote"', "back\\slash\\"])
async def test_an_id_that_looks_like_none_is_replaced(client: Client, given: str) -> None:
    response = await client.get("/livez", headers={"X-Request-ID": given})
    assert response.headers["X-Request-ID"] != given
    assert len(response.headers["X-Request-ID"]) == 32


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
async def test_health_checks_are_not_told(client: Client, output: io.StringIO, path: str) -> None:
    assert (await client.get(path)).status_code == 200
    assert output.getvalue() == ""


async def test_a_socket_is_told_when_it_ends(client: Client, output: io.StringIO) -> None:
    async with client.websocket("/ws/echo", headers={"Origin": ORIGIN}) as socket:
        await socket.send("hello")
        await asyncio.wait_for(socket.receive(), 2)
    assert [(entry["method"], entry["status"]) for entry in entries(output)] == [("WEBSOCKET", 101)]


async def test_a_client_that_leaves_has_no_status(app: Quart, client: Client, output: io.StringIO) -> None:
    @app.get("/slow")
    async def slow() -> str:
        await asyncio.sleep(60)
        return "never"

    async with client.request("/slow") as connection:
        await connection.send_complete()
        await asyncio.sleep(0.05)
        await connection.disconnect()
    assert entries(output)[-1]["status"] is None


async def test_a_failure_is_logged_once_and_without_the_secret(
    app: Quart,
    client: Client,
    output: io.StringIO,
) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False

    @app.get("/fail")
    async def fail() -> str:
        raise ValueError(current_app.config["SECRET_KEY"])

    response = await client.get("/fail")
    assert response.status_code == 500
    assert SECRET not in await response.get_data(as_text=True)
    errors = [entry for entry in entries(output) if "error" in entry]
    assert len(errors) == 1
    assert errors[0]["error"].endswith("ValueError: [secret]")
    assert errors[0]["request_id"] == response.headers["X-Request-ID"]
    assert SECRET not in output.getvalue()


def test_the_passwords_of_urls_are_secrets_decoded_and_as_they_are_written() -> None:
    urls = {"DATABASE_URL": "postgresql+asyncpg://me:p%40ss@host/db", "REDIS_URL": "redis://:h%2Fush@host/0"}
    secrets = secrets_of(create_app({"SECRET_KEY": SECRET, **urls}))
    assert sorted(secrets) == sorted([SECRET, "p@ss", "p%40ss", "h/ush", "h%2Fush"])
    record = logging.LogRecord("name", logging.INFO, "path", 1, " ".join(urls.values()), None, None)
    assert json.loads(JsonFormatter(secrets).format(record))["message"].count("[secret]") == 2


def test_an_app_without_passwords_hides_its_key() -> None:
    assert secrets_of(create_app({"SECRET_KEY": SECRET})) == [SECRET]


def test_a_line_is_one_line_whatever_is_in_it() -> None:
    formatter = JsonFormatter(['quo"te'])
    record = logging.LogRecord("name", logging.INFO, "path", 1, 'a\nb quo"te %s', (object,), None)
    text = formatter.format(record)
    assert "\n" not in text
    assert json.loads(text)["message"].startswith("a\nb [secret] <class")


async def test_the_lifespan_is_passed_on() -> None:
    seen = []

    async def app(scope: Any, *_: object) -> None:  # noqa: ANN401
        seen.append(scope["type"])

    await RequestLog(app)({"type": "lifespan"}, None, None)  # type: ignore[arg-type]
    assert seen == ["lifespan"]


async def test_the_server_writes_json_only(tmp_path: Path) -> None:
    with served(tmp_path) as server:
        async with server.client() as client:
            await log_in(client, ADA)
            assert (await client.get("/probe/fail?token=t0k3n")).status_code == 500
        assert await asyncio.to_thread(server.stop) == 0
    told = [(entry["path"], entry["status"]) for entry in records(server) if entry["message"] == "request"]
    assert told == [("/users", 201), ("/auth/login", 200), ("/probe/fail", 500)]
    text = server.log.read_text()
    assert "ValueError: [secret]" in text
    for secret in (LIVE_SECRET, "t0k3n", ADA["password"]):
        assert secret not in text


async def test_the_access_log_of_hypercorn_may_hold_the_query(tmp_path: Path) -> None:
    with serve(tmp_path, access_log="R=%(R)s Uq=%(Uq)s q=%(q)s") as server:
        async with server.client() as client:
            await client.get("/livez?token=t0k3n")
        server.stop()
    for word in ("R", "Uq", "q"):
        assert re.search(rf"\b{word}=[^=]*token=t0k3n", server.log.read_text()), word
