# src/app/jobs.py
import asyncio
import logging
import secrets
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any, NamedTuple, ParamSpec

from quart import Quart, current_app

from app.errors import Busy, NotFound

P = ParamSpec("P")
log = logging.getLogger(__name__)


class Job(NamedTuple):
    owner: int
    task: asyncio.Task[Any]


class Jobs:
    def __init__(self, app: Quart, limit: int = 100) -> None:
        self._app = app
        self._limit = limit
        self._jobs: dict[str, Job] = {}

    def start(self, owner: int, work: Callable[P, Awaitable[Any]], *args: P.args, **kwargs: P.kwargs) -> str:
        self._make_room()
        job_id = secrets.token_urlsafe(16)
        task = asyncio.create_task(self._run(work, *args, **kwargs), name=job_id)
        task.add_done_callback(log_failure)
        self._jobs[job_id] = Job(owner, task)
        return job_id

    async def wait(self, job_id: str, owner: int, seconds: float) -> asyncio.Task[Any]:
        job = self._jobs.get(job_id)
        if job is None or job.owner != owner:
            raise NotFound("Job not found")
        await asyncio.wait([job.task], timeout=seconds)  # a cancelled wait leaves the task alone
        return job.task

    async def close(self, grace: float) -> None:
        tasks = [job.task for job in self._jobs.values()]
        if tasks:
            _, unfinished = await asyncio.wait(tasks, timeout=grace)
            for task in unfinished:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, work: Callable[P, Awaitable[Any]], *args: P.args, **kwargs: P.kwargs) -> Any:
        async with self._app.app_context(), asyncio.timeout(self._app.config["JOB_SECONDS"]):
            return await work(*args, **kwargs)

    def _make_room(self) -> None:
        if len(self._jobs) < self._limit:
            return
        finished = next((key for key, job in self._jobs.items() if job.task.done()), None)
        if finished is None:
            raise Busy("Too many jobs are running")
        del self._jobs[finished]


def log_failure(task: asyncio.Task[Any]) -> None:
    if not task.cancelled() and (error := task.exception()):
        log.error("job %s failed", task.get_name(), exc_info=error)


def current_jobs() -> Jobs:
    jobs: Jobs = current_app.extensions["jobs"]
    return jobs


def init_jobs(app: Quart) -> None:
    @app.while_serving
    async def keep_jobs() -> AsyncGenerator[None, None]:
        jobs = app.extensions["jobs"] = Jobs(app)
        yield
        await jobs.close(grace=4)
