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

# from references/background-tasks.md > Background tasks > The app's own tasks

import os.path as _path, sys as _sys  # the example project is imported from its own files
_sys.path[:0] = [_path.abspath(_path.join(__file__, '..', _root)) for _root in ("../src", "..",)]

import asyncio

from quart import Quart

finished: list[str] = []


async def work(name: str, seconds: float = 0.1) -> None:
    await asyncio.sleep(seconds)
    finished.append(name)


async def stop_serving() -> None:
    app = Quart("demo")
    async with app.test_app():
        app.add_background_task(work, "known to Quart")
        stray = asyncio.create_task(work("stray", seconds=0.3))
    assert not stray.done()  # serving is over, the loop ends, and the task is cancelled


asyncio.run(stop_serving())
assert finished == ["known to Quart"]
