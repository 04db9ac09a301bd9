# src/app/observability.py
import json
import logging
import re
import sys
import time
from collections.abc import Iterable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from hypercorn.typing import ASGIFramework, ASGIReceiveCallable, ASGISendCallable, Scope
from quart import Quart
from sqlalchemy.engine import make_url

GIVEN_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
QUIET = {"/livez", "/readyz"}
request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
log = logging.getLogger(__name__)


class JsonFormatter(logging.Formatter):
    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        self._secrets = [json.dumps(secret)[1:-1] for secret in secrets]

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": request_id.get(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            entry["error"] = self.formatException(record.exc_info)
        text = json.dumps(entry, default=str)
        for secret in self._secrets:
            text = text.replace(secret, "[secret]")
        return text


def secrets_of(app: Quart) -> list[str]:
    urls = [url for url in (app.config["DATABASE_URL"], app.config["REDIS_URL"]) if url]
    passwords = {find(url).password for url in urls for find in (make_url, urlsplit)}  # decoded, and as it is written
    return [app.config["SECRET_KEY"], *filter(None, passwords)]


def configure_logging(app: Quart) -> None:
    """For the process that serves; a test or a worker has its own."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonFormatter(secrets_of(app)))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)


class RequestLog:
    """ASGI middleware: an id for each request, sent back as X-Request-ID, and one line when it is over."""

    def __init__(self, app: ASGIFramework) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        given = dict(scope["headers"]).get(b"x-request-id", b"").decode("latin1")
        identity = given if GIVEN_ID.fullmatch(given) else uuid4().hex
        status: int | None = None

        async def marked_send(event: Any) -> None:
            nonlocal status
            if event["type"] in {"http.response.start", "websocket.http.response.start", "websocket.accept"}:
                status = event.get("status", 101)
                event = {**event, "headers": [*event["headers"], (b"x-request-id", identity.encode())]}
            await send(event)

        token = request_id.set(identity)
        start = time.perf_counter()
        try:
            await self.app(scope, receive, marked_send)
        finally:
            fields = {
                "method": "WEBSOCKET" if scope["type"] == "websocket" else scope["method"],
                "path": scope["path"],  # without the query: it may hold secrets
                "status": status,
                "milliseconds": round(1000 * (time.perf_counter() - start), 1),
                "client": (scope.get("client") or ("",))[0],
            }
            level = logging.DEBUG if scope["path"] in QUIET else logging.INFO
            log.log(level, "request", extra={"fields": fields})
            request_id.reset(token)
