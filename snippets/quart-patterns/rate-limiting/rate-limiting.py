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

# from references/rate-limiting.md > Rate limiting

import os.path as _path, sys as _sys  # the example project is imported from its own files
_sys.path[:0] = [_path.abspath(_path.join(__file__, '..', _root)) for _root in ("../src", "..",)]

import asyncio

counts: dict[str, int] = {}


async def read_then_write(key: str, limit: int) -> bool:
    count = counts.get(key, 0)
    await asyncio.sleep(0)  # the round trip to Redis
    counts[key] = count + 1
    return count < limit


async def guess() -> list[bool]:
    return await asyncio.gather(*(read_then_write("login", 5) for _ in range(100)))


assert asyncio.run(guess()).count(True) == 100  # the limit was 5
assert counts == {"login": 1}
