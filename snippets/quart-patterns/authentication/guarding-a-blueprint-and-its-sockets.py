# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "aiosqlite>=0.22",
#   "hypercorn>=0.18",
#   "opentelemetry-instrumentation-asgi>=0.61b0",
#   "opentelemetry-sdk>=1.40",
#   "pydantic>=2.12",
#   "pyjwt>=2.10",
#   "pytest-asyncio>=1.5",
#   "pytest>=9",
#   "quart-cors>=0.8",
#   "quart-schema[pydantic]>=0.25",
#   "quart>=0.22",
#   "redis>=8.1",
#   "sqlalchemy[asyncio]>=2.1",
#   "taskiq-redis>=1.2.4",
#   "taskiq>=0.13",
#   "werkzeug>=3.1",
# ]
# ///

# from references/authentication.md > Authentication > Guarding a blueprint and its sockets

import os.path as _path, sys as _sys  # the example project is imported from its own files
_sys.path[:0] = [_path.abspath(_path.join(__file__, '..', _root)) for _root in ("../src", "..",)]

import asyncio

from quart import Blueprint, Quart, abort, request, websocket

half_guarded = Blueprint("private", __name__)


@half_guarded.before_request
async def guard() -> None:
    if "Authorization" not in request.headers:
        abort(401)


@half_guarded.get("/page")
async def page() -> str:
    return "secret"


@half_guarded.websocket("/socket")
async def socket() -> None:
    await websocket.send("secret")


async def visit() -> tuple[int, object]:
    app = Quart("half")
    app.register_blueprint(half_guarded)
    client = app.test_client()
    guarded = await client.get("/page", headers={"Authorization": "Bearer ..."})
    assert guarded.status_code == 200
    status = (await client.get("/page")).status_code
    async with client.websocket("/socket") as opened:
        return status, await asyncio.wait_for(opened.receive(), 2)


assert asyncio.run(visit()) == (401, "secret")
