"""Result -> block-times-out."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import CauseKind, Result
from skillcheck.rules.rule import Told, rule


@rule("SK808")
def block_times_out(result: Result) -> Iterator[Told]:
    """A block does not end in time.

    It waits for something that never comes, or it works too long. A directive may give it more time.
    """
    for cause in result.causes:
        if cause.kind is CauseKind.TIMEOUT:
            yield Told(cause.place, cause.fact, cause.remedy)
