"""A Config and the path of a file → what is set for that file."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from functools import cache

from skillcheck.config.settings import Config

_WILD = re.compile(r"(\*\*/|\*\*|\*|\?)")
_MEANINGS = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def scoped(config: Config, path: str) -> Config:
    """Return the configuration with what is set for a path; where several patterns match it the last counts most."""
    if not config.paths:
        return config
    inside = os.path.relpath(os.path.abspath(path), os.path.abspath(config.root)).replace(os.sep, "/")  # noqa: PTH100
    own = [settings for pattern, settings in config.paths.items() if _compiled(pattern).fullmatch(inside)]
    targets = next((settings.targets for settings in reversed(own) if settings.targets is not None), config.targets)
    ignore = (code for settings in own for code in settings.ignore)
    return replace(config, targets=targets, ignore=(*config.ignore, *ignore))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Return what matches a file by its path, or by that of a folder around it."""
    parts = _WILD.split(pattern.removeprefix("./").rstrip("/"))
    meant = "".join(_MEANINGS.get(part) or re.escape(part) for part in parts)
    return re.compile(rf"{meant}(?:/.*)?", re.DOTALL)
