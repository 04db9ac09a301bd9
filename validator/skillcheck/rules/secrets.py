"""A value -> whether it only stands for a secret."""

from __future__ import annotations

import re

_STAND_IN = re.compile(
    r"example|your|xxx|token|secret|placeholder|redacted|dummy|fake|sample|a1b2c3|123456|abcdef|000000|eyJzdWIiOiIxMjM0NTY3ODkw",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"pass|pwd|key|user|admin|root|guest|login|credential|change|replace|insert|todo|test|demo|postgres|mysql|redis|mongo"
    r"|rabbit|\.\.\.|[<>{}$%*()\[\]\u2026]|^[A-Z_]+$|^(.)\1*$",
    re.IGNORECASE,
)


def is_stand_in(value: str) -> bool:
    """Return whether what has the shape of a key says that it is none."""
    return _STAND_IN.search(value) is not None


def is_placeholder(value: str, user: str = "") -> bool:
    """Return whether a password is to be filled in, or is one that everybody knows."""
    return value == user or is_stand_in(value) or _PLACEHOLDER.search(value) is not None
