# src/app/routes/jobs.py
import asyncio

from quart import Blueprint, g
from quart_schema import validate_response
from sqlalchemy import func, select

from app.database import transaction
from app.jobs import current_jobs
from app.limits import limit_rate
from app.models import User
from app.schemas import JobOut
from app.security import login_required

blueprint = Blueprint("jobs", __name__, url_prefix="/jobs")


async def count_users() -> int:
    async with transaction() as session:
        return await session.scalar(select(func.count()).select_from(User)) or 0


def outcome(task: asyncio.Task[int]) -> tuple[str, int | None]:
    if not task.done():
        return "running", None
    if task.cancelled() or task.exception():
        return "failed", None
    return "done", task.result()


@blueprint.post("/user-count")
@login_required
@validate_response(JobOut, 202)
async def start() -> tuple[JobOut, int]:
    await limit_rate(f"jobs:{g.user_id}", limit=30, seconds=60)  # one user must not take all places
    return JobOut(job=current_jobs().start(g.user_id, count_users), state="running"), 202


@blueprint.get("/<job_id>")
@login_required
@validate_response(JobOut)
async def show(job_id: str) -> JobOut:
    task = await current_jobs().wait(job_id, g.user_id, seconds=1)
    state, result = outcome(task)
    return JobOut(job=job_id, state=state, result=result)
