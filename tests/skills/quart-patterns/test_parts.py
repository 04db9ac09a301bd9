"""Parts of the application by themselves, where a whole request would hide which of them holds a promise."""

from __future__ import annotations

import asyncio
import json
import logging
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from app import create_app, limits, tasks, uploads
from app.database import transaction
from app.hardening import BodyLimit
from app.hub import Hub
from app.lifecycle import Lifecycle
from app.limits import Limiter
from app.models import User
from app.observability import JsonFormatter, RequestLog
from app.routes import account, files
from app.sockets import first_of

from conftest import ADA

if TYPE_CHECKING:
    from pathlib import Path

    from quart import Quart
    from quart.typing import TestClientProtocol as Client

Event = dict[str, Any]


async def nothing_comes() -> Event:
    await asyncio.sleep(60)
    return {}


async def test_a_queued_welcome_is_safe_to_run_twice(app: Quart) -> None:
    async with app.app_context(), transaction() as session:
        session.add(User(email="a@example.com", name="A", password_hash="-"))  # noqa: S106 - no hash
    tasks.broker.state.app = app
    assert [await tasks.welcome(1), await tasks.welcome(1), await tasks.welcome(2)] == [True, False, False]
    async with app.app_context(), transaction() as session:
        assert (await session.get_one(User, 1)).welcomed_at is not None


async def test_a_bug_is_not_tried_again() -> None:
    class Broken:
        def pubsub(self) -> None:
            raise LookupError

    with pytest.raises(LookupError):
        await asyncio.wait_for(Hub().relay(Broken()), 5)  # type: ignore[arg-type] # a stand-in


async def test_who_is_not_first_has_ended_before_all_goes_on() -> None:
    ended = []

    async def slow() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0.01)
            ended.append("slow")

    async def quick() -> None:
        await asyncio.sleep(0.01)

    await first_of(slow(), quick())
    assert ended == ["slow"]


async def test_the_limiter_counts_and_ends_in_one_transaction() -> None:
    asked: list[Event] = []

    class Spy:
        def pipeline(self, **how: Any) -> None:  # noqa: ANN401 - as redis has it
            asked.append(how)
            raise limits.RedisError

    limiter = Limiter()
    limiter.redis = Spy()  # type: ignore[assignment] # a stand-in
    assert await limiter.hit("key", 1, 60) == 0
    assert asked == [{"transaction": True}]


async def test_the_limiter_waits_for_redis_no_longer_than_it_says(
    overrides: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Event] = []
    real = limits.Redis.from_url

    def from_url(url: str, **how: Any) -> Any:  # noqa: ANN401 - as redis has it
        asked.append(how)
        return real(url, **how)

    monkeypatch.setattr(limits.Redis, "from_url", from_url)
    app = create_app(overrides | {"REDIS_URL": "redis://127.0.0.1:1"})
    start = next(each for each in app.while_serving_gens if each.__qualname__.startswith("init_limits"))
    await anext(start)
    await anext(start, None)
    assert asked == [{"socket_timeout": 0.5, "socket_connect_timeout": 0.5}]


def test_a_log_entry_says_when_and_by_whom() -> None:
    record = logging.LogRecord("name", logging.INFO, "path", 1, "said %s", ("it",), None)
    entry = json.loads(JsonFormatter().format(record))
    assert entry == {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
        "level": "INFO",
        "logger": "name",
        "message": "said it",
        "request_id": None,
    }


async def test_a_request_is_logged_with_its_milliseconds(caplog: pytest.LogCaptureFixture) -> None:
    async def answers(_: Event, __: Any, send: Any) -> None:  # noqa: ANN401 - ASGI
        await asyncio.sleep(0.02)
        await send({"type": "http.response.start", "status": 204, "headers": []})

    async def send(_: Event) -> None:
        pass

    scope = {"type": "http", "method": "GET", "path": "/x", "headers": [], "client": ("192.0.2.1", 1)}
    with caplog.at_level(logging.INFO):
        await RequestLog(answers)(scope, nothing_comes, send)  # type: ignore[arg-type] # as much as it reads
    fields: Event = caplog.records[-1].fields  # type: ignore[attr-defined] # extra
    assert 15 < fields.pop("milliseconds") < 5000
    assert fields == {"method": "GET", "path": "/x", "status": 204, "client": "192.0.2.1"}


