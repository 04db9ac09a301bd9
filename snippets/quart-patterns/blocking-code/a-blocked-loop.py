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

# from references/blocking-code.md > Blocking code and contexts > A blocked loop

import os.path as _path, sys as _sys  # the example project is imported from its own files
_sys.path[:0] = [_path.abspath(_path.join(__file__, '..', _root)) for _root in ("../src", "..",)]

import asyncio
import time
from collections.abc import Awaitable


async def longest_pause(work: Awaitable[object]) -> float:
    pauses: list[float] = []

    async def beat() -> None:
        while True:
            start = time.perf_counter()
            await asyncio.sleep(0.01)
            pauses.append(time.perf_counter() - start)

    heart = asyncio.create_task(beat())
    await asyncio.sleep(0.05)
    await work
    await asyncio.sleep(0.05)
    heart.cancel()
    return max(pauses)


async def blocking() -> None:
    time.sleep(0.5)


assert asyncio.run(longest_pause(blocking())) >= 0.5
assert asyncio.run(longest_pause(asyncio.to_thread(time.sleep, 0.5))) < 0.4
