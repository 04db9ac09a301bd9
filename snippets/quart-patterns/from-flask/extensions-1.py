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

# from references/from-flask.md > From Flask > Extensions

import os.path as _path, sys as _sys  # the example project is imported from its own files
_sys.path[:0] = [_path.abspath(_path.join(__file__, '..', _root)) for _root in ("../src", "..",)]

import asyncio

import flask
from quart import Quart

host = Quart("host")
found: list[str] = []


@host.get("/")
async def like_an_extension() -> str:
    for proxy in (flask.request, flask.g, flask.current_app):
        try:
            bool(proxy.name)
        except RuntimeError as error:
            found.append(str(error).splitlines()[0])
    return ""


response = asyncio.run(host.test_client().get("/"))
assert response.status_code == 200
working = "Working outside of"
assert found == [f"{working} request context.", *[f"{working} application context."] * 2]
