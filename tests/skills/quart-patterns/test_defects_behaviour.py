"""Defects that skills for Quart are known to teach: each shows in a small re-creation, and not in ours.

The number in a test's name is that of the defect.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
from typing import TYPE_CHECKING, Any

import pytest
from app import create_app
from app.config import load_config
from app.database import engine_options, transaction
from app.errors import AppError
from app.hub import QUEUE_SIZE, Hub
from app.jobs import Jobs
from app.models import User
from pydantic import BaseModel, ValidationError
from quart import Quart, jsonify, request, websocket
from quart.testing import WebsocketResponseError
from quart_cors import cors
from quart_schema import QuartSchema, validate_request
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm.exc import DetachedInstanceError

from conftest import ADA, ORIGIN, SECRET

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from quart.typing import TestClientProtocol as Client


@pytest.fixture
def original() -> Quart:
    return Quart("original")


async def status(app: Quart, method: str = "get", path: str = "/", **options: Any) -> int:  # noqa: ANN401
    code: int = (await getattr(app.test_client(), method)(path, **options)).status_code
    return code


async def nothing() -> None:
    pass


async def hello() -> str:
    return "hello"


def test_01_the_document_has_its_title(original: Quart, app: Quart) -> None:
    with pytest.raises(TypeError, match="title"):
        QuartSchema(original, title="Example", version="1.0.0")
    assert app.extensions["QUART_SCHEMA"].info.title == "Example"


@pytest.mark.parametrize("defect", [2, 3], ids=lambda number: f"row{number}")
async def test_a_failed_validation_is_422_in_json(original: Quart, client: Client, defect: int) -> None:
    class Body(BaseModel):
        name: str

    async def take(data: Body) -> str:
        return data.name

    QuartSchema(original)
    original.post("/")(validate_request(Body)(take))
    if defect == 2:
        with pytest.raises(NameError):
            original.errorhandler(eval("NotImportedError"))  # noqa: S307 - a name that nothing binds
    else:
        original.errorhandler(ValidationError)(lambda _: (jsonify(error="invalid"), 422))
    refused = await original.test_client().post("/", json={})
    assert (refused.status_code, refused.mimetype) == (400, "text/html")
    ours = await client.post("/users", json={})
    assert (ours.status_code, ours.mimetype) == (422, "application/json")


async def test_06_every_route_answers(original: Quart, client: Client) -> None:
    original.get("/")(nothing)
    assert await status(original) == 500
    assert (await client.get("/livez")).status_code == 200


def test_09_blocks_together_make_one_app(original: Quart, app: Quart) -> None:
    original.add_url_rule("/one", "get_user", hello)
    with pytest.raises(AssertionError, match="get_user"):
        original.add_url_rule("/two", "get_user", nothing)
    assert len(app.blueprints) >= 8


async def test_11_cross_origin_requests_work(original: Quart, client: Client) -> None:
    original = cors(original, allow_origin="*", allow_credentials=True)
    original.get("/")(hello)
    assert await status(original, headers={"Origin": ORIGIN}) == 500
    assert (await client.get("/livez", headers={"Origin": ORIGIN})).status_code == 200


async def test_12_several_origins_from_the_environment_match(
    original: Quart,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    two = "https://one.example,https://two.example"
    original = cors(original, allow_origin=two)
    original.get("/")(hello)
    answer = await original.test_client().get("/", headers={"Origin": "https://two.example"})
    assert "Access-Control-Allow-Origin" not in answer.headers
    monkeypatch.setenv("QUART_ALLOWED_ORIGINS", json.dumps(two.split(",")))
    ours = create_app({"SECRET_KEY": SECRET})
    answer = await ours.test_client().get("/livez", headers={"Origin": "https://two.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "https://two.example"


async def echo() -> None:
    await websocket.send(await websocket.receive())


async def refusal(app: Quart, path: str, **options: Any) -> int | None:  # noqa: ANN401 - the client's options
    try:
        async with app.test_client().websocket(path, **options) as socket:
            await socket.send("hello")
            await asyncio.wait_for(socket.receive(), 2)
    except WebsocketResponseError as error:
        code: int = error.response.status_code
        return code
    return None


async def test_13_sockets_without_an_origin_connect(original: Quart, app: Quart) -> None:
    original.websocket("/")(echo)
    original = cors(original, allow_origin=[ORIGIN])
    assert await refusal(original, "/") == 400
    assert await refusal(app, "/ws/echo") is None


async def fail() -> str:
    raise ValueError("host=db password=hunter2")  # noqa: EM101, TRY003 - what must not be seen


async def everything(_: Exception) -> tuple[str, int]:
    return "error", 500


@pytest.mark.parametrize("defect", [14, 50], ids=lambda number: f"row{number}")
async def test_an_unknown_page_is_404_and_the_500_handler_is_one(original: Quart, client: Client, defect: int) -> None:
    original.errorhandler(Exception)(everything)
    if defect == 50:

        @original.errorhandler(500)
        async def never(_: Exception) -> tuple[str, int]:
            return "never seen", 500

        original.get("/")(fail)
        answer = await original.test_client().get("/")
        assert await answer.get_data(as_text=True) == "error"
    assert await status(original, path="/nowhere") == 500
    assert (await client.get("/nowhere")).status_code == 404


def test_15_an_error_says_its_message() -> None:
    class Quiet(Exception):  # noqa: N818 - as it was taught
        def __init__(self, resource: str, number: int) -> None:
            self.message = f"{resource} {number} not found"

    assert str(Quiet("User", 1)) == "('User', 1)"
    assert str(AppError("User 1 not found")) == "User 1 not found"


async def test_18_a_socket_reads_its_own_token(original: Quart, app: Quart, ada: dict[str, str]) -> None:
    @original.websocket("/")
    async def confused() -> None:
        await websocket.send(request.args["token"])

    assert await refusal(original, "/?token=good") == 500
    assert await refusal(app, "/ws/rooms/tea", headers=ada) is None
    assert await refusal(app, "/ws/rooms/tea", headers={"Authorization": "Bearer bad"}) == 401


async def test_20_a_bug_is_not_an_invalid_token(app: Quart, monkeypatch: pytest.MonkeyPatch) -> None:
    def bug(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    def verdict(read: Callable[[], object]) -> str:
        try:
            read()
        except Exception:  # noqa: BLE001 - as it was taught
            return "Invalid token"
        return "good"

    assert verdict(bug) == "Invalid token"
    monkeypatch.setattr("app.security.jwt.decode", bug)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    assert await status(app, path="/users/me", headers={"Authorization": "Bearer x"}) == 500


@pytest.mark.parametrize("defect", [21, 23], ids=lambda number: f"row{number}")
async def test_cancellation_is_not_swallowed(defect: int) -> None:
    async def swallow() -> None:
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(60)

    async def swallow_all() -> None:
        with contextlib.suppress(BaseException):  # what a bare except catches
            await asyncio.sleep(60)

    async def ours() -> None:
        with Hub().subscriber("topic") as subscriber:
            await subscriber.next()

    async def ends_cancelled(work: Awaitable[None]) -> bool:
        task = asyncio.ensure_future(work)
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        return task.cancelled()

    assert not await ends_cancelled(swallow() if defect == 21 else swallow_all())
    assert await ends_cancelled(ours())


@pytest.mark.parametrize("defect", [22, 27], ids=lambda number: f"row{number}")
async def test_a_deaf_member_does_not_stop_the_room(defect: int) -> None:
    assert defect

    async def deaf(_: str) -> None:
        await asyncio.sleep(60)

    async def broadcast(members: list[Callable[[str], Awaitable[None]]]) -> None:
        for member in members:
            await member("hello")

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(broadcast([deaf, deaf]), 0.2)
    hub = Hub()
    with hub.subscriber("room"):
        async with asyncio.timeout(2):
            for _ in range(QUEUE_SIZE * 2):
                await hub.publish("room", "hello")


async def test_24_members_may_change_while_a_message_goes_out() -> None:
    members = {"ada"}

    async def send(_: str) -> None:
        members.add("bob")

    async def broadcast() -> None:
        for member in members:
            await send(member)

    with pytest.raises(RuntimeError, match="changed size"):
        await broadcast()
    hub = Hub()

    async def churn() -> None:
        for _ in range(200):
            with hub.subscriber("room"):
                await asyncio.sleep(0)

    async def publish() -> None:
        for _ in range(200):
            await hub.publish("room", "hello")
            await asyncio.sleep(0)

    await asyncio.gather(churn(), churn(), publish(), publish())


async def test_25_a_malformed_message_does_not_end_the_socket(app: Quart, ada: dict[str, str]) -> None:
    with pytest.raises(json.JSONDecodeError):
        json.loads("{")
    async with app.test_client().websocket("/ws/topics", headers=ada) as socket:
        for _ in range(2):
            await socket.send("{")
            assert "not understood" in str(await asyncio.wait_for(socket.receive(), 2))


def test_26_a_topic_that_nobody_hears_is_forgotten() -> None:
    from collections import defaultdict  # noqa: PLC0415 - of the original's alone

    topics: defaultdict[str, set[object]] = defaultdict(set)
    topics["t"].discard(object())
    assert topics
    hub = Hub()
    with hub.subscriber("t"):
        assert hub.topics
    assert not hub.topics


@pytest.mark.parametrize("defect", [28, 31], ids=lambda number: f"row{number}")
async def test_an_object_is_whole_after_one_commit(app: Quart, defect: int) -> None:
    assert defect

    def person() -> User:
        return User(email="a@example.com", name="A", password_hash="-")  # noqa: S106 - no hash

    engine = create_async_engine("sqlite+aiosqlite://")
    async with engine.begin() as connection:
        await connection.run_sync(User.metadata.create_all)
    expired = person()
    async with AsyncSession(engine) as session:
        session.add(expired)
        await session.commit()
    with pytest.raises(DetachedInstanceError):
        expired.id  # noqa: B018 - reading it is the point
    await engine.dispose()
    ours = person()
    async with app.app_context():
        async with transaction() as session:
            session.add(ours)
        assert (ours.id, ours.created_at.tzinfo is not None) == (1, True)


def test_29_a_pool_size_goes_to_servers_only() -> None:
    with pytest.raises(TypeError, match="pool_size"):
        create_async_engine("sqlite+aiosqlite://", pool_size=5, max_overflow=5)
    create_async_engine("sqlite+aiosqlite://", **engine_options("sqlite+aiosqlite://"))


async def test_30_the_engine_lives_as_long_as_the_app(overrides: dict[str, Any]) -> None:
    one, two = create_app(overrides), create_app(overrides)
    assert "engine" not in one.extensions
    async with one.test_app(), two.test_app():
        assert one.extensions["engine"] is not two.extensions["engine"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [({}, 409), ({"email": "not-an-email"}, 422), ({"password": ""}, 422)],
    ids=["row32-taken", "row33-email", "row33-password"],
)
async def test_what_may_not_be_registered(client: Client, change: dict[str, str], expected: int) -> None:
    from dataclasses import dataclass  # noqa: PLC0415 - of the original's alone

    @dataclass
    class Unchecked:
        email: str
        password: str
        name: str

    assert Unchecked(**(ADA | change))
    assert (await client.post("/users", json=ADA)).status_code == 201
    assert (await client.post("/users", json=ADA | change)).status_code == expected


@pytest.mark.parametrize("defect", [34, 35], ids=lambda number: f"row{number}")
async def test_work_is_finished_when_serving_ends(original: Quart, defect: int) -> None:
    done: list[str] = []

    async def work(name: str) -> None:
        await asyncio.sleep(0.2)
        done.append(name)

    async with original.test_app():
        stray = asyncio.create_task(work("stray"))
    assert (done, stray.done()) == ([], False)
    stray.cancel()
    original.config["JOB_SECONDS"] = 5
    jobs = Jobs(original)
    jobs.start(1, work, f"kept, row {defect}")  # plain values: no request is closed over
    await jobs.close(grace=2)
    assert done == [f"kept, row {defect}"]


@pytest.mark.parametrize("defect", [38, 39, 40, 41], ids=lambda number: f"row{number}")
def test_production_refuses_unsafe_settings(monkeypatch: pytest.MonkeyPatch, defect: int) -> None:
    class ProductionConfig:
        SECRET_KEY = os.environ.get("SECRET_KEY", "a guessable default")

        def __post_init__(self) -> None:
            raise AssertionError(defect)

    app = Quart("original")
    monkeypatch.setenv("SECRET_KEY", SECRET)
    app.config.from_object(ProductionConfig)  # the class: its check never runs, the variable came too late
    assert app.config["SECRET_KEY"] == ProductionConfig.SECRET_KEY != SECRET
    with pytest.raises(ValidationError):
        create_app()
    monkeypatch.setenv("QUART_SECRET_KEY", SECRET)
    ours = Quart("ours")
    load_config(ours)
    assert ours.config["SECRET_KEY"] == SECRET
    assert ours.config["DATABASE_URL"].startswith("sqlite")


async def test_42_the_tests_start_the_app(overrides: dict[str, Any], client: Client) -> None:
    started: list[int] = []
    unstarted = create_app(overrides)
    unstarted.before_serving(lambda: started.append(1))
    await unstarted.test_client().get("/livez")
    assert started == []
    assert (await client.get("/readyz")).status_code == 200


@pytest.mark.parametrize("place", ["query", "origin"], ids=lambda place: f"row46-{place}")
async def test_how_a_socket_is_opened(app: Quart, ada: dict[str, str], place: str) -> None:
    token = ada["Authorization"].removeprefix("Bearer ")
    if place == "query":
        assert await refusal(app, f"/ws/rooms/tea?token={token}") == 401
    else:
        assert await refusal(app, "/ws/rooms/tea", headers=ada | {"Origin": "https://evil.example"}) == 403


async def test_47_an_error_does_not_repeat_what_was_raised(original: Quart, app: Quart) -> None:
    @original.errorhandler(500)
    async def tell(error: Any) -> tuple[str, int]:  # noqa: ANN401 - as it was taught
        return str(error.original_exception), 500

    original.get("/")(fail)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.add_url_rule("/boom", "boom", fail)
    texts = [
        await (await each.test_client().get(path)).get_data(as_text=True)
        for each, path in ((original, "/"), (app, "/boom"))
    ]
    assert ["hunter2" in text for text in texts] == [True, False]


async def test_45_the_headers_are_of_today(client: Client) -> None:
    headers = (await client.get("/livez")).headers
    assert "X-XSS-Protection" not in headers
    assert "frame-ancestors" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"


async def test_51_there_are_limits(app: Quart) -> None:
    assert app.config["MAX_CONTENT_LENGTH"] == 1024 * 1024
    assert app.config["JOB_SECONDS"] > 0
    assert QUEUE_SIZE <= 1000
