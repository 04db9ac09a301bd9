"""Result -> block-fails."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import CauseKind, Result
from skillcheck.rules.rule import Told, rule


@rule("SK806")
def block_fails(result: Result) -> Iterator[Told]:
    """A block ends with an exception.

    It was run as the skill teaches it, with the blocks that it needs, and failed.
    """
    for cause in result.causes:
        if cause.kind is CauseKind.EXCEPTION:
            yield Told(cause.place, cause.fact, cause.remedy)