async def test_a_body_that_is_too_long_is_refused_and_one_that_is_not_passes() -> None:
    sent: list[Event] = []

    async def reads(_: Event, receive: Any, send: Any) -> None:  # noqa: ANN401 - ASGI
        if (await receive())["type"] == "http.request":
            await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(event: Event) -> None:
        sent.append(event)

    async def ask(size: int) -> list[Event]:
        async def receive() -> Event:
            return {"type": "http.request", "body": b"x" * size, "more_body": False}

        sent.clear()
        await BodyLimit(reads, 3)({"type": "http"}, receive, send)  # type: ignore[arg-type, typeddict-item] # enough
        return list(sent)

    assert await ask(3) == [{"type": "http.response.start", "status": 200, "headers": []}]
    headers = [(b"connection", b"close"), (b"content-length", b"0")]
    assert await ask(4) == [
        {"type": "http.response.start", "status": 413, "headers": headers},
        {"type": "http.response.body", "body": b"", "more_body": False},
    ]


async def test_what_must_end_is_told_so_and_what_fails_fails() -> None:
    told: list[Event] = []

    async def listens(_: Event, receive: Any, __: Any) -> None:  # noqa: ANN401 - ASGI
        told.append(await receive())

    async def send(_: Event) -> None:
        pass

    async def fails() -> Event:
        raise ConnectionError

    lifecycle = Lifecycle(listens)  # type: ignore[arg-type] # as much as it calls
    assert not lifecycle.stopping
    with pytest.raises(ConnectionError):
        await lifecycle({"type": "websocket"}, fails, send)  # type: ignore[arg-type, typeddict-item] # enough
    await lifecycle.drain(0, 0)
    assert lifecycle.stopping
    await lifecycle({"type": "websocket"}, nothing_comes, send)  # type: ignore[arg-type, typeddict-item] # enough
    assert told == [{"type": "websocket.disconnect", "code": 1012}]


def test_what_is_kept_is_on_the_disk_before_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int | str, bool]] = []
    target = tmp_path / "name"

    def fsync(descriptor: int) -> None:
        state = os.fstat(descriptor)
        is_folder = state.st_ino == tmp_path.stat().st_ino
        seen.append(("folder" if is_folder else state.st_size, target.exists()))

    monkeypatch.setattr(uploads.os, "fsync", fsync)
    with uploads.create(tmp_path / ".name") as file:
        file.write(b"12345")
        uploads.finish(file, target)
    assert seen == [(5, False), ("folder", True)]
    assert target.read_bytes() == b"12345"


@pytest.mark.parametrize("path", ["/files", "/files/form"])
async def test_the_length_is_asked_for_before_the_body(
    app: Quart, client: Client, ada: dict[str, str], path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(files, "require_length", asked.append)
    await client.post(path, headers=ada, data=b"1")
    assert asked == [app.config["MAX_CONTENT_LENGTH"]]


async def test_a_session_is_looked_at_as_often_as_is_set(app: Quart, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[object] = []

    async def sleep(seconds: float) -> None:
        steps.append(seconds)

    async def session_user(token: str | None) -> int:
        steps.append(token)
        if len(steps) > 3:
            raise LookupError
        return 1

    monkeypatch.setattr(account.asyncio, "sleep", sleep)
    monkeypatch.setattr(account, "session_user", session_user)
    async with app.app_context():
        with pytest.raises(LookupError):
            await account.until_revoked("token")
    assert steps == [30, "token", 30, "token"]


async def test_each_answer_is_in_the_document(client: Client) -> None:
    paths = (await (await client.get("/openapi.json")).get_json())["paths"]
    answers = {
        (path, method): sorted(status for status in operation["responses"] if status.startswith("2"))
        for path, operations in paths.items()
        for method, operation in operations.items()
    }
    expected = {
        ("/users", "post"): ["201"],
        ("/users", "get"): ["200"],
        ("/users/me", "get"): ["200"],
        ("/auth/login", "post"): ["200"],
        ("/jobs/user-count", "post"): ["202"],
        ("/jobs/{job_id}", "get"): ["200"],
        ("/account", "get"): ["200"],
    }
    assert {key: answers.get(key) for key in expected} == expected


async def test_a_person_is_stored_once(app: Quart) -> None:
    async with app.app_context():
        for name in ("one", "two"):
            user = User(email=ADA["email"], name=name, password_hash="-")  # noqa: S106 - no hash
            if name == "one":
                async with transaction() as session:
                    session.add(user)
            else:
                with pytest.raises(Exception, match="UNIQUE"):
                    await add(user)


async def add(user: User) -> None:
    async with transaction() as session:
        session.add(user)
