# src/app/streaming.py
import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterable
from typing import cast

from quart import Response, make_response
from werkzeug.exceptions import RequestEntityTooLarge

from app.hub import Hub, SlowConsumer
from app.lifecycle import Lifecycle

HEARTBEAT_SECONDS = 15
STREAM_SECONDS = 900
NO_BUFFERING = {"Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no"}


async def stream(parts: AsyncGenerator[bytes, None], mimetype: str, seconds: float = STREAM_SECONDS + 10) -> Response:
    response = cast("Response", await make_response(parts, NO_BUFFERING | {"Content-Type": mimetype}))
    response.timeout = seconds
    return response


def event(data: object, name: str = "message") -> bytes:
    """JSON has no line breaks, so that nobody's text can end the event and begin another."""
    return f"event: {name}\ndata: {json.dumps(data)}\n\n".encode()


async def events(hub: Hub, lifecycle: Lifecycle, topic: str) -> AsyncGenerator[bytes, None]:
    """What the topic says, until the client leaves, is too slow, has been here long enough, or the app stops."""
    loop = asyncio.get_running_loop()
    end = loop.time() + STREAM_SECONDS
    with hub.subscriber(topic) as subscriber:
        yield b"retry: 2000\n\n"
        while loop.time() < end and not lifecycle.is_over("stream"):
            try:
                async with lifecycle.until_the_end("stream", HEARTBEAT_SECONDS):
                    message = await subscriber.next()
            except TimeoutError:
                yield b": heartbeat\n\n"
            except SlowConsumer:
                yield event("too slow", "overflow")
                return
            else:
                yield event(json.loads(message))


async def lines(body: AsyncIterable[bytes], longest: int) -> AsyncGenerator[bytes, None]:
    """The lines of a request body, as they arrive."""
    rest = b""
    async for chunk in body:
        *complete, rest = (rest + chunk).split(b"\n")
        if max(map(len, (*complete, rest))) > longest:
            raise RequestEntityTooLarge
        for line in complete:
            await asyncio.sleep(0)  # what has arrived already comes without a wait: let others run
            yield line
    if rest:
        yield rest
