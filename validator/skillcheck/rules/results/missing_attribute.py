"""Result -> missing-attribute."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import CauseKind, Result
from skillcheck.rules.rule import Told, rule


@rule("SK804")
def missing_attribute(result: Result) -> Iterator[Told]:
    """A block imports a name that its module does not have.

    The module is installed, the name is not in it. Mostly it belongs to another release.
    """
    for cause in result.causes:
        if cause.kind is CauseKind.MISSING_ATTRIBUTE:
            yield Told(cause.place, cause.fact, cause.remedy)
