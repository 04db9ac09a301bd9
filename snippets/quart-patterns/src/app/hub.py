# src/app/hub.py
import asyncio
import contextlib
import json
import logging
from collections.abc import AsyncGenerator, Iterator

from quart import Quart, current_app
from redis.asyncio import Redis
from redis.exceptions import RedisError

CHANNEL = "app:hub"
QUEUE_SIZE = 64
MAX_TOPICS = 16
RETRY_SECONDS = 1
log = logging.getLogger(__name__)


class SlowConsumer(Exception):
    """The client reads more slowly than its topics speak."""


class Subscriber:
    def __init__(self) -> None:
        self.topics: set[str] = set()
        self._queue: asyncio.Queue[str] = asyncio.Queue(QUEUE_SIZE)
        self._overflowed = False

    def offer(self, message: str) -> None:
        try:
            self._queue.put_nowait(message)
        except asyncio.QueueFull:
            self._overflowed = True

    async def next(self) -> str:
        if self._overflowed:
            raise SlowConsumer
        return await self._queue.get()


class Hub:
    def __init__(self) -> None:
        self.topics: dict[str, set[Subscriber]] = {}
        self.redis: Redis | None = None

    @contextlib.contextmanager
    def subscriber(self, *topics: str) -> Iterator[Subscriber]:
        subscriber = Subscriber()
        for topic in topics:
            self.join(subscriber, topic)
        try:
            yield subscriber
        finally:
            for topic in list(subscriber.topics):
                self.leave(subscriber, topic)

    def join(self, subscriber: Subscriber, topic: str) -> bool:
        if topic not in subscriber.topics and len(subscriber.topics) >= MAX_TOPICS:
            return False
        subscriber.topics.add(topic)
        self.topics.setdefault(topic, set()).add(subscriber)
        return True

    def leave(self, subscriber: Subscriber, topic: str) -> None:
        subscriber.topics.discard(topic)
        members = self.topics.get(topic, set())
        members.discard(subscriber)
        if not members:
            self.topics.pop(topic, None)

    def deliver(self, topic: str, message: str) -> None:
        for subscriber in self.topics.get(topic, ()):  # no await: the set cannot change meanwhile
            subscriber.offer(message)

    async def publish(self, topic: str, message: str) -> None:
        if self.redis is None:
            self.deliver(topic, message)
        else:
            await self.redis.publish(CHANNEL, json.dumps([topic, message]))

    async def relay(self, redis: Redis) -> None:
        while True:
            try:
                async with redis.pubsub() as pubsub:
                    await pubsub.subscribe(CHANNEL)
                    async for event in pubsub.listen():
                        if event["type"] == "message":
                            self.deliver(*json.loads(event["data"]))
            except (RedisError, TypeError, ValueError):  # gone, or somebody else's message
                log.exception("the relay stumbled and tries again")
                await asyncio.sleep(RETRY_SECONDS)


def current_hub() -> Hub:
    hub: Hub = current_app.extensions["hub"]
    return hub


def init_hub(app: Quart) -> None:
    hub = app.extensions["hub"] = Hub()
    url = app.config["REDIS_URL"]

    @app.while_serving
    async def share() -> AsyncGenerator[None, None]:
        if url is None:
            yield
            return
        async with Redis.from_url(url) as redis:
            hub.redis = redis
            relay = asyncio.create_task(hub.relay(redis))
            yield
            hub.redis = None
            relay.cancel()
            await asyncio.wait([relay])
