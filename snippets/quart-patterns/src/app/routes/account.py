# src/app/routes/account.py
import asyncio

from quart import Blueprint, current_app, g, websocket
from quart_cors import cors_exempt
from quart_schema import validate_request, validate_response
from sqlalchemy import delete

from app.database import transaction
from app.errors import Unauthenticated
from app.hub import Subscriber
from app.limits import limit_rate
from app.models import LoginSession, User
from app.schemas import PasswordChange, UserOut
from app.security import hash_password, verify_password
from app.sessions import COOKIE, refuse_other_sites, require_session, session_user, start_session
from app.sockets import check_origin, first_of, serve

blueprint = Blueprint("account", __name__, url_prefix="/account")
blueprint.before_request(refuse_other_sites)
blueprint.before_request(require_session)
blueprint.before_websocket(check_origin)


@blueprint.get("")
@validate_response(UserOut)
async def show() -> UserOut:
    async with transaction() as session:
        return UserOut.model_validate(await session.get_one(User, g.user_id))


@blueprint.post("/password")
@validate_request(PasswordChange)
async def change_password(data: PasswordChange) -> tuple[str, int]:
    """Ends every session of the user, then starts a new one for this browser."""
    await limit_rate(f"password:{g.user_id}", limit=10, seconds=60)  # a stolen session must not try passwords
    async with transaction() as session:
        stored = (await session.get_one(User, g.user_id)).password_hash
    if not await verify_password(stored, data.old.get_secret_value()):
        raise Unauthenticated("Wrong password")
    password_hash = await hash_password(data.new.get_secret_value())
    async with transaction() as session:
        (await session.get_one(User, g.user_id)).password_hash = password_hash
        await session.execute(delete(LoginSession).where(LoginSession.user_id == g.user_id))
    await start_session(g.user_id)
    return "", 204


async def until_revoked(token: str | None) -> None:
    while True:
        await asyncio.sleep(current_app.config["SESSION_CHECK_SECONDS"])
        await session_user(token)


async def only_listens(_: str, __: Subscriber) -> None:
    """What the client says is ignored."""


@blueprint.websocket("/events")
@cors_exempt
async def events() -> None:
    token = websocket.cookies.get(COOKIE)
    user_id = await session_user(token)  # before accept: the answer is a 401
    await websocket.accept()
    try:
        await first_of(serve(only_listens, f"user:{user_id}"), until_revoked(token))
    except Unauthenticated:
        await websocket.close(1008, "the session has ended")
