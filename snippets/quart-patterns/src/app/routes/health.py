# src/app/routes/health.py
from quart import Blueprint
from sqlalchemy import text

from app.database import transaction

blueprint = Blueprint("health", __name__)


@blueprint.get("/livez")
async def livez() -> dict[str, str]:
    return {"status": "ok"}


@blueprint.get("/readyz")
async def readyz() -> dict[str, str]:
    async with transaction() as session:
        await session.execute(text("select 1"))
    return {"status": "ok"}
