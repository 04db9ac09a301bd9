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
from collections.abc import AsyncGenerator, Awaitable, Callable

from quart import Quart, copy_current_request_context, request

app = Quart("contexts")
work: asyncio.Queue[Callable[[], Awaitable[None]]] = asyncio.Queue()
seen: list[str] = []


@app.while_serving
async def worker() -> AsyncGenerator[None, None]:
    async def consume() -> None:
        while True:
            job = await work.get()
            try:
                await job()
            except RuntimeError:  # "Not within a request context", on 0.23.1 "There is no request in this context"
                seen.append("lost")
            work.task_done()

    task = asyncio.create_task(consume())
    yield
    task.cancel()


async def note() -> None:
    seen.append(request.path)


@app.get("/bare")
async def bare() -> str:
    await work.put(note)
    return ""


@app.get("/wrapped")
async def wrapped() -> str:
    await work.put(copy_current_request_context(note))
    return ""


async def ask() -> None:
    async with app.test_app():
        for path in ("/bare", "/wrapped"):
            response = await app.test_client().get(path)
            assert response.status_code == 200
            await work.join()


asyncio.run(ask())
assert seen == ["lost", "/wrapped"]
