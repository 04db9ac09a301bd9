# src/app/security.py
import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import ParamSpec, TypeVar

import jwt
from quart import current_app, g, request
from werkzeug.security import check_password_hash, generate_password_hash

from app.errors import Unauthenticated

AUDIENCE = "app"
P = ParamSpec("P")
R = TypeVar("R")

# checked when there is no such user, so that both answers take as long
NOBODY = generate_password_hash("nobody has this password")


async def hash_password(password: str) -> str:
    return await asyncio.to_thread(generate_password_hash, password)


async def verify_password(stored: str | None, password: str) -> bool:
    matches = await asyncio.to_thread(check_password_hash, stored or NOBODY, password)
    return matches and stored is not None


def create_token(user_id: int) -> str:
    now = datetime.now(UTC)
    lifetime = timedelta(seconds=current_app.config["TOKEN_SECONDS"])
    claims = {"sub": str(user_id), "aud": AUDIENCE, "iat": now, "exp": now + lifetime}
    return jwt.encode(claims, current_app.config["SECRET_KEY"], algorithm="HS256")


def read_token(token: str) -> int:
    try:
        claims = jwt.decode(
            token,
            current_app.config["SECRET_KEY"],
            algorithms=["HS256"],
            audience=AUDIENCE,
            options={"require": ["exp", "sub", "aud"]},
        )
        return int(claims["sub"])
    except (jwt.InvalidTokenError, ValueError) as error:
        raise Unauthenticated("The token is invalid or expired") from error


def authenticate(header: str | None) -> int:
    scheme, _, token = (header or "").partition(" ")
    if scheme.lower() != "bearer":
        raise Unauthenticated("A bearer token is required")
    return read_token(token)


def login_required(view: Callable[P, Awaitable[R]]) -> Callable[P, Awaitable[R]]:
    @wraps(view)
    async def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        g.user_id = authenticate(request.headers.get("Authorization"))
        return await view(*args, **kwargs)

    return guarded
