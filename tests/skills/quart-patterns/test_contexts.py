"""What the text says of contexts, threads, Flask and its extensions, where no block shows it."""

from __future__ import annotations

import asyncio
import io
import subprocess
import sys
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask
from hypercorn.middleware import AsyncioWSGIMiddleware, DispatcherMiddleware
from quart import (
    Quart,
    Response,
    copy_current_app_context,
    current_app,
    flash,
    g,
    get_flashed_messages,
    has_request_context,
    jsonify,
    make_response,
    redirect,
    render_template_string,
    request,
    send_file,
    url_for,
)
from quart.wrappers import base

if TYPE_CHECKING:
    from collections.abc import Callable

IS_023 = hasattr(base, "ClientDisconnectedError")


@pytest.fixture
def bare() -> Quart:
    app = Quart("bare")
    app.secret_key = "x" * 32
    return app


async def test_a_task_of_a_view_keeps_its_context_after_the_answer(bare: Quart) -> None:
    answered, seen = asyncio.Event(), []

    async def child() -> None:
        await answered.wait()
        seen.extend([request.path, current_app.name, g.word])

    @bare.get("/")
    async def index() -> str:
        g.word = "kept"
        seen.append(asyncio.create_task(child()))
        return ""

    await bare.test_client().get("/")
    answered.set()
    await seen[0]
    assert seen[1:] == ["/", "bare", "kept"]


async def test_a_background_task_has_a_request_on_022_only(bare: Quart) -> None:
    seen: list[object] = []

    async def work() -> None:
        seen.extend([current_app.name, has_request_context()])

    @bare.get("/")
    async def index() -> str:
        current_app.add_background_task(work)
        return ""

    async with bare.test_app() as app:
        await app.test_client().get("/")
    assert seen == ["bare", not IS_023]


async def test_a_task_of_the_start_has_an_app_and_no_request(bare: Quart) -> None:
    seen: list[object] = []

    @bare.before_serving
    async def start() -> None:
        async def work() -> None:
            seen.extend([current_app.name, has_request_context()])

        await asyncio.create_task(work())

    async with bare.test_app():
        assert seen == ["bare", False]


async def test_copy_current_app_context_serves_a_foreign_task(bare: Quart) -> None:
    jobs: asyncio.Queue[Callable[[], Any]] = asyncio.Queue()

    async def name() -> str:
        return current_app.name

    async def consume() -> list[str]:
        found = []
        for _ in range(2):
            job = await jobs.get()
            try:
                found.append(await job())
            except RuntimeError:
                found.append("lost")
        return found

    consumer = asyncio.create_task(consume())
    async with bare.app_context():
        await jobs.put(name)
        await jobs.put(copy_current_app_context(name))
    assert await consumer == ["lost", "bare"]


def test_at_the_top_of_a_module_there_is_no_app() -> None:
    with pytest.raises(RuntimeError, match="Not within an app context"):
        current_app.name  # noqa: B018 - reading it is the point


def awaited(value: object) -> bool:
    if asyncio.iscoroutine(value):
        value.close()
        return True
    return False


async def test_what_is_awaited_and_what_is_not(bare: Quart) -> None:
    async with bare.test_request_context("/?a=1", method="POST"):
        bare.add_url_rule("/", "index", lambda: "")
        for value in (request.get_json(), request.get_data(), request.json, request.form, request.files, request.data):
            assert awaited(value)
        for value in (render_template_string("x"), make_response("x"), flash("x"), send_file(io.BytesIO())):
            assert awaited(value)
        for value in (jsonify(a=1), redirect("/"), url_for("index"), get_flashed_messages(), request.args["a"]):
            assert not awaited(value)
        with pytest.raises(NotImplementedError, match="Use body instead"):
            await request.stream
    assert awaited(Response("x").get_data())
    assert awaited(Response("x").get_json())


async def test_the_name_of_a_download(bare: Quart) -> None:
    async with bare.test_request_context("/"):
        sent = await send_file(io.BytesIO(b"x"), mimetype="text/plain", attachment_filename="a.txt", as_attachment=True)
        assert "a.txt" in sent.headers["Content-Disposition"]
        with pytest.raises(TypeError, match="download_name"):
            send_file(io.BytesIO(b"x"), mimetype="text/plain", download_name="a.txt")


async def test_what_is_gone(bare: Quart) -> None:
    for name in ("before_first_request", "wsgi_app"):
        assert not hasattr(bare, name)
    for manager in (bare.app_context(), bare.test_request_context("/"), bare.test_client()):
        assert not hasattr(manager, "__enter__")


async def test_a_def_view_cannot_read_a_body(bare: Quart) -> None:
    @bare.errorhandler(TypeError)
    async def tell(error: TypeError) -> str:
        return str(error)

    @bare.post("/")
    def body() -> str:
        received = request.get_json()
        received.close()
        return str(received["name"])

    answer = await bare.test_client().post("/", json={"name": "ada"})
    assert "not subscriptable" in await answer.get_data(as_text=True)


async def test_a_response_that_nobody_awaited(bare: Quart) -> None:
    response = bare.test_client().get("/")
    with pytest.raises(AttributeError, match="status_code"):
        response.status_code  # noqa: B018 - reading it is the point
    response.close()


async def test_the_dispatcher_never_starts_beside_a_wsgi_app(bare: Quart) -> None:
    started = []
    bare.before_serving(lambda: started.append(1))
    apps = {"/old": AsyncioWSGIMiddleware(Flask("old")), "": bare.asgi_app}
    both = DispatcherMiddleware(apps)
    messages: asyncio.Queue[dict[str, str]] = asyncio.Queue()
    sent: list[Any] = []

    async def send(message: Any) -> None:  # noqa: ANN401 - an ASGI event
        sent.append(message)

    await messages.put({"type": "lifespan.startup"})
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(both({"type": "lifespan", "asgi": {}}, messages.get, send), 0.5)
    assert (started, sent) == ([1], [])


def imported(module: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", f"import {module}"]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)  # noqa: S603 - our own words


def test_flask_patch_is_gone_and_its_successor_fails_on_023() -> None:
    assert "No module named 'quart.flask_patch'" in imported("quart.flask_patch").stderr
    assert version("quart-flask-patch").startswith("0.3")
    assert ("cannot import name 'RequestContext'" in imported("quart_flask_patch").stderr) == IS_023
