# src/app/sockets.py
import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from quart import abort, current_app, websocket

from app.hub import SlowConsumer, Subscriber, current_hub
from app.security import authenticate, read_token

MAX_MESSAGE = 4096
PROTOCOL = "bearer"


class BadMessage(Exception):
    """Not text, or too long."""


async def check_origin() -> None:
    """Browsers name the page's origin; only listed ones may connect. Other clients name none."""
    origin = websocket.headers.get("Origin")
    if origin is not None and origin not in current_app.config["ALLOWED_ORIGINS"]:
        abort(403)


async def accept_user() -> int:
    """Answer 401 instead of the handshake, or accept and return who it is."""
    offered = websocket.requested_subprotocols
    if offered[:1] == [PROTOCOL]:
        user_id = read_token(offered[-1])
        await websocket.accept(subprotocol=PROTOCOL)
    else:
        user_id = authenticate(websocket.headers.get("Authorization"))
        await websocket.accept()
    return user_id


async def receive_text() -> str:
    message = await websocket.receive()
    if not isinstance(message, str) or len(message) > MAX_MESSAGE:
        raise BadMessage
    return message


async def forward(subscriber: Subscriber) -> None:
    while True:
        message = await subscriber.next()
        async with asyncio.timeout(current_app.config["SOCKET_SEND_SECONDS"]):
            await websocket.send(message)


async def first_of(*coroutines: Coroutine[Any, Any, None]) -> None:
    """Run until one ends, then end the others. A TaskGroup would wrap what a disconnect raises."""
    tasks = [asyncio.create_task(coroutine) for coroutine in coroutines]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()


async def until_expired() -> None:
    """A token is read once, at the handshake: nobody stays for longer than a new one would be valid."""
    await asyncio.sleep(current_app.config["TOKEN_SECONDS"])
    await websocket.close(1008, "the token has expired")


async def serve(handle: Callable[[str, Subscriber], Awaitable[None]], *topics: str) -> None:
    """Give each message to `handle`, send what the topics say, and close with a reason."""
    try:
        with current_hub().subscriber(*topics) as subscriber:

            async def read() -> None:
                while True:
                    await handle(await receive_text(), subscriber)

            await first_of(read(), forward(subscriber))
    except BadMessage:
        await websocket.close(1009, "text of at most 4096 characters")
    except (SlowConsumer, TimeoutError):
        await websocket.close(1013, "too slow")
