# src/app/hardening.py
from typing import Any

from hypercorn.typing import ASGIFramework, ASGIReceiveCallable, ASGISendCallable, Scope
from quart import Quart, Response, request, wrappers
from quart_cors import cors

# Quart 0.23 and later keep the whole body in memory before MAX_CONTENT_LENGTH is looked at
BODY_IS_UNBOUNDED = hasattr(wrappers.base, "ClientDisconnectedError")


class BodyLimit:
    """ASGI middleware: answer 413 and stop reading once a body is longer than `limit`."""

    def __init__(self, app: ASGIFramework, limit: int) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        received = 0
        started = False

        async def counted_receive() -> Any:
            nonlocal received
            event = await receive()
            if event["type"] == "http.request":
                received += len(event["body"])
                if received > self.limit:
                    return {"type": "http.disconnect"}  # Quart cancels the handler
            return event

        async def guarded_send(event: Any) -> None:
            nonlocal started
            if received <= self.limit or started:
                started = True
                await send(event)

        await self.app(scope, counted_receive, guarded_send)
        if received > self.limit and not started:
            headers = [(b"connection", b"close"), (b"content-length", b"0")]
            await send({"type": "http.response.start", "status": 413, "headers": headers})
            await send({"type": "http.response.body", "body": b"", "more_body": False})


def init_hardening(app: Quart) -> None:
    @app.after_request
    async def headers(response: Response) -> Response:
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "no-referrer")
        response.headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        response.headers.setdefault("Cache-Control", "no-store")
        if request.scheme == "https":
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        return response

    if app.config["ALLOWED_ORIGINS"]:
        cors(
            app,
            allow_origin=app.config["ALLOWED_ORIGINS"],
            allow_headers=["Authorization", "Content-Type"],
            allow_methods=["GET", "POST"],
        )
    if BODY_IS_UNBOUNDED:
        app.asgi_app = BodyLimit(app.asgi_app, app.config["MAX_CONTENT_LENGTH"])  # type: ignore[method-assign]
