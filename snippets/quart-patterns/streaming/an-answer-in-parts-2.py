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

# from references/streaming.md > Streaming > An answer in parts

import os.path as _path, sys as _sys  # the example project is imported from its own files
_sys.path[:0] = [_path.abspath(_path.join(__file__, '..', _root)) for _root in ("../src", "..",)]

import asyncio
from collections.abc import AsyncGenerator

from quart import Quart, request

app = Quart("demo")


@app.get("/")
async def index() -> AsyncGenerator[str, None]:
    async def parts() -> AsyncGenerator[str, None]:
        yield "hello "
        yield request.path

    return parts()


try:
    asyncio.run(app.test_client().get("/"))
except* RuntimeError as group:  # 0.22 raises the error itself, 0.23 a group
    problems = [str(error) for error in group.exceptions]
assert ["request context" in problem for problem in problems] == [True]
