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

# from references/background-tasks.md > Background tasks > A queue

import os.path as _path, sys as _sys  # the example project is imported from its own files
_sys.path[:0] = [_path.abspath(_path.join(__file__, '..', _root)) for _root in ("../src", "..",)]

import asyncio

from taskiq import InMemoryBroker, SimpleRetryMiddleware


async def attempts(broker: InMemoryBroker) -> int:
    calls = 0

    @broker.task(retry_on_error=True)
    async def flaky() -> None:
        nonlocal calls
        calls += 1
        raise ValueError(calls)

    await flaky.kiq()
    return calls


assert asyncio.run(attempts(InMemoryBroker(await_inplace=True))) == 1
retrying = InMemoryBroker(await_inplace=True).with_middlewares(SimpleRetryMiddleware())
assert asyncio.run(attempts(retrying)) == 3
