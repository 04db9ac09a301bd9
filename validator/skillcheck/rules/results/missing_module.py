"""Result -> missing-module."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import CauseKind, Result
from skillcheck.rules.rule import Told, rule


@rule("SK803")
def missing_module(result: Result) -> Iterator[Told]:
    """A block imports a module that does not exist.

    The declared requirements do not have it. Perhaps a release renamed or removed it.
    """
    for cause in result.causes:
        if cause.kind is CauseKind.MISSING_MODULE:
            yield Told(cause.place, cause.fact, cause.remedy)
