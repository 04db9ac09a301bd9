# src/app/routes/auth.py
from quart import Blueprint, current_app
from quart_schema import validate_request, validate_response
from sqlalchemy import select, update

from app.database import transaction
from app.errors import Unauthenticated
from app.limits import client_network, limit_rate
from app.models import User, now
from app.schemas import Credentials, Token
from app.security import create_token, verify_password

blueprint = Blueprint("auth", __name__, url_prefix="/auth")


async def record_login(user_id: int) -> None:
    async with transaction() as session:
        await session.execute(update(User).where(User.id == user_id).values(last_login_at=now()))


async def check_credentials(data: Credentials) -> int:
    await limit_rate(f"login:from:{client_network()}", limit=100, seconds=60)
    await limit_rate(f"login:as:{data.email}", limit=10, seconds=60)
    async with transaction() as session:
        user = await session.scalar(select(User).where(User.email == data.email))
    stored = user.password_hash if user else None
    if not await verify_password(stored, data.password.get_secret_value()) or user is None:
        raise Unauthenticated("Wrong e-mail address or password")
    current_app.add_background_task(record_login, user.id)
    return user.id


@blueprint.post("/login")
@validate_request(Credentials)
@validate_response(Token)
async def login(data: Credentials) -> Token:
    return Token(access_token=create_token(await check_credentials(data)))
