# src/app/tasks.py
import logging
import os
from collections.abc import AsyncGenerator

from quart import Quart
from taskiq import AsyncBroker, InMemoryBroker, SimpleRetryMiddleware, TaskiqEvents, TaskiqState
from taskiq.exceptions import SendTaskError
from taskiq.serializers import JSONSerializer
from taskiq_redis import RedisAsyncResultBackend, RedisStreamBroker

from app.database import transaction
from app.models import User, now

MAX_TASKS = 100_000
log = logging.getLogger(__name__)


def make_broker(url: str | None) -> AsyncBroker:
    broker: AsyncBroker = InMemoryBroker(await_inplace=True)
    if url:
        results = RedisAsyncResultBackend[object](url, result_ex_time=3600, serializer=JSONSerializer())
        broker = RedisStreamBroker(url, maxlen=MAX_TASKS).with_result_backend(results)
    return broker.with_middlewares(SimpleRetryMiddleware(default_retry_count=3))


# read at import: the worker finds this module by its name
broker = make_broker(os.environ.get("QUART_REDIS_URL"))


@broker.task(retry_on_error=True, timeout=30)
async def welcome(user_id: int) -> bool:
    """Safe to run twice: a queue delivers at least once."""
    async with broker.state.app.app_context(), transaction() as session:
        user = await session.get(User, user_id)
        if user is None or user.welcomed_at:
            return False
        user.welcomed_at = now()
        return True


async def enqueue_welcome(user_id: int) -> None:
    try:
        await welcome.kiq(user_id)
    except SendTaskError:  # the user exists already: an answer of 500 would be wrong
        log.exception("no welcome for user %s", user_id)


def init_tasks(app: Quart) -> None:
    @app.while_serving
    async def connect() -> AsyncGenerator[None, None]:
        broker.state.app = app
        is_client = not broker.is_worker_process
        if is_client:
            await broker.startup()
        yield
        if is_client:
            await broker.shutdown()


def worker() -> AsyncBroker:
    """What `taskiq worker app.tasks:worker` calls."""
    from app import create_app  # noqa: PLC0415 - app imports this module

    app = create_app()

    async def start(_: TaskiqState) -> None:
        await app.startup()

    async def stop(_: TaskiqState) -> None:
        await app.shutdown()

    broker.add_event_handler(TaskiqEvents.WORKER_STARTUP, start)
    broker.add_event_handler(TaskiqEvents.WORKER_SHUTDOWN, stop)
    return broker
