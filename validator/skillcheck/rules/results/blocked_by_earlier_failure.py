"""Result -> blocked-by-earlier-failure."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import CauseKind, Result, Severity
from skillcheck.rules.rule import Told, rule


@rule("SK813", severity=Severity.NOTE)
def blocked_by_earlier_failure(result: Result) -> Iterator[Told]:
    """A block depends on one that failed.

    It was not run. It will be when the earlier block is mended.
    """
    for cause in result.causes:
        if cause.kind is CauseKind.BLOCKED:
            yield Told(cause.place, cause.fact, cause.remedy)
