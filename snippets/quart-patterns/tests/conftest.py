# tests/conftest.py
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from quart import Quart
from quart.typing import TestClientProtocol as Client

from app import create_app
from app.database import create_tables

ADA = {"email": "ada@example.com", "password": "correct horse battery", "name": "Ada"}


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[Quart]:
    url = f"sqlite+aiosqlite:///{tmp_path}/test.db"
    await create_tables(url)
    app = create_app({"TESTING": True, "SECRET_KEY": "x" * 32, "DATABASE_URL": url})
    async with app.test_app():
        yield app


@pytest.fixture
def client(app: Quart) -> Client:
    return app.test_client()


@pytest.fixture
async def auth(client: Client) -> dict[str, str]:
    await client.post("/users", json=ADA)
    login = {key: ADA[key] for key in ("email", "password")}
    response = await client.post("/auth/login", json=login)
    token = (await response.get_json())["access_token"]
    return {"Authorization": f"Bearer {token}"}
