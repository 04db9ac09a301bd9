# src/app/database.py
import asyncio
from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager
from typing import Any

from quart import Quart, current_app
from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from app.models import Base


def engine_options(url: str) -> dict[str, Any]:
    if make_url(url).get_backend_name() == "sqlite":
        return {"hide_parameters": True}  # in-memory SQLite refuses the arguments of a pool
    pool = {"pool_size": 5, "max_overflow": 5, "pool_timeout": 10, "pool_pre_ping": True}
    seconds = {"timeout": 5, "command_timeout": 30} if make_url(url).get_driver_name() == "asyncpg" else {}
    return {"hide_parameters": True, "connect_args": seconds, **pool}


def enforce_foreign_keys(connection: Any, _: object) -> None:
    connection.execute("pragma foreign_keys = on")


async def create_tables(url: str) -> None:
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    await engine.dispose()


def transaction() -> AbstractAsyncContextManager[AsyncSession]:
    sessions: async_sessionmaker[AsyncSession] = current_app.extensions["sessions"]
    return sessions.begin()


def init_database(app: Quart) -> None:
    url = app.config["DATABASE_URL"]

    @app.while_serving
    async def engine() -> AsyncGenerator[None, None]:
        engine = create_async_engine(url, **engine_options(url))
        if engine.dialect.name == "sqlite":  # which ignores foreign keys unless each connection asks for them
            event.listen(engine.sync_engine, "connect", enforce_foreign_keys)
        app.extensions["engine"] = engine
        app.extensions["sessions"] = async_sessionmaker(engine, expire_on_commit=False)
        yield
        await engine.dispose()

    @app.cli.command("create-tables")
    def create_tables_command() -> None:
        asyncio.run(create_tables(url))
