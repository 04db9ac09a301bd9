"""Result -> requirements-cannot-be-installed."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import CauseKind, Result
from skillcheck.rules.rule import Told, rule


@rule("SK814")
def requirements_cannot_be_installed(result: Result) -> Iterator[Told]:
    """The skill's requirements cannot be installed.

    Without them no block can be proven. The resolver's own words say why.
    """
    for cause in result.causes:
        if cause.kind is CauseKind.ENVIRONMENT:
            yield Told(cause.place, cause.fact, cause.remedy)
