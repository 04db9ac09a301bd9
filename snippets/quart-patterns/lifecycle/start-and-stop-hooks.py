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

# from references/lifecycle.md > Lifecycle > Start and stop hooks

import os.path as _path, sys as _sys  # the example project is imported from its own files
_sys.path[:0] = [_path.abspath(_path.join(__file__, '..', _root)) for _root in ("../src", "..",)]

import asyncio

from quart import Quart

app = Quart("demo")
order: list[str] = []


@app.before_serving
async def before() -> None:
    order.append("before_serving")


@app.while_serving
async def outer():
    order.append("outer opens")
    yield
    order.append("outer closes")


@app.while_serving
async def inner():
    order.append("inner opens")
    yield
    order.append("inner closes")


@app.after_serving
async def after() -> None:
    order.append("after_serving")


async def task() -> None:
    order.append("task starts")
    await app.shutdown_event.wait()
    order.append("task ends")


async def serve() -> None:
    async with app.test_app():
        app.add_background_task(task)
        await asyncio.sleep(0)
        order.append("serving")


asyncio.run(serve())
opened, closed = order[:5], order[5:]
assert opened == ["before_serving", "outer opens", "inner opens", "task starts", "serving"]
assert closed == ["task ends", "inner closes", "outer closes", "after_serving"]
