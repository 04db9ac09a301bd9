"""Result -> unawaited-coroutine."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import CauseKind, Result
from skillcheck.rules.rule import Told, rule


@rule("SK818")
def unawaited_coroutine(result: Result) -> Iterator[Told]:
    """A block calls an asynchronous function and neither awaits what that gives nor keeps it.

    Nothing of the function is executed. Python says so in a warning at most, and the block ends as if it had worked.
    """
    for cause in result.causes:
        if cause.kind is CauseKind.NOT_AWAITED:
            yield Told(cause.place, cause.fact, cause.remedy)
