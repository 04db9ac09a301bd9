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

# from references/from-flask.md > From Flask > Tests

import os.path as _path, sys as _sys  # the example project is imported from its own files
_sys.path[:0] = [_path.abspath(_path.join(__file__, '..', _root)) for _root in ("../src", "..",)]

import asyncio

from quart import Quart, jsonify, request

ported = Quart("ported")


@ported.before_serving
async def start() -> None:
    ported.config["FACTOR"] = 2


@ported.post("/double")
async def double() -> object:
    return jsonify(result=ported.config["FACTOR"] * (await request.get_json())["number"])


async def test_double() -> None:
    async with ported.test_app() as app:  # runs before_serving and while_serving
        response = await app.test_client().post("/double", json={"number": 21})
        assert response.status_code == 200
        assert await response.get_json() == {"result": 42}  # not response.json


assert asyncio.run(test_double()) is None  # pytest runs it for you
