"""Result -> block-hits-a-limit."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import CauseKind, Result
from skillcheck.rules.rule import Told, rule


@rule("SK809")
def block_hits_a_limit(result: Result) -> Iterator[Told]:
    """A block takes more than it is given.

    Memory, files, processes and output are limited while a block runs.
    """
    for cause in result.causes:
        if cause.kind is CauseKind.LIMIT:
            yield Told(cause.place, cause.fact, cause.remedy)
