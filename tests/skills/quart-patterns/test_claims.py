"""What the text says about Quart and its neighbours, where no block shows it."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import pytest
import quart.testing.connections
from app import create_app
from app.security import login_required
from pydantic import BaseModel
from quart import Quart, Response, jsonify, request, websocket
from quart.testing import WebsocketResponseError
from quart.wrappers import base
from quart_cors import cors
from quart_schema import QuartSchema, validate_request, validate_response
from sqlalchemy import text
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import create_async_engine

from conftest import SECRET

if TYPE_CHECKING:
    from pathlib import Path

IS_023 = hasattr(base, "ClientDisconnectedError")


class Model(BaseModel):
    number: int


@pytest.fixture
def bare() -> Quart:
    app = Quart("bare")
    QuartSchema(app)
    return app


async def test_a_view_without_return_is_a_500(bare: Quart) -> None:
    @bare.get("/")
    async def nothing() -> None:
        pass

    assert (await bare.test_client().get("/")).status_code == 500


async def test_a_decorator_above_the_route_protects_nothing(bare: Quart) -> None:
    async def secret() -> str:
        return "secret"

    login_required(bare.get("/")(secret))
    assert (await bare.test_client().get("/")).status_code == 200


async def test_jsonify_under_validate_response_is_a_500(bare: Quart) -> None:
    @bare.get("/")
    @validate_response(Model)
    async def answer() -> Response:
        return jsonify(number=1)

    assert (await bare.test_client().get("/")).status_code == 500


async def test_without_a_handler_a_failed_validation_is_html(bare: Quart) -> None:
    @bare.post("/")
    @validate_request(Model)
    async def take(data: Model) -> str:
        return str(data)

    response = await bare.test_client().post("/", json={"number": "x"})
    assert response.status_code == 400
    assert response.content_type.startswith("text/html")


async def test_under_testing_the_debug_page_answers(bare: Quart) -> None:
    bare.testing = True

    @bare.errorhandler(500)
    async def unexpected(_: Exception) -> tuple[str, int]:
        return "ours", 500

    @bare.get("/")
    async def fail() -> str:
        raise ZeroDivisionError

    response = await bare.test_client().get("/")
    assert response.status_code == 500
    assert "ZeroDivisionError" in await response.get_data(as_text=True)
    bare.config["PROPAGATE_EXCEPTIONS"] = False
    assert await (await bare.test_client().get("/")).get_data(as_text=True) == "ours"


async def refused(app: Quart, **headers: str) -> int:
    with pytest.raises(WebsocketResponseError) as answer:
        async with app.test_client().websocket("/", headers=headers) as socket:
            await asyncio.wait_for(socket.receive(), 2)
    status: int = answer.value.response.status_code
    return status


async def test_request_in_a_websocket_is_a_500(bare: Quart) -> None:
    @bare.websocket("/")
    async def confused() -> None:
        await websocket.send(request.path)

    assert await refused(bare) == 500


async def test_cors_refuses_sockets_without_a_listed_origin(bare: Quart) -> None:
    @bare.websocket("/")
    async def speak() -> None:
        await websocket.send("hello")

    cors(bare, allow_origin=["https://app.example"])
    assert await refused(bare) == 400
    assert await refused(bare, Origin="https://evil.example") == 400


async def test_an_endless_task_delays_the_stop_and_is_cancelled(bare: Quart) -> None:
    bare.config["BACKGROUND_TASK_SHUTDOWN_TIMEOUT"] = 0.3
    ended = []

    async def endless() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            ended.append("cancelled")

    async def polite() -> None:
        await bare.shutdown_event.wait()
        ended.append("polite")

    async with bare.test_app():
        bare.add_background_task(endless)
        bare.add_background_task(polite)
        await asyncio.sleep(0)
        start = time.monotonic()
    assert time.monotonic() - start >= 0.3
    assert ended == ["polite", "cancelled"]


async def test_the_parts_of_while_serving_end_in_reverse(bare: Quart) -> None:
    order: list[str] = []

    def part(name: str) -> None:
        @bare.while_serving
        async def life():  # type: ignore[no-untyped-def]  # noqa: ANN202
            yield
            order.append(name)

    part("first")
    part("second")
    bare.after_serving(lambda: order.append("after"))
    async with bare.test_app():
        pass
    assert order == ["second", "first", "after"]


async def test_a_taken_pool_is_a_timeout(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/pool.db"
    engine = create_async_engine(url, pool_size=1, max_overflow=0, pool_timeout=0.1)
    async with engine.connect() as taken:
        await taken.execute(text("select 1"))
        with pytest.raises(PoolTimeoutError):
            await engine.connect()
    await engine.dispose()


def test_the_two_quarts_differ_as_told() -> None:
    assert hasattr(quart.testing.connections, "WebsocketDisconnectError") != IS_023
    assert hasattr(quart.ctx, "WebsocketContext") != IS_023


async def test_after_the_server_closes_the_test_client_waits_or_raises(bare: Quart) -> None:
    @bare.websocket("/")
    async def end() -> None:
        await websocket.accept()

    expected = TimeoutError if IS_023 else quart.testing.connections.WebsocketDisconnectError
    with pytest.raises(expected):
        async with bare.test_client().websocket("/") as socket:
            await asyncio.wait_for(socket.receive(), 0.2)


def test_importing_the_package_builds_no_app() -> None:
    assert create_app({"SECRET_KEY": SECRET}) is not create_app({"SECRET_KEY": SECRET})
