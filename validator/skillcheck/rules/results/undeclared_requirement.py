"""Result -> undeclared-requirement."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import CauseKind, Result
from skillcheck.rules.rule import Told, rule


@rule("SK805")
def undeclared_requirement(result: Result) -> Iterator[Told]:
    """A block imports a distribution that is declared nowhere.

    What is not declared is not installed, and guessing a distribution by its import name installs strangers'
    code.
    """
    for cause in result.causes:
        if cause.kind is CauseKind.UNDECLARED:
            yield Told(cause.place, cause.fact, cause.remedy)
