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

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine


async def while_connected(engine: AsyncEngine) -> AsyncGenerator[int, None]:
    async with engine.connect() as connection:
        for number in (await connection.execute(text("select 1"))).scalars():
            yield number


async def before_and_after(engine: AsyncEngine) -> AsyncGenerator[int, None]:
    async with engine.connect() as connection:
        numbers = (await connection.execute(text("select 1"))).scalars().all()
    for number in numbers:
        yield number


async def connections_while_the_client_reads(parts: AsyncGenerator[int, None], engine: AsyncEngine) -> list[int]:
    await anext(parts)
    taken = [engine.pool.checkedout()]
    await parts.aclose()
    taken.append(engine.pool.checkedout())
    await engine.dispose()
    return taken


def count(generate: object) -> list[int]:
    engine = create_async_engine("sqlite+aiosqlite:///stream.db")
    return asyncio.run(connections_while_the_client_reads(generate(engine), engine))


assert count(while_connected) == [1, 0]  # until the client has gone
assert count(before_and_after) == [0, 0]
