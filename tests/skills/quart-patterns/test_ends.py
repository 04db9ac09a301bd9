"""What is opened is closed, what fails is told as what it is, what is bounded is bounded: each part by itself."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Self

import pytest
from app import cpu, create_app, limits, sockets, tasks, uploads
from app import hub as hub_module
from app.cpu import MAX_RUNNING, MAX_WAITING, Failed, Processes
from app.errors import Busy
from app.hub import Hub
from app.jobs import Jobs
from app.lifecycle import Lifecycle
from app.limits import Limiter
from app.routes import account, auth, jobs, users
from app.streaming import events
from quart_cors import cors_exempt
from redis.exceptions import RedisError

from conftest import ADA, BOB, ORIGIN, enter, until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from quart import Quart
    from quart.typing import TestClientProtocol as Client

Event = dict[str, Any]


class Redis:
    """A stand-in that notes what is done with it; `problem` is what subscribing raises."""

    def __init__(self, problem: Exception | None = None) -> None:
        self.done: list[str] = []
        self.problem = problem

    async def __aenter__(self) -> Self:
        self.done.append("open")
        return self

    async def __aexit__(self, *_: object) -> None:
        self.done.append("close")

    def pubsub(self) -> Redis:
        return self

    def pipeline(self, **_: object) -> Redis:
        return self

    async def subscribe(self, _: str) -> None:
        await asyncio.sleep(0)
        if self.problem:
            raise self.problem

    async def listen(self) -> AsyncIterator[Event]:
        self.done.append("listen")
        try:
            await asyncio.sleep(60)
            yield {}
        finally:
            await asyncio.sleep(0.01)
            self.done.append("listen no more")

    async def publish(self, *_: object) -> None:
        self.done.append("publish")

    def incr(self, *_: object, **__: object) -> None:
        """Nothing: only what `execute` answers counts."""

    expire = pttl = incr

    async def execute(self) -> tuple[int, bool, int]:
        if self.problem:
            raise self.problem
        return 2, True, 1001


async def test_the_relay_ends_before_its_redis_is_closed(
    overrides: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    redis = Redis()
    monkeypatch.setattr(hub_module, "Redis", SimpleNamespace(from_url=lambda _: redis))
    monkeypatch.setattr(limits, "Redis", SimpleNamespace(from_url=lambda *_, **__: Redis()))
    app = create_app(overrides | {"REDIS_URL": "redis://unused"})
    async with asyncio.timeout(5):
        async with app.test_app():
            await until(lambda: asyncio.sleep(0, "listen" in redis.done))
        await app.extensions["hub"].publish("topic", "after the end it stays here")
    assert redis.done == ["open", "open", "listen", "listen no more", "close", "close"]


async def test_the_limiter_closes_its_redis_and_counts_alone_afterwards(
    overrides: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    redis = Redis()
    monkeypatch.setattr(hub_module, "Redis", SimpleNamespace(from_url=lambda _: Redis()))
    monkeypatch.setattr(limits, "Redis", SimpleNamespace(from_url=lambda *_, **__: redis))
    app = create_app(overrides | {"REDIS_URL": "redis://unused"})
    async with app.test_app():
        assert app.extensions["limiter"].redis is redis
    assert redis.done == ["open", "close"]
    assert app.extensions["limiter"].redis is None


async def test_a_relay_that_fails_closes_and_tries_again_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_module, "RETRY_SECONDS", 0.1)
    redis = Redis(RedisError())
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(Hub().relay(redis), 0.35)  # type: ignore[arg-type] # a stand-in
    tries = len(redis.done) // 2
    assert redis.done == ["open", "close"] * tries
    assert 2 <= tries <= 4


async def test_the_limiter_gives_its_connection_back_and_tells_a_bug() -> None:
    limiter = Limiter()
    redis = limiter.redis = Redis()  # type: ignore[assignment] # a stand-in
    assert await limiter.hit("key", 1, 60) == 2  # of 1,001 milliseconds
    assert redis.done == ["open", "close"]  # type: ignore[union-attr]
    limiter.redis = Redis(ValueError())  # type: ignore[assignment]
    with pytest.raises(ValueError):  # noqa: PT011 - raised bare, above
        await limiter.hit("key", 1, 60)


async def test_when_all_windows_are_taken_the_one_that_ends_first_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = 0.0
    monkeypatch.setattr(limits.time, "monotonic", lambda: moment)
    monkeypatch.setattr(limits, "MAX_KEYS", 3)
    limiter = Limiter()
    for key, seconds, hits in (("short", 10, 3), ("middle", 20, 1), ("long", 30, 2)):
        for _ in range(hits):
            assert await limiter.hit(key, 100, seconds) == 0
    assert await limiter.hit("fourth", 1, 40) == 0
    assert set(limiter._windows) == {"middle", "long", "fourth"}
    moment = 25.0
    assert await limiter.hit("fifth", 1, 40) == 0
    assert set(limiter._windows) == {"long", "fourth", "fifth"}


RATES = {
    "register": (100, 60),
    "login:from": (100, 60),
    "login:as": (10, 60),
    "jobs": (30, 60),
    "password": (10, 60),
}


async def test_each_rate_is_the_one_of_the_text(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, tuple[int, int]] = {}

    async def limit_rate(key: str, limit: int, seconds: int) -> None:
        asked[key.rpartition(":")[0]] = (limit, seconds)

    for module in (users, auth, jobs, account):
        monkeypatch.setattr(module, "limit_rate", limit_rate)
    header = await enter(client, ADA)
    await client.post("/jobs/user-count", headers=header)
    ours = {"Sec-Fetch-Site": "same-origin"}
    login = {key: ADA[key] for key in ("email", "password")}
    cookie = (await client.post("/session", json=login, headers=ours)).headers["Set-Cookie"].partition(";")[0]
    change = {"old": "wrong", "new": BOB["password"]}
    await client.post("/account/password", json=change, headers=ours | {"Cookie": cookie})
    assert asked == RATES


async def test_as_many_processes_as_may_and_as_often_as_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    processes = Processes()

    async def never_ends(*_: object) -> None:
        await asyncio.sleep(60)

    monkeypatch.setattr(processes, "_once", never_ends)
    for _ in range(2):  # who has ended is not counted any more
        running = [asyncio.create_task(processes.run("any", 1, 60)) for _ in range(MAX_RUNNING + MAX_WAITING)]
        await asyncio.sleep(0.01)
        assert not any(task.done() for task in running)
        with pytest.raises(Busy):
            await processes.run("any", 1, 60)
        for task in running:
            task.cancel()
        await asyncio.wait(running)


def processes_there() -> set[str]:
    return {path.name for path in Path("/proc").iterdir()}


NOISY = """
import os, pathlib, sys, time
folder = pathlib.Path(sys.stdin.read().strip('"'))
(folder / "pid").write_text(str(os.getpid()))
if (folder / "fail").exists():
    sys.exit("x" * 3000)
