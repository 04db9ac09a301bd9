"""One envelope for every failure, which never repeats the client's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from app import create_app
from app.errors import invalid_fields
from pydantic import BaseModel, ConfigDict, ValidationError
from quart import Response, abort

from conftest import ADA

if TYPE_CHECKING:
    from quart.typing import TestClientProtocol as Client

MARK = "zzsentinelzz"


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("get", "/nowhere", 404, "not_found"),
        ("delete", "/users/me", 405, "method_not_allowed"),
        ("get", "/users/me", 401, "unauthenticated"),
    ],
)
async def test_an_error_keeps_its_status(client: Client, method: str, path: str, status: int, code: str) -> None:
    response = await getattr(client, method)(path)
    assert response.status_code == status
    error = (await response.get_json())["error"]
    assert error["code"] == code
    assert set(error) == {"code", "message", "details"}


async def test_headers_of_an_error_are_kept(client: Client) -> None:
    assert "GET" in (await client.delete("/users/me")).headers["Allow"]
    assert (await client.get("/users/me")).headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [("{", "application/json", 400), ("[]", "application/json", 422), ("a=1", "text/plain", 422), ("", None, 422)],
)
async def test_a_body_that_is_no_object(client: Client, body: str, kind: str | None, status: int) -> None:
    headers = {"Content-Type": kind} if kind else {}
    response = await client.post("/users", data=body, headers=headers)
    assert response.status_code == status
    assert "error" in await response.get_json()


@pytest.mark.parametrize(
    "body",
    [
        ADA | {MARK: MARK},
        ADA | {"email": MARK},
        ADA | {"password": MARK[:5]},
        ADA | {"name": MARK * 9},
        {"email": {MARK: MARK}},
    ],
)
async def test_no_error_repeats_the_input(client: Client, body: dict[str, Any]) -> None:
    response = await client.post("/users", json=body)
    assert response.status_code == 422
    assert MARK[:5] not in await response.get_data(as_text=True)


async def test_an_unknown_path_is_not_repeated(client: Client) -> None:
    assert MARK not in await (await client.get(f"/{MARK}")).get_data(as_text=True)


async def test_an_unforeseen_exception_is_logged_and_not_told(
    overrides: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    app = create_app(overrides | {"PROPAGATE_EXCEPTIONS": False})

    @app.get("/boom")
    async def boom() -> str:
        raise ValueError(MARK)

    response = await app.test_client().get("/boom")
    assert response.status_code == 500
    assert (await response.get_json())["error"]["code"] == "internal_server_error"
    assert MARK not in await response.get_data(as_text=True)
    assert MARK in caplog.text


async def test_a_response_that_was_aborted_with_stays_as_it_is(overrides: dict[str, Any]) -> None:
    app = create_app(overrides)

    @app.get("/teapot")
    async def teapot() -> str:
        abort(Response("short and stout", 418))

    response = await app.test_client().get("/teapot")
    assert response.status_code == 418
    assert await response.get_data(as_text=True) == "short and stout"


async def test_a_reason_that_was_given_is_told(overrides: dict[str, Any]) -> None:
    app = create_app(overrides)

    @app.get("/gone")
    async def gone() -> str:
        abort(410, "sold yesterday")

    error = (await (await app.test_client().get("/gone")).get_json())["error"]
    assert error == {"code": "gone", "message": "sold yesterday", "details": []}


def test_an_unknown_key_is_told_by_what_it_stands_in() -> None:
    class Inner(BaseModel):
        model_config = ConfigDict(extra="forbid")

    class Outer(BaseModel):
        inner: list[Inner]

    with pytest.raises(ValidationError) as refused:
        Outer.model_validate({"inner": [{MARK: MARK}]})
    assert invalid_fields(refused.value) == [{"field": "inner.0", "problem": "extra_forbidden"}]


def test_another_cause_has_no_fields() -> None:
    assert invalid_fields(TypeError("no mapping")) == []
