"""The skill's application with probes that make its behaviour visible to a client."""

from __future__ import annotations

import asyncio
from pathlib import Path

from app import create_app, streaming
from app.database import transaction
from app.jobs import current_jobs
from app.models import User
from memory import peak_megabytes
from quart import Quart, current_app, request, websocket
from quart_cors import cors_exempt
from sqlalchemy import func, select

streaming.HEARTBEAT_SECONDS, streaming.STREAM_SECONDS = 0.05, 0.1  # whoever asks for a stream sees its end, too
app: Quart = create_app({"SOCKET_SEND_SECONDS": 1.0, "SESSION_CHECK_SECONDS": 0.2})


@app.get("/probe/state")
async def state() -> dict[str, int]:
    async with transaction() as session:
        users = await session.scalar(select(func.count()).select_from(User))
    return {
        "users": users or 0,
        "connections": current_app.extensions["engine"].pool.checkedout(),
        "topics": len(current_app.extensions["hub"].topics),
        "members": sum(map(len, current_app.extensions["hub"].topics.values())),
        "peak_megabytes": peak_megabytes(),
    }


@app.post("/probe/slow-insert")
async def slow_insert() -> dict[str, bool]:
    async with transaction() as session:
        session.add(User(email="gone@example.com", name="Gone", password_hash="-"))  # noqa: S106 - no hash
        await session.flush()
        await asyncio.sleep(1)
    return {"inserted": True}


async def write(path: str) -> None:
    await asyncio.sleep(0.5)
    Path(path).write_text("done")  # noqa: ASYNC240 - a probe


@app.post("/probe/write")
async def write_later() -> dict[str, bool]:
    paths = await request.get_json()
    current_app.add_background_task(write, paths["task"])
    current_jobs().start(1, write, paths["job"])
    return {"accepted": True}


@app.get("/probe/slow")
async def slow() -> dict[str, bool]:
    await asyncio.sleep(0.5)
    return {"finished": True}


@app.post("/probe/ignore-body")
async def ignore_body() -> dict[str, bool]:
    await asyncio.sleep(1)
    return {"ignored": True}


@app.websocket("/ws/probe/close-before-accept")
@cors_exempt
async def close_before_accept() -> None:
    await websocket.close(1008, "never seen")


@app.websocket("/ws/probe/end")
@cors_exempt
async def end() -> None:
    await websocket.accept()
