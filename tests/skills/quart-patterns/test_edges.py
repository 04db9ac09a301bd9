"""Each limit and default of the application, exactly: one less passes, one more does not."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import jwt
import pytest
from app import cpu, create_app, hub, limits, schemas, security, sessions, sockets, streaming, tasks
from app.config import Settings
from app.database import engine_options
from app.errors import AppError, Busy, EmailTaken, NotFound, Unauthenticated
from app.jobs import Jobs
from app.models import Base, LoginSession, User, UtcDateTime, now
from app.routes import auth, health, streams
from app.uploads import CHUNK, create, keep
from pydantic import BaseModel, ValidationError
from sqlalchemy.dialects import sqlite

from conftest import ADA, SECRET

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from quart import Quart
    from quart.typing import TestClientProtocol as Client

LOGIN = {key: ADA[key] for key in ("email", "password")}
DEFAULTS = {
    "DATABASE_URL": "sqlite+aiosqlite:///app.db",
    "REDIS_URL": None,
    "ALLOWED_ORIGINS": [],
    "TOKEN_SECONDS": 900,
    "SESSION_SECONDS": 24 * 60 * 60,
    "SESSION_CHECK_SECONDS": 30,
    "JOB_SECONDS": 60,
    "SOCKET_SEND_SECONDS": 10,
    "DRAIN_SECONDS": 0,
    "TRUSTED_HOPS": 0,
    "UPLOAD_FOLDER": "uploads",
}
POSITIVE = ("TOKEN_SECONDS", "SESSION_SECONDS", "SESSION_CHECK_SECONDS", "JOB_SECONDS", "SOCKET_SEND_SECONDS")


def takes(model: type[BaseModel], values: dict[str, Any]) -> bool:
    try:
        model.model_validate(values)
    except ValidationError:
        return False
    return True


def test_what_is_not_set_has_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in DEFAULTS:
        monkeypatch.delenv(f"QUART_{name}", raising=False)
    config = create_app({"SECRET_KEY": SECRET}).config
    assert {name: config[name] for name in DEFAULTS} == DEFAULTS


@pytest.mark.parametrize("name", POSITIVE)
def test_a_time_is_longer_than_nothing(name: str) -> None:
    assert [takes(Settings, {"SECRET_KEY": SECRET, name: value}) for value in (1, 0, -1)] == [True, False, False]


@pytest.mark.parametrize("name", ["DRAIN_SECONDS", "TRUSTED_HOPS"])
def test_none_may_be_asked_for_but_no_less(name: str) -> None:
    assert [takes(Settings, {"SECRET_KEY": SECRET, name: value}) for value in (0, -1)] == [True, False]


def test_a_secret_has_32_characters() -> None:
    assert [takes(Settings, {"SECRET_KEY": "s" * length}) for length in (32, 31)] == [True, False]


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        ("https://app.example", True),
        ("http://localhost:3000", True),
        ("https://app.example/", False),
        ("https://*.example", False),
        ("app.example", False),
    ],
)
def test_an_origin_is_a_scheme_and_a_host(origin: str, expected: bool) -> None:  # noqa: FBT001 - a table
    assert takes(Settings, {"SECRET_KEY": SECRET, "ALLOWED_ORIGINS": [origin]}) is expected


def test_no_setting_is_of_another_type_and_none_is_shown() -> None:
    assert not takes(Settings, {"SECRET_KEY": SECRET, "TOKEN_SECONDS": "60"})
    with pytest.raises(ValidationError) as refused:
        Settings.model_validate({"SECRET_KEY": "hunter2"})
    assert "hunter2" not in str(refused.value)


def email(length: int) -> str:
    return f"{'a' * (length - 4)}@b.c"


@pytest.mark.parametrize(
    ("model", "field", "good", "bad"),
    [
        (schemas.Credentials, "email", [email(254), "a@b.c"], [email(255), "a@b", "a b@c.d", "@b.c"]),
        (schemas.Credentials, "password", ["p" * 12, "p" * 128], ["p" * 11, "p" * 129]),
        (schemas.Registration, "name", ["n", "n" * 64], ["", "n" * 65]),
        (schemas.PasswordChange, "old", ["", "o" * 128], ["o" * 129]),
        (schemas.PasswordChange, "new", ["n" * 12, "n" * 128], ["n" * 11, "n" * 129]),
        (schemas.Page, "after", [0, 1], [-1]),
        (schemas.Page, "limit", [1, 100], [0, 101]),
    ],
)
def test_a_field_takes_what_it_says(model: type[BaseModel], field: str, good: list[Any], bad: list[Any]) -> None:
    whole = {**ADA, "old": "o", "new": "n" * 12, "after": 0, "limit": 1}
    valid = {name: whole[name] for name in model.model_fields}
    assert [takes(model, {**valid, field: value}) for value in (*good, *bad)] == [True] * len(good) + [False] * len(bad)
    is_body = issubclass(model, schemas.Body)
    assert takes(model, {**valid, "unknown": 1}) is not is_body


def test_a_page_begins_at_the_start_and_holds_twenty() -> None:
    assert schemas.Page().model_dump() == {"after": 0, "limit": 20}


def test_an_answer_has_its_defaults() -> None:
    assert schemas.Token(access_token="t").model_dump() == {"access_token": "t", "token_type": "bearer"}  # noqa: S106
    assert schemas.JobOut(job="j", state="s").model_dump() == {"job": "j", "state": "s", "result": None}


def test_an_address_is_kept_in_lower_case() -> None:
    assert schemas.Credentials.model_validate({**LOGIN, "email": "ADA@Example.COM"}).email == "ada@example.com"


def test_the_tables_are_what_a_migration_would_find() -> None:
    users, logins = User.__table__, LoginSession.__table__
    lengths = {name: users.c[name].type.length for name in ("email", "name", "password_hash")}
    assert lengths == {"email": 254, "name": 64, "password_hash": 255}
    assert {name: column.nullable for name, column in users.c.items()} == {
        "id": False,
        "email": False,
        "name": False,
        "password_hash": False,
        "created_at": False,
        "last_login_at": True,
        "welcomed_at": True,
    }
    assert logins.c.token_hash.type.length == 64
    assert {key.target_fullname: key.ondelete for key in logins.foreign_keys} == {"users.id": "CASCADE"}
    names = {item.name for table in (users, logins) for item in (*table.constraints, *table.indexes)}
    assert names == {
        "pk_users",
        "uq_users_email",
        "pk_login_sessions",
        "fk_login_sessions_user_id",
        "ix_login_sessions_user_id",
    }
    assert set(Base.metadata.naming_convention) == {"pk", "uq", "fk", "ix"}


def test_a_time_has_its_zone_before_and_after_sqlite() -> None:
    kind, dialect = UtcDateTime(), sqlite.dialect()
    there = datetime(2026, 1, 1, 12, tzinfo=timezone(timedelta(hours=2)))
    stored = kind.process_bind_param(there, dialect)
    assert stored is not None
    assert (stored.hour, stored.utcoffset()) == (10, timedelta())
    assert kind.process_result_value(stored.replace(tzinfo=None), dialect) == there
    assert kind.process_result_value(there, dialect) is there
    assert kind.process_bind_param(None, dialect) is kind.process_result_value(None, dialect) is None
    assert kind.impl.timezone
    assert kind.cache_ok
    assert now().utcoffset() == timedelta()


def test_a_server_database_has_a_small_pool_that_is_tried_before_it_is_used() -> None:
    expected = {"pool_size": 5, "max_overflow": 5, "pool_timeout": 10, "pool_pre_ping": True, "hide_parameters": True}
    asyncpg = {"timeout": 5, "command_timeout": 30}
    assert engine_options("postgresql+asyncpg://host/name") == expected | {"connect_args": asyncpg}
    assert engine_options("postgresql+psycopg://host/name") == expected | {"connect_args": {}}


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        (AppError, 400, "bad_request"),
        (Unauthenticated, 401, "unauthenticated"),
        (NotFound, 404, "not_found"),
        (EmailTaken, 409, "email_taken"),
        (Busy, 503, "busy"),
        (health.NotReady, 503, "not_ready"),
    ],
)
async def test_an_error_has_its_status_and_code(app: Quart, kind: type[AppError], status: int, code: str) -> None:
    @app.get("/fails")
    async def fails() -> str:
        raise kind(code)

    response = await app.test_client().get("/fails")
    assert response.status_code == status
    assert await response.get_json() == {"error": {"code": code, "message": code, "details": []}}
    assert response.headers.get("WWW-Authenticate") == ("Bearer" if status == 401 else None)


async def test_a_login_is_limited_by_address_and_by_person(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[Any, ...]] = []

    async def limit_rate(key: str, limit: int, seconds: int) -> None:
        asked.append((key.rpartition(":")[0], limit, seconds))

    monkeypatch.setattr(auth, "limit_rate", limit_rate)
    assert (await client.post("/auth/login", json=LOGIN)).status_code == 401
    assert asked == [("login:from", 100, 60), ("login:as", 10, 60)]


async def test_a_window_is_counted_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = 1.0
    monkeypatch.setattr(limits.time, "monotonic", lambda: moment)
    limiter = limits.Limiter()
    assert [await limiter.hit("key", 2, 60) for _ in range(4)] == [0, 0, 60, 60]
    moment = 60.5
    assert await limiter.hit("key", 2, 60) == 1
    moment = 61.0
    assert [await limiter.hit("key", 2, 60) for _ in range(3)] == [0, 0, 60]
    assert (limits.MAX_KEYS, limits.REDIS_SECONDS) == (10_000, 0.5)


def test_the_constants_are_those_of_the_text() -> None:
    assert (hub.QUEUE_SIZE, hub.MAX_TOPICS, hub.RETRY_SECONDS) == (64, 16, 1)
    assert (sockets.MAX_MESSAGE, sockets.PROTOCOL) == (4096, "bearer")
    assert (streaming.HEARTBEAT_SECONDS, streaming.STREAM_SECONDS) == (15, 900)
    assert (streams.PAGE, streams.LONGEST_LINE) == (100, 4096)
    assert (cpu.MAX_RUNNING, cpu.MAX_WAITING) == (2, 8)
    assert (health.READY_SECONDS, CHUNK) == (2, 256 * 1024)
    assert sessions.COOKIE == "__Host-session"
    assert sorted(sessions.SAFE_METHODS) == ["GET", "HEAD", "OPTIONS"]
    assert Jobs.__init__.__defaults__ == (100,)


async def test_a_stream_outlives_its_events_by_ten_seconds(app: Quart) -> None:
    async def nothing() -> AsyncGenerator[bytes, None]:
        yield b""

    async with app.test_request_context("/"):
        response = await streaming.stream(nothing(), "text/event-stream")
    assert response.timeout == 910
    assert response.headers["Cache-Control"] == "no-cache, no-transform"
    assert response.headers["X-Accel-Buffering"] == "no"
    assert response.headers["Content-Type"] == "text/event-stream"


async def test_a_token_says_who_for_whom_and_until_when(app: Quart) -> None:
    async with app.app_context():
        token = security.create_token(7)
        assert security.read_token(token) == 7
    assert jwt.get_unverified_header(token)["alg"] == "HS256"
    claims = jwt.decode(token, SECRET, algorithms=["HS256"], audience="app")
    assert claims == {"sub": "7", "aud": "app", "iat": claims["iat"], "exp": claims["iat"] + 900}


@pytest.mark.parametrize("missing", ["sub", "aud", "exp"])
async def test_a_token_without_a_claim_is_worth_nothing(app: Quart, missing: str) -> None:
    claims = {"sub": "7", "aud": "app", "exp": now() + timedelta(minutes=1)}
    del claims[missing]
    async with app.app_context():
        with pytest.raises(Unauthenticated):
            security.read_token(jwt.encode(claims, SECRET, algorithm="HS256"))


@pytest.mark.parametrize("algorithm", ["HS512", "none"])
async def test_a_token_of_another_algorithm_is_worth_nothing(app: Quart, algorithm: str) -> None:
    claims = {"sub": "7", "aud": "app", "exp": now() + timedelta(minutes=1)}
    secret = app.config["SECRET_KEY"] = "s" * 64
    key = secret if algorithm != "none" else None
    async with app.app_context():
        with pytest.raises(Unauthenticated):
            security.read_token(jwt.encode(claims, key, algorithm=algorithm))


async def test_an_upload_has_a_name_that_nobody_guesses_in_a_folder_of_ones_own(tmp_path: Path) -> None:
    async def chunks() -> AsyncGenerator[bytes, None]:
        yield b"12"
        yield b"345"

    folder = tmp_path / "uploads" / "7"
    name, size = await keep(chunks(), folder, 5)
    assert (len(name), size) == (32, 5)
    assert (folder / name).read_bytes() == b"12345"
    assert folder.stat().st_mode & 0o777 == 0o700
    create(folder / "another").close()
    with pytest.raises(FileExistsError):
        create(folder / "another")


def test_the_queue_retries_thrice_and_forgets_results_after_an_hour() -> None:
    broker = tasks.make_broker("redis://localhost")
    assert broker.result_backend.result_ex_time == 3600
    (retry,) = broker.middlewares
    assert retry.default_retry_count == 3
    assert tasks.welcome.labels == {"retry_on_error": True, "timeout": 30}
