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

# from references/from-flask.md > From Flask > In this order

import os.path as _path, sys as _sys  # the example project is imported from its own files
_sys.path[:0] = [_path.abspath(_path.join(__file__, '..', _root)) for _root in ("../src", "..",)]

import asyncio
import logging

from quart import Quart, render_template_string, request

forgetful = Quart("forgetful")
symptoms: list[str] = []


class Keep(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        symptoms.append(str(record.exc_info and record.exc_info[1]))


forgetful.logger.addHandler(Keep())


@forgetful.post("/form")
async def form() -> str:
    return request.form["name"]


@forgetful.post("/json")
async def body() -> str:
    return request.get_json()["name"]


@forgetful.post("/template")
async def template() -> str:
    return render_template_string("hello")


async def ask() -> None:
    for path in ("/form", "/json", "/template"):
        response = await forgetful.test_client().post(path)
        assert response.status_code == 500


asyncio.run(ask())
subscript = "'coroutine' object is not subscriptable"
assert symptoms == [subscript, subscript, "The response value type (coroutine) is not valid"]
