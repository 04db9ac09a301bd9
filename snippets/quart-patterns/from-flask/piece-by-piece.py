# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "aiosqlite>=0.22",
#   "hypercorn>=0.18",
#   "opentelemetry-instrumentation-asgi>=0.61b0",
#   "opentelemetry-sdk>=1.40",
#   "pydantic>=2.12",
#   "pyjwt>=2.10",
#   "pytest-asyncio>=1.5",
#   "pytest>=9",
#   "quart-cors>=0.8",
#   "quart-schema[pydantic]>=0.25",
#   "quart>=0.22",
#   "redis>=8.1",
#   "sqlalchemy[asyncio]>=2.1",
#   "taskiq-redis>=1.2.4",
#   "taskiq>=0.13",
#   "werkzeug>=3.1",
# ]
# ///

# from references/from-flask.md > From Flask > Piece by piece

import os.path as _path, sys as _sys  # the example project is imported from its own files
_sys.path[:0] = [_path.abspath(_path.join(__file__, '..', _root)) for _root in ("../src", "..",)]

import asyncio
from typing import Any

from flask import Flask
from hypercorn.middleware import AsyncioWSGIMiddleware
from hypercorn.typing import ASGIFramework
from quart import Quart

old = Flask("old")
new = Quart("new")


@old.get("/hello")
def hello() -> str:
    return "from Flask"


@old.post("/upload")
def upload() -> str:
    return "received by Flask"


@new.get("/hello")
async def hello_again() -> str:
    return "from Quart"


def mount(prefix: str, mounted: ASGIFramework, app: ASGIFramework) -> ASGIFramework:
    async def dispatch(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["path"].startswith(f"{prefix}/"):
            await mounted(scope | {"root_path": prefix}, receive, send)
        else:
            await app(scope, receive, send)

    return dispatch


flask_app = AsyncioWSGIMiddleware(old, max_body_size=1_048_576)  # 64 KiB by default
new.asgi_app = mount("/old", flask_app, new.asgi_app)


async def ask(method: str, path: str, body: bytes = b"") -> str:
    response = await new.test_client().open(path, method=method, data=body)
    return await response.get_data(as_text=True)


assert asyncio.run(ask("GET", "/hello")) == "from Quart"
assert asyncio.run(ask("GET", "/old/hello")) == "from Flask"
assert asyncio.run(ask("POST", "/old/upload", b"x" * 100_000)) == "received by Flask"
