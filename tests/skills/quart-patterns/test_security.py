"""Passwords, tokens, CORS, headers, body limits."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import jwt
import pytest
from app import create_app, hardening
from app.hardening import BODY_IS_UNBOUNDED, BodyLimit
from app.security import AUDIENCE, hash_password, read_token, verify_password
from quart.wrappers import base

from conftest import ADA, ORIGIN, SECRET

if TYPE_CHECKING:
    from quart import Quart
    from quart.typing import TestClientProtocol as Client

SOON = datetime.now(UTC) + timedelta(hours=1)
CLAIMS = {"sub": "1", "aud": AUDIENCE, "exp": SOON}


def signed(claims: dict[str, Any], key: str = SECRET, algorithm: str = "HS256") -> str:
    return jwt.encode(claims, key, algorithm=algorithm)


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Bearer",
        "Bearer nonsense",
        f"Basic {signed(CLAIMS)}",
        f"Bearer {signed(CLAIMS | {'aud': 'another'})}",
        f"Bearer {signed(CLAIMS | {'exp': SOON - timedelta(days=1)})}",
        f"Bearer {signed({key: CLAIMS[key] for key in ('sub', 'aud')})}",
        f"Bearer {signed({key: CLAIMS[key] for key in ('exp', 'aud')})}",
        f"Bearer {signed(CLAIMS | {'sub': 'ada'})}",
        f"Bearer {signed(CLAIMS, key='another secret that is long enough')}",
        f"Bearer {jwt.encode(CLAIMS, None, algorithm='none')}",
    ],
)
async def test_a_bad_token_is_refused(client: Client, ada: dict[str, str], header: str | None) -> None:
    assert ada
    response = await client.get("/users/me", headers={"Authorization": header} if header is not None else {})
    assert response.status_code == 401


async def test_a_good_token_is_taken(app: Quart) -> None:
    async with app.app_context():
        assert read_token(signed(CLAIMS)) == 1


async def test_the_lifetime_of_a_token_is_the_setting(client: Client, ada: dict[str, str]) -> None:
    token = ada["Authorization"].removeprefix("Bearer ")
    claims = jwt.decode(token, SECRET, algorithms=["HS256"], audience=AUDIENCE)
    assert claims["exp"] - claims["iat"] == client.app.config["TOKEN_SECONDS"]


async def test_wrong_password_and_unknown_address_look_alike(client: Client, ada: dict[str, str]) -> None:
    assert ada
    wrong = {"email": ADA["email"], "password": "not her password"}
    unknown = {"email": "nobody@example.com", "password": "not her password"}
    answers = [await client.post("/auth/login", json=body) for body in (wrong, unknown)]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert await answers[0].get_data() == await answers[1].get_data()


async def test_an_unknown_user_takes_as_much_work() -> None:
    stored = await hash_password("correct horse battery")

    async def seconds(known: str | None) -> float:
        start = time.perf_counter()
        assert not await verify_password(known, "wrong")
        return time.perf_counter() - start

    known = min([await seconds(stored) for _ in range(3)])
    unknown = min([await seconds(None) for _ in range(3)])
    assert 1 / 3 < unknown / known < 3
    assert await verify_password(stored, "correct horse battery")


async def test_cors_answers_listed_origins_only(client: Client) -> None:
    listed = await client.get("/livez", headers={"Origin": ORIGIN})
    assert listed.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "Access-Control-Allow-Credentials" not in listed.headers
    foreign = await client.get("/livez", headers={"Origin": "https://evil.example"})
    assert foreign.status_code == 200
    assert "Access-Control-Allow-Origin" not in foreign.headers


async def test_preflight(client: Client) -> None:
    headers = {
        "Origin": ORIGIN,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "Authorization",
    }
    response = await client.options("/users", headers=headers)
    assert response.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "authorization" in response.headers["Access-Control-Allow-Headers"].lower()


async def test_without_origins_there_is_no_cors(overrides: dict[str, Any]) -> None:
    app = create_app(overrides | {"ALLOWED_ORIGINS": []})
    response = await app.test_client().get("/livez", headers={"Origin": ORIGIN})
    assert "Access-Control-Allow-Origin" not in response.headers


async def test_every_answer_has_the_headers(client: Client) -> None:
    for path in ("/livez", "/nowhere"):
        headers = (await client.get(path)).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"


async def test_a_long_body_is_413(client: Client) -> None:
    response = await client.post("/users", data=b"x" * (1024 * 1024 + 1), headers={"Content-Type": "application/json"})
    assert response.status_code == 413


def is_limited(app: Quart) -> bool:
    wrapped: Any = app.asgi_app
    while not isinstance(wrapped, BodyLimit) and hasattr(wrapped, "app"):
        wrapped = wrapped.app
    return isinstance(wrapped, BodyLimit)


def test_the_limit_is_where_it_is_needed(app: Quart) -> None:
    assert is_limited(app) == BODY_IS_UNBOUNDED == hasattr(base, "ClientDisconnectedError")


async def test_a_limited_app_still_starts_and_answers(
    overrides: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(hardening, "BODY_IS_UNBOUNDED", True)
    app = create_app(overrides)
    assert is_limited(app)
    async with app.test_app() as running:
        assert (await running.test_client().get("/readyz")).status_code == 200


async def test_the_limit_counts_what_arrives() -> None:
    """The middleware alone, on both Quarts: it cuts the body off and answers 413."""
    sent: list[Any] = []

    async def endless() -> Any:  # noqa: ANN401 - an ASGI event
        return {"type": "http.request", "body": b"x" * 10, "more_body": True}

    async def send(event: Any) -> None:  # noqa: ANN401 - an ASGI event
        sent.append(event)

    async def read_all(_: Any, receive: Any, send: Any) -> None:  # noqa: ANN401
        while (await receive())["type"] == "http.request":
            pass
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def answer_first(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401
        await send({"type": "http.response.start", "status": 202, "headers": []})
        await read_all(scope, receive, lambda event: send(event | {"late": True}))

    scope: Any = {"type": "http"}
    await BodyLimit(read_all, 35)(scope, endless, send)
    assert [event.get("status") for event in sent] == [413, None]
    sent.clear()
    await BodyLimit(answer_first, 35)(scope, endless, send)
    assert sent[0]["status"] == 202
