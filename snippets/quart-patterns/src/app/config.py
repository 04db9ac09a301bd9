# src/app/config.py
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from quart import Quart

Origin = Annotated[str, Field(pattern=r"^https?://[^/*\s]+$")]


class Settings(BaseModel):
    """What the app needs. SECRET_KEY has no default on purpose."""

    model_config = ConfigDict(strict=True, hide_input_in_errors=True)

    SECRET_KEY: str = Field(min_length=32)
    DATABASE_URL: str = "sqlite+aiosqlite:///app.db"
    REDIS_URL: str | None = None
    ALLOWED_ORIGINS: list[Origin] = []
    TOKEN_SECONDS: int = Field(default=900, gt=0)
    SESSION_SECONDS: int = Field(default=86_400, gt=0)
    SESSION_CHECK_SECONDS: float = Field(default=30, gt=0)
    JOB_SECONDS: float = Field(default=60, gt=0)
    SOCKET_SEND_SECONDS: float = Field(default=10, gt=0)
    DRAIN_SECONDS: float = Field(default=0, ge=0)
    TRUSTED_HOPS: int = Field(default=0, ge=0)
    UPLOAD_FOLDER: str = "uploads"


def load_config(app: Quart, overrides: Mapping[str, Any] | None = None) -> None:
    app.config.from_mapping(
        MAX_CONTENT_LENGTH=1024 * 1024,
        SESSION_COOKIE_SECURE=True,
        SESSION_COOKIE_SAMESITE="Lax",
    )
    app.config.from_prefixed_env()
    app.config.from_mapping(overrides)
    app.config.from_mapping(Settings.model_validate(dict(app.config)).model_dump())
