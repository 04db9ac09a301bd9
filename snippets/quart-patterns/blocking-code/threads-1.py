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

# from references/blocking-code.md > Blocking code and contexts > Threads

import os.path as _path, sys as _sys  # the example project is imported from its own files
_sys.path[:0] = [_path.abspath(_path.join(__file__, '..', _root)) for _root in ("../src", "..",)]

import asyncio

from quart import Quart, request
from quart.utils import run_sync

threads = Quart("threads")


@threads.errorhandler(RuntimeError)
@threads.errorhandler(TypeError)
async def tell(error: Exception) -> str:
    return str(error)


def path() -> str:
    return request.path


@threads.get("/<way>")
async def show(way: str) -> str:
    match way:
        case "to-thread":
            return await asyncio.to_thread(path)
        case "run-sync":
            return await run_sync(path)()
        case "executor":
            return await asyncio.get_running_loop().run_in_executor(None, path)
        case _:
            return await run_sync(path)


async def answer(way: str) -> str:
    response = await threads.test_client().get(f"/{way}")
    return await response.get_data(as_text=True)


async def answers() -> list[str]:
    return [await answer(way) for way in ("to-thread", "run-sync", "executor", "no-call")]


right, also_right, without_context, not_called = asyncio.run(answers())
assert (right, also_right) == ("/to-thread", "/run-sync")
assert "Not within a request context" in without_context
assert "await" in not_called  # object function can't be used in 'await' expression
