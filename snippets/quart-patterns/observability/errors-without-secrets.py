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

# from references/observability.md > Observability > Errors without secrets

import os.path as _path, sys as _sys  # the example project is imported from its own files
_sys.path[:0] = [_path.abspath(_path.join(__file__, '..', _root)) for _root in ("../src", "..",)]

import asyncio

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import create_async_engine

from app.models import Base, User


async def insert_twice(**options: bool) -> str:
    engine = create_async_engine("sqlite+aiosqlite://", **options)
    user = {"email": "ada@example.com", "name": "Ada", "password_hash": "scrypt:of-ada"}
    said = ""
    try:
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
            for _ in range(2):
                await connection.execute(User.__table__.insert(), user)
    except IntegrityError as error:
        said = str(error)
    finally:
        await engine.dispose()
    return said


careless, careful = asyncio.run(insert_twice()), asyncio.run(insert_twice(hide_parameters=True))
assert "UNIQUE constraint failed" in careless and "UNIQUE constraint failed" in careful
assert "scrypt:of-ada" in careless
assert "scrypt:of-ada" not in careful
