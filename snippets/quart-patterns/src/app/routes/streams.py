# src/app/routes/streams.py
import asyncio
import json
from collections.abc import AsyncGenerator

from quart import Blueprint, Response, current_app, request
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from werkzeug.exceptions import RequestTimeout

from app.hub import current_hub
from app.lifecycle import current_lifecycle
from app.models import User
from app.schemas import UserOut
from app.security import login_required
from app.streaming import events, lines, stream

PAGE = 100
LONGEST_LINE = 4096
blueprint = Blueprint("streams", __name__, url_prefix="/streams")


async def user_lines(sessions: async_sessionmaker[AsyncSession]) -> AsyncGenerator[bytes, None]:
    page = select(User).order_by(User.id).limit(PAGE)
    last_id = 0
    while True:
        async with sessions() as session:
            users = (await session.scalars(page.where(User.id > last_id))).all()
        if not users:
            return
        for user in users:  # the connection is free again while the client reads
            yield UserOut.model_validate(user).model_dump_json().encode() + b"\n"
        last_id = users[-1].id


@blueprint.get("/users.ndjson")
@login_required
async def export_users() -> Response:
    return await stream(user_lines(current_app.extensions["sessions"]), "application/x-ndjson")


@blueprint.get("/topics/<string(maxlength=64):topic>")
@login_required
async def listen(topic: str) -> Response:
    return await stream(events(current_hub(), current_lifecycle(), f"topic:{topic}"), "text/event-stream")


@blueprint.post("/topics/<string(maxlength=64):topic>")
@login_required
async def speak(topic: str) -> dict[str, int]:
    """Publish each line of the body as text, in the form that the socket gives it."""
    count = 0
    try:
        async with asyncio.timeout(current_app.config["BODY_TIMEOUT"]):
            async for line in lines(request.body, LONGEST_LINE):
                message = {"topic": topic, "data": line.decode(errors="replace")}
                await current_hub().publish(f"topic:{topic}", json.dumps(message))
                count += 1
    except TimeoutError as error:
        raise RequestTimeout from error
    return {"published": count}
