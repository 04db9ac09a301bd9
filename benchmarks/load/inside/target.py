"""`target.py bare|taught DESCRIPTOR PROFILE`: serves an application on a listening socket, with a real Hypercorn.

It ends with SIGTERM, and writes to PROFILE, unless that is empty, where its event loop spent its time.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import sys

from hypercorn.asyncio import serve
from hypercorn.config import Config
from profiler import Profiler  # type: ignore[import-not-found] # beside this file
from quart import Quart


def bare() -> Quart:
    """Return Quart with one route and nothing else."""
    app = Quart("bare")

    @app.get("/bare")
    async def hello() -> dict[str, str]:
        return {"hello": "world"}

    return app


def taught() -> Quart:
    """Return the skill's application, with a route of each kind that is measured."""
    from app import create_app  # type: ignore[import-not-found] # noqa: PLC0415 - the project's, on the path
    from app.database import transaction  # type: ignore[import-not-found] # noqa: PLC0415
    from app.schemas import Page, Registration  # type: ignore[import-not-found] # noqa: PLC0415
    from quart_schema import validate_request, validate_response  # type: ignore[import-not-found] # noqa: PLC0415
    from sqlalchemy import text  # type: ignore[import-not-found] # noqa: PLC0415

    app: Quart = create_app()

    @app.get("/load/bare")
    async def hello() -> dict[str, str]:
        return {"hello": "world"}

    @app.post("/load/validated")
    @validate_request(Registration)
    @validate_response(Page)
    async def validated(data: Registration) -> Page:
        return Page(after=len(data.name))

    @app.get("/load/session")
    async def session() -> dict[str, int]:
        async with transaction() as session:
            return {"one": await session.scalar(text("select 1"))}

    return app


async def main(which: str, descriptor: str, profile: str) -> None:
    """Serve until SIGTERM."""
    app = {"bare": bare, "taught": taught}[which]()
    config = Config.from_toml("hypercorn.toml")
    config.bind = [f"fd://{descriptor}"]
    config.errorlog = logging.getLogger("hypercorn.error")
    config.websocket_ping_interval = None  # a thousand pings would be what is measured
    config.graceful_timeout = 1
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    profiler = Profiler(profile)
    await serve(app, config, shutdown_trigger=stop.wait)  # type: ignore[arg-type] # Quart is an ASGI application
    profiler.write()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:4]))
