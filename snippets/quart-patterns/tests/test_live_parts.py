# tests/test_live_parts.py
import asyncio
import json

import pytest
from quart import Quart
from quart.testing import WebsocketResponseError
from quart.typing import TestClientProtocol as Client


async def test_a_message_reaches_the_room(client: Client, auth: dict[str, str]) -> None:
    async with client.websocket("/ws/rooms/tea", headers=auth) as socket:
        await socket.send("hello")
        message = await asyncio.wait_for(socket.receive(), 2)
    assert json.loads(message) == {"from": 1, "text": "hello"}


async def test_nobody_enters_without_a_token(client: Client) -> None:
    with pytest.raises(WebsocketResponseError) as refused:
        async with client.websocket("/ws/rooms/tea") as socket:
            await asyncio.wait_for(socket.receive(), 2)
    assert refused.value.response.status_code == 401


async def test_the_room_is_forgotten(client: Client, auth: dict[str, str], app: Quart) -> None:
    async with client.websocket("/ws/rooms/tea", headers=auth) as socket:
        await socket.send("hello")
        await asyncio.wait_for(socket.receive(), 2)
        assert app.extensions["hub"].topics
    assert not app.extensions["hub"].topics


async def test_a_job_gives_its_result(client: Client, auth: dict[str, str]) -> None:
    started = await (await client.post("/jobs/user-count", headers=auth)).get_json()
    shown = await (await client.get(f"/jobs/{started['job']}", headers=auth)).get_json()
    assert shown == {"job": started["job"], "state": "done", "result": 1}
