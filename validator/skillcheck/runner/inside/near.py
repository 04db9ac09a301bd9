"""A name and those that there are → the one that may be meant."""

from __future__ import annotations

from collections.abc import Iterable

NEAR = 0.7


def near(name: str, names: Iterable[str]) -> str | None:
    """Return the name that is most like `name`, None where none is like it."""
    import difflib  # noqa: PLC0415 - no program's business

    return next(iter(difflib.get_close_matches(name, list(names), 1, NEAR)), None)
