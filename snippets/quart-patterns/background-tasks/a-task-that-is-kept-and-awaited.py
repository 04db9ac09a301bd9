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

# from references/background-tasks.md > Background tasks > A task that is kept and awaited

import os.path as _path, sys as _sys  # the example project is imported from its own files
_sys.path[:0] = [_path.abspath(_path.join(__file__, '..', _root)) for _root in ("../src", "..",)]

import asyncio


async def disconnect_while(waiting_for_it: bool) -> bool:
    task = asyncio.create_task(asyncio.sleep(0.05, "result"))

    async def handler() -> None:
        if waiting_for_it:
            await task
        else:
            await asyncio.wait([task])

    handling = asyncio.create_task(handler())
    await asyncio.sleep(0.01)
    assert not handling.done()
    handling.cancel()
    await asyncio.wait([handling, task])
    return task.cancelled()


assert asyncio.run(disconnect_while(waiting_for_it=True)) is True
assert asyncio.run(disconnect_while(waiting_for_it=False)) is False
