# src/app/routes/chat.py
import json

from quart import Blueprint, websocket
from quart_cors import cors_exempt

from app.hub import Subscriber, current_hub
from app.sockets import accept_user, check_origin, first_of, serve, until_expired

blueprint = Blueprint("chat", __name__, url_prefix="/ws")
blueprint.before_websocket(check_origin)


async def answer(text: str, subscriber: Subscriber) -> None:
    subscriber.offer(text)


@blueprint.websocket("/echo")
@cors_exempt
async def echo() -> None:
    await websocket.accept()
    await first_of(serve(answer), until_expired())


@blueprint.websocket("/rooms/<string(maxlength=64):room>")
@cors_exempt
async def chat(room: str) -> None:
    user_id = await accept_user()
    topic = f"room:{room}"

    async def publish(text: str, _: Subscriber) -> None:
        await current_hub().publish(topic, json.dumps({"from": user_id, "text": text}))

    await first_of(serve(publish, topic), until_expired())
