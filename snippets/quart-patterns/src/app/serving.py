# src/app/serving.py
from hypercorn.middleware import ProxyFixMiddleware
from hypercorn.typing import ASGIFramework, ASGIReceiveCallable, ASGISendCallable, Scope
from quart import Quart

from app.lifecycle import init_lifecycle
from app.observability import RequestLog

SOCKET_SCHEMES = {"http": "ws", "https": "wss"}


class SocketScheme:
    """ASGI middleware: proxies forward `https` for a socket, and Quart has sockets at `wss` only."""

    def __init__(self, app: ASGIFramework) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        if scope["type"] == "websocket":
            scope["scheme"] = SOCKET_SCHEMES.get(scope["scheme"], scope["scheme"])
        await self.app(scope, receive, send)


def init_serving(app: Quart) -> None:
    init_lifecycle(app)
    app.asgi_app = RequestLog(app.asgi_app)  # type: ignore[method-assign]
    if hops := app.config["TRUSTED_HOPS"]:
        inner = SocketScheme(app.asgi_app)
        app.asgi_app = ProxyFixMiddleware(inner, mode="legacy", trusted_hops=hops)  # type: ignore[method-assign]
