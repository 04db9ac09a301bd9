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

# from references/blocking-code.md > Blocking code and contexts > Where the context is

import os.path as _path, sys as _sys  # the example project is imported from its own files
_sys.path[:0] = [_path.abspath(_path.join(__file__, '..', _root)) for _root in ("../src", "..",)]

import asyncio

from quart import Quart, current_app, websocket

proxies = Quart("proxies")
names: list[str] = []
members = [websocket, websocket]  # as two sockets would add themselves


def name_of(app: Quart) -> str:
    try:
        return app.name
    except RuntimeError:
        return "lost"


@proxies.get("/")
async def index() -> str:
    for passed in (current_app, current_app._get_current_object()):
        names.append(await asyncio.get_running_loop().run_in_executor(None, name_of, passed))
    return ""


@proxies.websocket("/")
async def room() -> None:
    for member in members:
        await member.send(await websocket.receive())


async def try_both() -> list[object]:
    client = proxies.test_client()
    assert (await client.get("/")).status_code == 200
    async with client.websocket("/") as one, client.websocket("/"):
        for word in ("for one", "for the other"):
            await one.send(word)
        return [await asyncio.wait_for(one.receive(), 2) for _ in members]


assert asyncio.run(try_both()) == ["for one", "for the other"]  # the other socket hears nothing
assert names == ["lost", "proxies"]
