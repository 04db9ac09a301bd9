# src/app/sessions.py
import hashlib
import secrets
from datetime import timedelta
from urllib.parse import urlsplit

from quart import Response, abort, after_this_request, current_app, g, request
from sqlalchemy import delete, select

from app.database import transaction
from app.errors import Unauthenticated
from app.models import LoginSession, now

COOKIE = "__Host-session"  # browsers take this name only with Secure, Path=/ and no Domain
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def send_cookie(token: str, seconds: int) -> None:
    @after_this_request
    async def set_cookie(response: Response) -> Response:
        response.set_cookie(COOKIE, token, max_age=seconds, path="/", secure=True, httponly=True, samesite="Lax")
        return response


async def start_session(user_id: int) -> None:
    """Always with a new token: one that was known before the login must be worth nothing after it."""
    seconds = current_app.config["SESSION_SECONDS"]
    token = secrets.token_urlsafe(32)
    outdated = (LoginSession.user_id == user_id) & (LoginSession.expires_at < now())
    replaced = LoginSession.token_hash == digest(request.cookies.get(COOKIE, ""))
    async with transaction() as session:
        await session.execute(delete(LoginSession).where(outdated | replaced))
        expires_at = now() + timedelta(seconds=seconds)
        session.add(LoginSession(token_hash=digest(token), user_id=user_id, expires_at=expires_at))
    send_cookie(token, seconds)


async def end_session() -> None:
    this = LoginSession.token_hash == digest(request.cookies.get(COOKIE, ""))
    async with transaction() as session:
        await session.execute(delete(LoginSession).where(this))
    send_cookie("", 0)


async def session_user(token: str | None) -> int:
    valid = (LoginSession.token_hash == digest(token or "")) & (LoginSession.expires_at > now())
    async with transaction() as session:
        user_id = await session.scalar(select(LoginSession.user_id).where(valid))
    if user_id is None:
        raise Unauthenticated("Log in first")
    return user_id


async def require_session() -> None:
    g.user_id = await session_user(request.cookies.get(COOKIE))


async def refuse_other_sites() -> None:
    """A browser tells who sends a request; a form on another site cannot change that."""
    origin = request.headers.get("Origin")
    if request.method in SAFE_METHODS or origin in current_app.config["ALLOWED_ORIGINS"]:
        return
    site = request.headers.get("Sec-Fetch-Site")
    ours = site == "same-origin" if site else urlsplit(origin or "").netloc == request.host
    if not ours:
        abort(403, "This request comes from another site")
