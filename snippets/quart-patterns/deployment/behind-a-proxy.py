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

# from references/deployment.md > Deployment > Behind a proxy

import os.path as _path, sys as _sys  # the example project is imported from its own files
_sys.path[:0] = [_path.abspath(_path.join(__file__, '..', _root)) for _root in ("../src", "..",)]

import asyncio

from hypercorn.middleware import ProxyFixMiddleware
from quart import Quart, request


async def client_seen(hops: int, forwarded_for: str) -> str:
    app = Quart("demo")

    @app.get("/")
    async def who() -> str:
        return str(request.remote_addr)

    app.asgi_app = ProxyFixMiddleware(app.asgi_app, trusted_hops=hops)  # type: ignore[method-assign]
    response = await app.test_client().get("/", headers={"X-Forwarded-For": forwarded_for})
    return await response.get_data(as_text=True)


forged = "10.0.0.1, 203.0.113.9"  # the client wrote the first, our one proxy the second
assert asyncio.run(client_seen(1, forged)) == "203.0.113.9"
assert asyncio.run(client_seen(2, forged)) == "10.0.0.1"
assert asyncio.run(client_seen(2, "203.0.113.9")) == "<local>"  # fewer values than hops: not looked at
