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

# from references/observability.md > Observability > Logs with request ids

import os.path as _path, sys as _sys  # the example project is imported from its own files
_sys.path[:0] = [_path.abspath(_path.join(__file__, '..', _root)) for _root in ("../src", "..",)]

import asyncio
from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id")


async def handle(name: str) -> tuple[str, str]:
    global current
    current = name
    request_id.set(name)
    await asyncio.sleep(0.01)  # the other request runs here
    return current, request_id.get()


async def two_requests() -> list[tuple[str, str]]:
    return await asyncio.gather(handle("one"), handle("two"))


assert asyncio.run(two_requests()) == [("two", "one"), ("two", "two")]
