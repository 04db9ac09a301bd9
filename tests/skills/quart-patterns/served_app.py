"""`python -m app` with probes that make its behaviour visible to a client."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncGenerator
from pathlib import Path

import app.__main__ as program
from app import create_app
from app.database import transaction
from app.models import User
from app.streaming import stream
from memory import peak_megabytes
from quart import Quart, Response, current_app, request, url_for


async def write_later(path: str) -> None:
    await asyncio.sleep(1)
    Path(path).write_text("done")  # noqa: ASYNC240 - a probe


def add_streams(app: Quart) -> None:
    @app.get("/probe/long/<name>")
    async def long(name: str) -> Response:
        async def parts() -> AsyncGenerator[bytes, None]:
            for number in range(1, 501):
                yield b"x" * 100_000
                app.extensions[name] = number * 100_000

        return await stream(parts(), "application/octet-stream")

    @app.get("/probe/streamed/<name>")
    async def streamed(name: str) -> dict[str, int]:
        return {"bytes": app.extensions[name]}


def create_probed() -> Quart:
    app = create_app()
    add_streams(app)

    @app.get("/probe/sleep/<int:seconds>")
    async def sleep(seconds: int) -> dict[str, int]:
        await asyncio.sleep(seconds)
        return {"slept": seconds}

    @app.get("/probe/insert-and-sleep")
    async def insert_and_sleep() -> dict[str, bool]:
        async with transaction() as session:
            session.add(User(email="gone@example.com", name="Gone", password_hash="-"))  # noqa: S106 - no hash
            await session.flush()
            await asyncio.sleep(60)
        return {"inserted": True}

    @app.post("/probe/task")
    async def task() -> tuple[dict[str, bool], int]:
        current_app.add_background_task(write_later, await request.get_data(as_text=True))
        return {"accepted": True}, 202

    @app.get("/probe/state")
    async def state() -> dict[str, int]:
        return {
            "connections": current_app.extensions["engine"].pool.checkedout(),
            "topics": len(current_app.extensions["hub"].topics),
        }

    @app.get("/probe/peak")
    async def peak() -> dict[str, int]:
        return {"megabytes": peak_megabytes()}

    @app.get("/probe/client")
    async def client() -> dict[str, str | None]:
        return {
            "address": request.remote_addr,
            "version": request.http_version,
            "url": url_for("client", _external=True),
        }

    @app.get("/probe/fail")
    async def fail() -> str:
        raise ValueError(current_app.config["SECRET_KEY"])

    return app


if __name__ == "__main__":
    program.create_app = create_probed
    asyncio.run(program.main(sys.argv[1]))
