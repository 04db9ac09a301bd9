"""Configuration and the factory."""

from __future__ import annotations

from typing import Any

import pytest
from app import create_app
from pydantic import ValidationError

from conftest import SECRET


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QUART_SECRET_KEY", "QUART_DATABASE_URL", "QUART_ALLOWED_ORIGINS", "QUART_REDIS_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"SECRET_KEY": ""},
        {"SECRET_KEY": "short"},
        {"SECRET_KEY": SECRET, "ALLOWED_ORIGINS": ["*"]},
        {"SECRET_KEY": SECRET, "ALLOWED_ORIGINS": ["https://app.example/"]},
        {"SECRET_KEY": SECRET, "ALLOWED_ORIGINS": "https://app.example"},
        {"SECRET_KEY": SECRET, "TOKEN_SECONDS": 0},
    ],
)
def test_start_up_refuses_what_is_unsafe(settings: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        create_app(settings)


def test_a_refused_secret_is_not_shown() -> None:
    with pytest.raises(ValidationError) as refused:
        create_app({"SECRET_KEY": "hunter2"})
    assert "hunter2" not in str(refused.value)


def test_the_environment_is_read_when_the_app_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUART_SECRET_KEY", SECRET)
    monkeypatch.setenv("QUART_ALLOWED_ORIGINS", '["https://one.example", "https://two.example"]')
    monkeypatch.setenv("QUART_TOKEN_SECONDS", "60")
    config = create_app().config
    assert config["ALLOWED_ORIGINS"] == ["https://one.example", "https://two.example"]
    assert config["TOKEN_SECONDS"] == 60
    assert create_app({"TOKEN_SECONDS": 5}).config["TOKEN_SECONDS"] == 5


def test_a_secret_of_digits_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUART_SECRET_KEY", "1" * 40)
    with pytest.raises(ValidationError, match="SECRET_KEY"):
        create_app()


def test_apps_share_nothing() -> None:
    one, two = create_app({"SECRET_KEY": SECRET}), create_app({"SECRET_KEY": SECRET})
    one.config["TOKEN_SECONDS"] = 1
    assert two.config["TOKEN_SECONDS"] == 900
    assert one.extensions["hub"] is not two.extensions["hub"]


def test_cookies_are_strict_and_bodies_are_limited() -> None:
    config = create_app({"SECRET_KEY": SECRET}).config
    assert config["SESSION_COOKIE_SECURE"] is True
    assert config["SESSION_COOKIE_HTTPONLY"] is True
    assert config["SESSION_COOKIE_SAMESITE"] == "Lax"
    assert config["MAX_CONTENT_LENGTH"] == 1024 * 1024
