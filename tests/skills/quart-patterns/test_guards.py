"""Limits and headers that show only over TLS, on a server database, or after many requests."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

import pytest
from app import create_app
from app import database as database_module
from app.database import engine_options, transaction
from quart import Quart
from quart_schema import QuartSchema
from sqlalchemy import text

from conftest import ADA, BOB

if TYPE_CHECKING:
    from quart.typing import TestClientProtocol as Client

STRICT = "Strict-Transport-Security"
PAGES = ("/openapi.json", "/docs", "/redocs", "/scalar")


@pytest.mark.parametrize(("scheme", "sent"), [("https", "max-age=31536000"), ("http", None)])
async def test_over_tls_browsers_are_told_to_stay_there(client: Client, scheme: str, sent: str | None) -> None:
    assert (await client.get("/livez", scheme=scheme)).headers.get(STRICT) == sent


@pytest.mark.parametrize(("hops", "sent"), [(0, None), (1, "max-age=31536000")])
async def test_behind_a_proxy_that_takes_a_hop(overrides: dict[str, Any], hops: int, sent: str | None) -> None:
    app = create_app(overrides | {"TRUSTED_HOPS": hops})
    answer = await app.test_client().get("/livez", headers={"X-Forwarded-Proto": "https"})
    assert answer.headers.get(STRICT) == sent


async def test_registering_is_limited_for_one_place(client: Client) -> None:
    limiter = client.app.extensions["limiter"]
    place = {"client": ("203.0.113.9", 4711)}
    for _ in range(100):  # without the cost of a hash
        assert await limiter.hit("register:203.0.113.9", 100, 60) == 0
    refused = await client.post("/users", json=ADA, scope_base=place)
    assert (refused.status_code, int(refused.headers["Retry-After"]) > 0) == (429, True)
    other = await client.post("/users", json=BOB, scope_base={"client": ("203.0.113.10", 4711)})
    assert other.status_code == 201


@pytest.mark.parametrize(("options", "status"), [({}, 200), ({"openapi_path": None}, 404)])
async def test_who_sees_the_document(options: dict[str, Any], status: int) -> None:
    app = Quart("documented")
    QuartSchema(app, **options)
    assert {(await app.test_client().get(path)).status_code for path in PAGES} == {status}


@pytest.mark.parametrize("database", ["postgresql"])
async def test_a_query_that_hangs_is_ended(
    overrides: dict[str, Any],
    database: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert database in overrides["DATABASE_URL"]
    options = engine_options(overrides["DATABASE_URL"])
    assert options["connect_args"]["command_timeout"] == 30
    short = options | {"connect_args": options["connect_args"] | {"command_timeout": 0.3}}
    monkeypatch.setattr(database_module, "engine_options", lambda _: short)
    app = create_app(overrides)
    async with app.test_app(), app.app_context():
        start = time.monotonic()
        with pytest.raises(TimeoutError):
            async with transaction() as session:
                await session.execute(text("select pg_sleep(20)"))
        assert time.monotonic() - start < 10
        async with transaction() as session:
            assert await session.scalar(text("select 1")) == 1
        await asyncio.sleep(0)
        assert app.extensions["engine"].pool.checkedout() == 0
