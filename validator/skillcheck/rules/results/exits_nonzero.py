"""Result -> exits-nonzero."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import CauseKind, Result
from skillcheck.rules.rule import Told, rule


@rule("SK812")
def exits_nonzero(result: Result) -> Iterator[Told]:
    """A block exits with a status that is not 0.

    A shell reads that as a failure, and so does Claude.
    """
    for cause in result.causes:
        if cause.kind is CauseKind.EXIT:
            yield Told(cause.place, cause.fact, cause.remedy)
