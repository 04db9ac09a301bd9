# src/app/routes/topics.py
import json
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from quart import Blueprint
from quart_cors import cors_exempt

from app.hub import Subscriber, current_hub
from app.sockets import accept_user, check_origin, first_of, serve, until_expired

blueprint = Blueprint("topics", __name__, url_prefix="/ws")
blueprint.before_websocket(check_origin)


class Command(BaseModel):
    model_config = ConfigDict(extra="forbid")

    action: Literal["subscribe", "unsubscribe", "publish"]
    topic: str = Field(pattern=r"^[a-z0-9-]{1,64}$")
    data: str = ""


async def obey(text: str, subscriber: Subscriber) -> None:
    hub = current_hub()
    try:
        command = Command.model_validate_json(text)
    except ValidationError:
        subscriber.offer(json.dumps({"error": "not understood"}))
        return
    topic = f"topic:{command.topic}"
    match command.action:
        case "publish":
            await hub.publish(topic, json.dumps({"topic": command.topic, "data": command.data}))
        case "subscribe" if not hub.join(subscriber, topic):
            subscriber.offer(json.dumps({"error": "too many topics"}))
        case "subscribe":
            subscriber.offer(json.dumps({"subscribed": command.topic}))
        case "unsubscribe":
            hub.leave(subscriber, topic)
            subscriber.offer(json.dumps({"unsubscribed": command.topic}))


@blueprint.websocket("/topics")
@cors_exempt
async def topics() -> None:
    await accept_user()
    await first_of(serve(obey), until_expired())
