"""Blueprints, validation and the database session, through HTTP."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest
from app import create_app
from app import database as database_module
from app.database import create_tables, engine_options, transaction
from app.models import User
from app.routes import users
from sqlalchemy import func, select

from conftest import ADA, SECRET, enter

if TYPE_CHECKING:
    from pathlib import Path

    from quart import Quart, Response
    from quart.typing import TestClientProtocol as Client


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


async def test_register_login_and_read(client: Client, ada: dict[str, str]) -> None:
    me = await (await client.get("/users/me", headers=ada)).get_json()
    assert me["email"] == ADA["email"]
    assert me["name"] == ADA["name"]
    assert "password" not in str(me)


async def test_an_answer_has_these_fields_and_no_others(client: Client, ada: dict[str, str]) -> None:
    fields = {"id", "email", "name", "created_at", "last_login_at", "welcomed_at"}
    login = {key: ADA[key] for key in ("email", "password")}
    made = await (await client.post("/users", json=ADA | {"email": "new@example.com"})).get_json()
    listed = await (await client.get("/users", headers=ada)).get_json()
    assert [set(each) for each in (made, *listed["users"])] == [fields] * 3
    assert [each["id"] for each in listed["users"]] == [1, 2]
    assert set(listed) == {"users"}
    assert set(await (await client.post("/auth/login", json=login)).get_json()) == {"access_token", "token_type"}
    job = await (await client.post("/jobs/user-count", headers=ada)).get_json()
    assert set(job) == {"job", "state", "result"}


async def test_a_date_is_the_same_before_and_after_the_database(client: Client) -> None:
    made = await (await client.post("/users", json=ADA)).get_json()
    login = {key: ADA[key] for key in ("email", "password")}
    token = (await (await client.post("/auth/login", json=login)).get_json())["access_token"]
    read = await (await client.get("/users/me", headers={"Authorization": f"Bearer {token}"})).get_json()
    assert read["created_at"] == made["created_at"]
    assert made["created_at"].endswith("Z")


async def test_an_address_is_taken_once_whatever_its_case(client: Client, app: Quart) -> None:
    shouting = ADA | {"email": ADA["email"].upper()}
    answers = [await client.post("/users", json=person) for person in (ADA, ADA, shouting)]
    assert [answer.status_code for answer in answers] == [201, 409, 409]
    assert (await answers[1].get_json())["error"]["code"] == "email_taken"
    async with app.app_context(), transaction() as session:
        assert await session.scalar(select(func.count()).select_from(User)) == 1


@pytest.mark.parametrize(
    ("change", "field", "problem"),
    [
        ({"email": "nobody"}, "email", "string_pattern_mismatch"),
        ({"password": "short"}, "password", "too_short"),
        ({"name": ""}, "name", "string_too_short"),
        ({"name": None}, "name", "string_type"),
        ({"is_admin": True}, "", "extra_forbidden"),
    ],
)
async def test_a_wrong_field_is_named(client: Client, change: dict[str, Any], field: str, problem: str) -> None:
    response = await client.post("/users", json=ADA | change)
    assert response.status_code == 422
    assert (await response.get_json())["error"]["details"] == [{"field": field, "problem": problem}]


async def test_pages_follow_each_other(client: Client, bob: dict[str, str]) -> None:
    async def names(query: str) -> list[str]:
        response = await client.get(f"/users?{query}", headers=bob)
        return [user["name"] for user in (await response.get_json())["users"]]

    assert await names("") == ["Ada", "Bob"]
    assert await names("limit=1") == ["Ada"]
    assert await names("limit=1&after=1") == ["Bob"]
    for wrong in ("limit=0", "limit=101", "after=-1", "after=x"):
        assert (await client.get(f"/users?{wrong}", headers=bob)).status_code == 422


async def test_a_deleted_user_is_gone_although_her_token_is_valid(
    client: Client,
    app: Quart,
    ada: dict[str, str],
) -> None:
    async with app.app_context(), transaction() as session:
        await session.delete(await session.get_one(User, 1))
    response = await client.get("/users/me", headers=ada)
    assert response.status_code == 404
    assert (await response.get_json())["error"]["code"] == "not_found"


async def test_an_exception_rolls_back(app: Quart) -> None:
    async def fail() -> None:
        async with transaction() as session:
            session.add(User(email="a@example.com", name="A", password_hash="-"))  # noqa: S106 - no hash
            await session.flush()
            raise RuntimeError

    async with app.app_context():
        with pytest.raises(RuntimeError):
            await fail()
        async with transaction() as session:
            assert await session.scalar(select(func.count()).select_from(User)) == 0
    assert app.extensions["engine"].pool.checkedout() == 0


async def test_two_hundred_requests_share_a_pool_of_five(
    overrides: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    five = {"pool_size": 5, "max_overflow": 0, "pool_timeout": 60}
    monkeypatch.setattr(database_module, "engine_options", lambda _: five)
    app = create_app(overrides)
    most = 0

    @app.after_request
    async def look(response: Response) -> Response:
        nonlocal most
        most = max(most, app.extensions["engine"].pool.checkedout())
        return response

    async with app.test_app():
        client, pool = app.test_client(), app.extensions["engine"].pool
        header = await enter(client, ADA)
        responses = await asyncio.gather(*(client.get("/users/me", headers=header) for _ in range(200)))
        assert {response.status_code for response in responses} == {200}
        assert pool.size() == 5
        assert pool.checkedout() == 0
    assert 1 <= most <= 5


async def test_a_database_that_is_away_is_not_an_address_that_is_taken(
    client: Client, app: Quart, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise ConnectionRefusedError

    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr(users, "transaction", away)
    assert (await client.post("/users", json=ADA)).status_code == 500


async def test_of_two_requests_for_one_address_one_wins(client: Client, app: Quart) -> None:
    answers = await asyncio.gather(*(client.post("/users", json=ADA) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409]
    assert app.extensions["engine"].pool.checkedout() == 0


async def test_a_cancelled_request_is_rolled_back(app: Quart) -> None:
    async def insert_and_wait() -> None:
        async with app.app_context(), transaction() as session:
            session.add(User(email="gone@example.com", name="Gone", password_hash="-"))  # noqa: S106 - no hash
            await session.flush()
            await asyncio.sleep(60)

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(insert_and_wait(), 0.5)
    async with app.app_context(), transaction() as session:
        assert await session.scalar(select(func.count()).select_from(User)) == 0
    assert app.extensions["engine"].pool.checkedout() == 0


def test_only_a_server_database_gets_a_pool_size() -> None:
    assert engine_options("sqlite+aiosqlite://") == {"hide_parameters": True}
    assert engine_options("postgresql+asyncpg://host/name")["pool_size"] == 5


def test_the_command_makes_the_tables_and_may_run_twice(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/new.db"
    runner = create_app({"SECRET_KEY": SECRET, "DATABASE_URL": url}).test_cli_runner()
    for _ in range(2):
        assert runner.invoke(args=["create-tables"]).exit_code == 0
    with contextlib.closing(sqlite3.connect(tmp_path / "new.db")) as connection:
        found = {name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")}
    assert found >= {"users", "login_sessions"}
    asyncio.run(create_tables(url))


async def test_the_document_names_the_routes(client: Client) -> None:
    document = await (await client.get("/openapi.json")).get_json()
    assert document["info"] == {"title": "Example", "version": "1.0.0"}
    assert {"/users", "/users/me", "/auth/login", "/jobs/{job_id}"} <= set(document["paths"])


async def test_health(client: Client) -> None:
    assert (await client.get("/livez")).status_code == 200
    assert (await client.get("/readyz")).status_code == 200
