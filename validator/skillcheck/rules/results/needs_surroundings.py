"""Result -> needs-surroundings."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import CauseKind, Result, Severity
from skillcheck.rules.rule import Told, rule


@rule("SK819", severity=Severity.WARNING)
def needs_surroundings(result: Result) -> Iterator[Told]:
    """A block needs a file, a program, a server, credentials, a device, a system or a Python that is not there.

    It may be right, but that is not proven. What is to be there can be shown in a block, or the block be skipped with
    the reason.
    """
    for cause in result.causes:
        if cause.kind is CauseKind.SURROUNDINGS:
            yield Told(cause.place, cause.fact, cause.remedy)
