"""Result -> block-does-not-parse."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import CauseKind, Result
from skillcheck.rules.rule import Told, rule


@rule("SK801")
def block_does_not_parse(result: Result) -> Iterator[Told]:
    """A block is not valid in its language.

    Nobody can run it, and Claude copies it as it stands.
    """
    for cause in result.causes:
        if cause.kind is CauseKind.SYNTAX:
            yield Told(cause.place, cause.fact, cause.remedy)
