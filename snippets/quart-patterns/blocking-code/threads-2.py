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
import time

import pytest

ended: list[str] = []


def hang() -> None:
    time.sleep(0.3)
    ended.append("after the timeout")


async def give_up() -> None:
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(asyncio.to_thread(hang), 0.1)
    assert ended == []


asyncio.run(give_up())  # waits for the thread at its end
assert ended == ["after the timeout"]
