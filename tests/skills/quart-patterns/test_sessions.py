"""Session cookies, guarded blueprints and forged requests."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING

import pytest
from app.database import transaction
from app.models import LoginSession, now
from app.sessions import COOKIE, digest
from quart.testing import WebsocketResponseError
from sqlalchemy import func, select, update

from conftest import ADA, ORIGIN, until

if TYPE_CHECKING:
    from quart import Quart
    from quart.typing import TestClientProtocol as Client

OURS = {"Sec-Fetch-Site": "same-origin"}
LOGIN = {key: ADA[key] for key in ("email", "password")}
NEW = "a password that is new"


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


async def log_in(client: Client, cookie: str = "") -> str:
    """Return the token of the cookie that a login sets."""
    response = await client.post("/session", json=LOGIN, headers=OURS | with_cookie(cookie))
    assert response.status_code == 204
    return SimpleCookie(response.headers["Set-Cookie"])[COOKIE].value


def with_cookie(token: str) -> dict[str, str]:
    return {"Cookie": f"{COOKIE}={token}"} if token else {}


async def status(client: Client, token: str) -> int:
    code: int = (await client.get("/account", headers=with_cookie(token))).status_code
    return code


@pytest.fixture
def client(app: Quart) -> Client:
    return app.test_client(use_cookies=False)


@pytest.fixture
async def token(client: Client, ada: dict[str, str]) -> str:
    assert ada
    return await log_in(client)


async def rows(app: Quart) -> int:
    async with app.app_context(), transaction() as session:
        return await session.scalar(select(func.count()).select_from(LoginSession)) or 0


async def test_the_cookie_opens_the_account(client: Client, token: str) -> None:
    response = await client.get("/account", headers=with_cookie(token))
    assert (await response.get_json())["email"] == ADA["email"]
    assert await status(client, "") == await status(client, "made up") == 401


async def test_the_flags_of_the_cookie(client: Client, ada: dict[str, str]) -> None:
    assert ada
    response = await client.post("/session", json=LOGIN, headers=OURS)
    morsel = SimpleCookie(response.headers["Set-Cookie"])[COOKIE]
    flags = {name: morsel[name] for name in ("path", "samesite", "max-age", "domain")}
    assert flags == {"path": "/", "samesite": "Lax", "max-age": "86400", "domain": ""}
    assert morsel["secure"]
    assert morsel["httponly"]


async def test_the_database_holds_no_token(app: Quart, token: str) -> None:
    async with app.app_context(), transaction() as session:
        stored = await session.scalar(select(LoginSession.token_hash))
    assert stored == digest(token) != token


async def test_a_copy_is_worth_nothing_after_the_logout(client: Client, token: str, app: Quart) -> None:
    answer = await client.delete("/session", headers=OURS | with_cookie(token))
    assert answer.status_code == 204
    assert SimpleCookie(answer.headers["Set-Cookie"])[COOKIE]["max-age"] == "0"
    assert await status(client, token) == 401
    assert await rows(app) == 0


@pytest.mark.parametrize("planted", ["chosen-by-somebody-else", "a known one"])
async def test_a_login_never_takes_over_a_known_token(client: Client, token: str, planted: str) -> None:
    planted = token if planted == "a known one" else planted
    fresh = await log_in(client, planted)
    assert fresh != planted
    assert len(fresh) == 43  # nobody guesses 32 bytes
    assert await status(client, planted) == 401
    assert await status(client, fresh) == 200


async def test_a_login_elsewhere_ends_no_session_and_a_logout_only_its_own(client: Client, token: str) -> None:
    other = await log_in(client)
    assert [await status(client, each) for each in (token, other)] == [200, 200]
    await client.delete("/session", headers=OURS | with_cookie(other))
    assert [await status(client, each) for each in (token, other)] == [200, 401]


async def test_a_session_ends_at_its_time_and_its_row_with_the_next_login(
    client: Client,
    app: Quart,
    token: str,
) -> None:
    async with app.app_context(), transaction() as session:
        await session.execute(update(LoginSession).values(expires_at=now() - timedelta(seconds=1)))
    assert await status(client, token) == 401
    await log_in(client)
    assert await rows(app) == 1


async def test_a_new_password_ends_all_other_sessions(client: Client, app: Quart, token: str) -> None:
    other = await log_in(client)
    change = {"old": ADA["password"], "new": NEW}
    wrong = await client.post("/account/password", json=change | {"old": "no"}, headers=OURS | with_cookie(token))
    assert wrong.status_code == 401
    answer = await client.post("/account/password", json=change, headers=OURS | with_cookie(token))
    assert answer.status_code == 204
    fresh = SimpleCookie(answer.headers["Set-Cookie"])[COOKIE].value
    assert [await status(client, each) for each in (token, other, fresh)] == [401, 401, 200]
    assert await rows(app) == 1
    again = await client.post("/session", json=LOGIN | {"password": NEW}, headers=OURS)
    assert again.status_code == 204


async def test_a_stolen_session_cannot_try_passwords(client: Client, app: Quart, token: str) -> None:
    for number in range(10):  # without the cost of a hash
        assert await app.extensions["limiter"].hit("password:1", 10, 60) == 0, number
    change = {"old": "no", "new": NEW}
    answer = await client.post("/account/password", json=change, headers=OURS | with_cookie(token))
    assert answer.status_code == 429


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 204),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}, 204),
        ({"Origin": "http://localhost"}, 204),
        ({"Sec-Fetch-Site": "same-site", "Origin": ORIGIN}, 204),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Origin": "https://other.localhost"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "https://localhost.evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
    ],
)
async def test_another_site_changes_nothing(
    client: Client,
    token: str,
    headers: dict[str, str],
    expected: int,
) -> None:
    for method, path, body in (("post", "/session", LOGIN), ("delete", "/session", None)):
        answer = await getattr(client, method)(path, json=body, headers=headers | with_cookie(token))
        assert answer.status_code == expected
    change = {"old": ADA["password"], "new": NEW}
    answer = await client.post("/account/password", json=change, headers=headers | with_cookie(token))
    assert answer.status_code == (401 if expected == 204 else 403)  # the logout before it was taken, or refused
    assert await status(client, token) == (401 if expected == 204 else 200)


async def test_another_site_may_send_to_a_page_but_not_read_the_account(client: Client, token: str) -> None:
    foreign = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
    answer = await client.get("/account", headers=foreign | with_cookie(token))
    assert answer.status_code == 200
    assert "Access-Control-Allow-Origin" not in answer.headers


async def refused(client: Client, headers: dict[str, str]) -> int:
    with pytest.raises(WebsocketResponseError) as answer:
        async with client.websocket("/account/events", headers=headers) as socket:
            await asyncio.wait_for(socket.receive(), 2)
    code: int = answer.value.response.status_code
    return code


async def test_a_socket_is_guarded_before_it_is_accepted(client: Client, app: Quart, token: str) -> None:
    assert await refused(client, {}) == 401
    assert await refused(client, with_cookie(token) | {"Origin": "https://evil.example"}) == 403
    async with client.websocket("/account/events", headers=with_cookie(token) | {"Origin": ORIGIN}) as socket:
        await socket.send("ignored")
        await asyncio.sleep(0.1)
        await app.extensions["hub"].publish("user:1", "news")
        assert await asyncio.wait_for(socket.receive(), 2) == "news"


async def test_a_socket_leaves_with_its_session(client: Client, app: Quart, token: str) -> None:
    app.config["SESSION_CHECK_SECONDS"] = 0.05
    hub = app.extensions["hub"]

    async def is_heard() -> bool:
        return bool(hub.topics)

    async def is_gone() -> bool:
        return not hub.topics

    async with client.websocket("/account/events", headers=with_cookie(token) | {"Origin": ORIGIN}):
        await until(is_heard)
        await asyncio.sleep(0.2)
        assert hub.topics
        await client.delete("/session", headers=OURS | with_cookie(token))
        await until(is_gone)
