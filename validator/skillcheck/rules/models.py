"""The value of `model` -> what it was meant to be, where it is the name of no model of Claude."""

from __future__ import annotations

import re

from skillcheck import facts
from skillcheck.model import Json
from skillcheck.rules.wording import closest

_FULL = re.compile(r"claude|[/:@]|^\$|^\{")


def wrong_model(value: Json) -> tuple[str, str] | None:
    """Return what is wrong with a model and the remedy, None for a short name, a full one, or that of a provider."""
    name = value.strip().lower().partition("[")[0] if isinstance(value, str) else ""
    known = facts.frontmatter().models
    if not name or name in known or _FULL.search(name):
        return None
    near = closest(name, known)
    fix = f"write `{near}`" if near else f"write one of {', '.join(known)}, or the full name of a model"
    return f"`model` is {value!r}, which is the name of no model of Claude", fix
