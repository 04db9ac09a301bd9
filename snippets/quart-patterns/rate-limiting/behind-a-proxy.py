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

# from references/rate-limiting.md > Rate limiting > Behind a proxy

import os.path as _path, sys as _sys  # the example project is imported from its own files
_sys.path[:0] = [_path.abspath(_path.join(__file__, '..', _root)) for _root in ("../src", "..",)]

import asyncio

from hypercorn.middleware import ProxyFixMiddleware
from quart import Quart, request

proxied = Quart("proxied")


@proxied.get("/")
async def who() -> list[str | None]:
    first = request.headers["X-Forwarded-For"].partition(",")[0]
    return [first, request.remote_addr]


async def ask() -> list[str | None]:
    response = await proxied.test_client().get(
        "/",
        headers={"X-Forwarded-For": "6.6.6.6, 203.0.113.9"},  # chosen by the client, appended by the proxy
        scope_base={"client": ("10.0.0.1", 40_000)},
    )
    return await response.get_json()


assert asyncio.run(ask()) == ["6.6.6.6", "10.0.0.1"]
proxied.asgi_app = ProxyFixMiddleware(proxied.asgi_app, mode="legacy", trusted_hops=1)
assert asyncio.run(ask()) == ["6.6.6.6", "203.0.113.9"]
