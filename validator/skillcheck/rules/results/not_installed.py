"""Result -> not-installed."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import CauseKind, Result, Severity
from skillcheck.rules.rule import Told, rule


@rule("SK815", severity=Severity.WARNING)
def not_installed(result: Result) -> Iterator[Told]:
    """A block imports what is not installed, and nothing was to be installed.

    With `--no-install` blocks run on what happens to be there. Nothing is known of a block that needs more.
    """
    for cause in result.causes:
        if cause.kind is CauseKind.NOT_INSTALLED:
            yield Told(cause.place, cause.fact, cause.remedy)
