# src/app/routes/users.py
from quart import Blueprint, g
from quart_schema import validate_querystring, validate_request, validate_response
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.database import transaction
from app.errors import EmailTaken, NotFound
from app.limits import client_network, limit_rate
from app.models import User
from app.schemas import Page, Registration, UserList, UserOut
from app.security import hash_password, login_required
from app.tasks import enqueue_welcome

blueprint = Blueprint("users", __name__, url_prefix="/users")


@blueprint.post("")
@validate_request(Registration)
@validate_response(UserOut, 201)
async def register(data: Registration) -> tuple[UserOut, int]:
    await limit_rate(f"register:{client_network()}", limit=100, seconds=60)
    password_hash = await hash_password(data.password.get_secret_value())
    user = User(email=data.email, name=data.name, password_hash=password_hash)
    try:
        async with transaction() as session:
            session.add(user)
    except IntegrityError as error:
        raise EmailTaken("This e-mail address is already registered") from error
    await enqueue_welcome(user.id)
    return UserOut.model_validate(user), 201


@blueprint.get("/me")
@login_required
@validate_response(UserOut)
async def me() -> UserOut:
    async with transaction() as session:
        user = await session.get(User, g.user_id)
    if user is None:
        raise NotFound("User not found")
    return UserOut.model_validate(user)


@blueprint.get("")
@login_required
@validate_querystring(Page)
@validate_response(UserList)
async def list_users(query_args: Page) -> UserList:
    later = select(User).where(User.id > query_args.after).order_by(User.id)
    async with transaction() as session:
        users = (await session.scalars(later.limit(query_args.limit))).all()
    return UserList(users=[UserOut.model_validate(user) for user in users])
