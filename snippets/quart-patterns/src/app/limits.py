# src/app/limits.py
import logging
import math
import time
from collections.abc import AsyncGenerator
from ipaddress import IPv4Address, ip_address, ip_network

from quart import Quart, current_app, request
from redis.asyncio import Redis
from redis.exceptions import RedisError
from werkzeug.exceptions import TooManyRequests

MAX_KEYS = 10_000
REDIS_SECONDS = 0.5
log = logging.getLogger(__name__)


class Limiter:
    """Counts in windows: the first hit opens one, and it ends `seconds` later."""

    def __init__(self) -> None:
        self.redis: Redis | None = None
        self._windows: dict[str, tuple[float, int]] = {}

    async def hit(self, key: str, limit: int, seconds: int) -> int:
        """Return how many seconds to wait, 0 if the request may pass."""
        if self.redis is not None:
            try:
                count, left = await self._count_together(self.redis, key, seconds)
            except RedisError:
                log.exception("the limiter counts alone")
                count, left = self._count_alone(key, seconds)
        else:
            count, left = self._count_alone(key, seconds)
        return max(1, math.ceil(left)) if count > limit else 0

    async def _count_together(self, redis: Redis, key: str, seconds: int) -> tuple[int, float]:
        async with redis.pipeline(transaction=True) as pipe:  # no key without an end, whatever happens
            pipe.incr(f"limit:{key}")
            pipe.expire(f"limit:{key}", seconds, nx=True)
            pipe.pttl(f"limit:{key}")
            count, _, milliseconds = await pipe.execute()
        return count, milliseconds / 1000

    def _count_alone(self, key: str, seconds: int) -> tuple[int, float]:
        now = time.monotonic()
        end, count = self._windows.get(key, (0.0, 0))
        if end <= now:
            self._make_room(now)
            end, count = now + seconds, 0
        self._windows[key] = (end, count + 1)
        return count + 1, end - now

    def _make_room(self, now: float) -> None:
        if len(self._windows) < MAX_KEYS:
            return
        self._windows = {key: window for key, window in self._windows.items() if window[0] > now}
        if len(self._windows) >= MAX_KEYS:
            del self._windows[min(self._windows, key=lambda key: self._windows[key][0])]


def client_network() -> str:
    """The address of the client; for IPv6 its network, since one client owns all of a /64."""
    name = request.remote_addr or ""
    try:
        address = ip_address(name)
    except ValueError:  # a Unix socket, the test client
        return name
    if isinstance(address, IPv4Address):
        return name
    if address.ipv4_mapped:  # how a socket that serves both tells a client of IPv4
        return str(address.ipv4_mapped)
    return str(ip_network((address, 64), strict=False))


async def limit_rate(key: str, limit: int, seconds: int) -> None:
    wait = await current_app.extensions["limiter"].hit(key, limit, seconds)
    if wait:
        raise TooManyRequests("Too many requests", retry_after=wait)


def init_limits(app: Quart) -> None:
    limiter = app.extensions["limiter"] = Limiter()
    url = app.config["REDIS_URL"]

    @app.while_serving
    async def count_together() -> AsyncGenerator[None, None]:
        if url is None:
            yield
            return
        async with Redis.from_url(url, socket_timeout=REDIS_SECONDS, socket_connect_timeout=REDIS_SECONDS) as redis:
            limiter.redis = redis
            yield
            limiter.redis = None
