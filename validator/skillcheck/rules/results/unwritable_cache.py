"""Result -> unwritable-cache."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import CauseKind, Result
from skillcheck.rules.rule import Told, rule


@rule("SK817")
def unwritable_cache(result: Result) -> Iterator[Told]:
    """The user's cache cannot be written.

    Environments are made there, and what is downloaded is kept there. Without it nothing can be installed.
    """
    for cause in result.causes:
        if cause.kind is CauseKind.CACHE:
            yield Told(cause.place, cause.fact, cause.remedy)
