# src/app/lifecycle.py
import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

from hypercorn.typing import ASGIFramework, ASGIReceiveCallable, ASGISendCallable, Scope
from quart import Quart, current_app


class Lifecycle:
    """ASGI middleware that ends what is under way: sockets and streams first, requests last."""

    def __init__(self, app: ASGIFramework) -> None:
        self.app = app
        self.stopping = False
        self._ends: dict[str, float] = {}
        self._limits: dict[str, set[asyncio.Timeout]] = {"http": set(), "websocket": set(), "stream": set()}

    async def drain(self, notice: float, grace: float) -> None:
        """Be unready, give the proxy `notice` seconds to see that, and requests `grace` seconds more."""
        self.stopping = True
        await asyncio.sleep(notice)
        self._end("stream", 0)
        self._end("websocket", 0)
        self._end("http", grace)

    def _end(self, kind: str, seconds: float) -> None:
        end = self._ends[kind] = asyncio.get_running_loop().time() + seconds
        for limit in self._limits[kind]:
            if not limit.expired():
                limit.reschedule(min(end, limit.when() or end))

    def is_over(self, kind: str) -> bool:
        return asyncio.get_running_loop().time() >= self._ends.get(kind, float("inf"))

    @contextlib.asynccontextmanager
    async def until_the_end(self, kind: str, seconds: float = float("inf")) -> AsyncIterator[None]:
        """Raise TimeoutError after `seconds`, or when this kind of work must end."""
        end = asyncio.get_running_loop().time() + seconds
        when = min(end, self._ends.get(kind, end))
        async with asyncio.timeout_at(when if when < float("inf") else None) as limit:
            self._limits[kind].add(limit)
            try:
                yield
            finally:
                self._limits[kind].discard(limit)

    async def __call__(self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        kind = scope["type"]
        if kind == "lifespan":
            await self.app(scope, receive, send)
            return
        ended, last = False, ""

        async def receive_or_end() -> Any:
            nonlocal ended
            try:
                async with self.until_the_end(kind):
                    return await receive()
            except TimeoutError:
                ended = True
                return {"type": f"{kind}.disconnect", "code": 1012}  # Quart cancels the handler

        async def watched_send(event: Any) -> None:
            nonlocal last
            last = event["type"]
            await send(event)

        await self.app(scope, receive_or_end, watched_send)
        if ended and last in {"websocket.accept", "websocket.send"}:
            await send({"type": "websocket.close", "code": 1012, "reason": "restart"})
        elif ended and kind == "http" and not last:
            headers = [(b"content-length", b"0"), (b"connection", b"close"), (b"retry-after", b"1")]
            await send({"type": "http.response.start", "status": 503, "headers": headers})
            await send({"type": "http.response.body", "body": b"", "more_body": False})


def current_lifecycle() -> Lifecycle:
    lifecycle: Lifecycle = current_app.extensions["lifecycle"]
    return lifecycle


def init_lifecycle(app: Quart) -> None:
    lifecycle = app.extensions["lifecycle"] = Lifecycle(app.asgi_app)
    app.asgi_app = lifecycle  # type: ignore[method-assign]
