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

# from references/authentication.md > Authentication > Sessions

import os.path as _path, sys as _sys  # the example project is imported from its own files
_sys.path[:0] = [_path.abspath(_path.join(__file__, '..', _root)) for _root in ("../src", "..",)]

import asyncio

from quart import Quart, session

signed = Quart("signed")
signed.secret_key = "x" * 32


@signed.post("/login")
async def log_in() -> str:
    session["user"] = "ada"
    return ""


@signed.post("/logout")
async def log_out() -> str:
    session.clear()
    return ""


@signed.get("/")
async def show() -> str:
    return session.get("user", "nobody")


async def use_a_copy() -> str:
    victim, thief = signed.test_client(), signed.test_client()
    login, logout = await victim.post("/login"), await victim.post("/logout")
    assert (login.status_code, logout.status_code) == (200, 200)
    cookie = login.headers["Set-Cookie"].partition(";")[0]
    assert await (await victim.get("/")).get_data(as_text=True) == "nobody"
    return await (await thief.get("/", headers={"Cookie": cookie})).get_data(as_text=True)


assert asyncio.run(use_a_copy()) == "ada"