time.sleep(60)
"""


async def test_a_process_is_gone_when_its_call_ends_and_tells_the_end_of_what_it_wrote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "noisy.py").write_text(NOISY)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    running = asyncio.create_task(cpu.Processes().run("noisy", str(tmp_path), seconds=60))
    await until(lambda: asyncio.sleep(0, (tmp_path / "pid").exists() and (tmp_path / "pid").read_text() != ""), 20)
    running.cancel()
    await asyncio.wait([running])
    assert (tmp_path / "pid").read_text() not in processes_there()
    (tmp_path / "fail").touch()
    with pytest.raises(Failed) as failed:
        await cpu.Processes().run("noisy", str(tmp_path), seconds=20)
    assert len(str(failed.value)) == 1000
    assert "x" * 500 in str(failed.value)


def watched(app: Quart, *, is_deaf: bool = False) -> list[Event]:
    """Note what the app sends; who is deaf takes no message."""
    sent: list[Event] = []
    inner = app.asgi_app

    async def watching(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - as ASGI has it
        async def note(event: Any) -> None:  # noqa: ANN401
            sent.append(event)
            if is_deaf and event["type"] == "websocket.send":
                await asyncio.sleep(60)
            await send(event)

        await inner(scope, receive, note)

    app.asgi_app = watching  # type: ignore[method-assign]
    return sent


def codes(sent: list[Event]) -> list[int]:
    return [event["code"] for event in sent if event["type"] == "websocket.close"]


async def test_a_send_that_takes_too_long_ends_the_socket(client: Client, app: Quart, ada: dict[str, str]) -> None:
    app.config["SOCKET_SEND_SECONDS"] = 0.1
    sent = watched(app, is_deaf=True)
    async with client.websocket("/ws/rooms/tea", headers=ada) as socket:
        await socket.send("hello")
        await until(lambda: asyncio.sleep(0, bool(codes(sent))), 2)
    assert codes(sent) == [1013]
    assert not app.extensions["hub"].topics


async def bug(*_: object) -> None:
    raise ZeroDivisionError


async def leave_by_a_bug(client: Client, app: Quart, path: str, **options: Any) -> list[int]:  # noqa: ANN401
    sent = watched(app)
    try:
        async with client.websocket(path, **options) as socket:
            await socket.send("hello")
            await until(lambda: asyncio.sleep(0, len(sent) > 1), 2)
    except* ZeroDivisionError:  # as the versions differ, it may come by itself, in a group, or not at all
        pass
    return codes(sent)


async def test_a_bug_is_not_the_fault_of_the_client(client: Client, app: Quart, ada: dict[str, str]) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False

    @app.websocket("/buggy")
    @cors_exempt
    async def buggy() -> None:
        await sockets.accept_user()
        await sockets.serve(bug, "topic")

    assert await leave_by_a_bug(client, app, "/buggy", headers=ada) in ([], [1000])


async def test_a_bug_is_not_the_end_of_a_session(
    client: Client, app: Quart, ada: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ada
    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr(account, "until_revoked", bug)
    login = {key: ADA[key] for key in ("email", "password")}
    answer = await client.post("/session", json=login, headers={"Sec-Fetch-Site": "same-origin"})
    headers = {"Cookie": answer.headers["Set-Cookie"].partition(";")[0], "Origin": ORIGIN}
    assert await leave_by_a_bug(client, app, "/account/events", headers=headers) in ([], [1000])


async def test_a_message_of_just_the_length_that_may_passes(client: Client, ada: dict[str, str]) -> None:
    async with client.websocket("/ws/rooms/tea", headers=ada) as socket:
        await socket.send("x" * sockets.MAX_MESSAGE)
        assert "x" * sockets.MAX_MESSAGE in str(await asyncio.wait_for(socket.receive(), 2))


async def test_a_bug_in_the_queue_is_not_a_queue_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks.welcome, "kiq", bug)
    with pytest.raises(ZeroDivisionError):
        await tasks.enqueue_welcome(1)


async def test_a_bug_in_a_stream_is_neither_silence_nor_slowness(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_module.Subscriber, "next", bug)
    heard = events(Hub(), Lifecycle(lambda *_: asyncio.sleep(0)), "topic")
    assert await anext(heard) == b"retry: 2000\n\n"
    with pytest.raises(ZeroDivisionError):
        await anext(heard)


def test_what_is_synced_leaves_no_file_open(tmp_path: Path) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    with uploads.create(tmp_path / ".name") as file:
        uploads.finish(file, tmp_path / "name")
    assert len(list(Path("/proc/self/fd").iterdir())) == before


async def test_streams_and_sockets_end_at_once_and_requests_later() -> None:
    lifecycle = Lifecycle(lambda *_: asyncio.sleep(0))
    with pytest.raises(TimeoutError):
        async with lifecycle.until_the_end("http", 0.01):
            await asyncio.sleep(60)
    await lifecycle.drain(notice=0, grace=30)
    assert [lifecycle.is_over(kind) for kind in ("stream", "websocket", "http")] == [True, True, False]
    assert not any(lifecycle._limits.values())  # nothing stays of what has ended


async def test_a_socket_whose_client_left_is_not_closed_again() -> None:
    sent: list[Event] = []

    async def app(_: Event, receive: Any, send: Any) -> None:  # noqa: ANN401 - as ASGI has it
        await send({"type": "websocket.accept"})
        await receive()

    async def disconnect() -> Event:
        return {"type": "websocket.disconnect", "code": 1001}

    async def send(event: Any) -> None:  # noqa: ANN401
        sent.append(event)

    await Lifecycle(app)({"type": "websocket"}, disconnect, send)  # type: ignore[arg-type, typeddict-item] # enough
    assert sent == [{"type": "websocket.accept"}]


async def test_a_stop_gives_jobs_four_seconds(overrides: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[float] = []

    async def close(_: Jobs, grace: float) -> None:
        given.append(grace)

    monkeypatch.setattr(Jobs, "close", close)
    async with create_app(overrides).test_app():
        pass
    assert given == [4]
