# src/app/routes/health.py
import asyncio
import logging

from quart import Blueprint
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.database import transaction
from app.errors import AppError
from app.lifecycle import current_lifecycle

READY_SECONDS = 2
blueprint = Blueprint("health", __name__)
log = logging.getLogger(__name__)


class NotReady(AppError):
    status, code = 503, "not_ready"


@blueprint.get("/livez")
async def livez() -> dict[str, str]:
    return {"status": "ok"}


@blueprint.get("/readyz")
async def readyz() -> dict[str, str]:
    if current_lifecycle().stopping:
        raise NotReady("Stopping")
    try:
        async with asyncio.timeout(READY_SECONDS), transaction() as session:
            await session.execute(text("select 1"))
    except (SQLAlchemyError, OSError, TimeoutError) as error:
        log.warning("not ready: %s", type(error).__name__)
        raise NotReady("The database does not answer") from error
    return {"status": "ok"}
