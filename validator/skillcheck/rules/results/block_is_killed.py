"""Result -> block-is-killed."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import CauseKind, Result
from skillcheck.rules.rule import Told, rule


@rule("SK811")
def block_is_killed(result: Result) -> Iterator[Told]:
    """A block's process is ended by a signal.

    It crashed in native code, or killed itself.
    """
    for cause in result.causes:
        if cause.kind is CauseKind.SIGNAL:
            yield Told(cause.place, cause.fact, cause.remedy)
