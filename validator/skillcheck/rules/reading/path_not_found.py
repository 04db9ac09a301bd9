"""Fault -> path-not-found."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Fault, FaultKind
from skillcheck.rules.rule import Told, rule


@rule("SK002")
def path_not_found(fault: Fault) -> Iterator[Told]:
    """A path does not exist.

    What cannot be found cannot be checked. A path that is misspelt in a build step would otherwise pass for ever.
    """
    if fault.kind is FaultKind.NOT_FOUND:
        yield Told(fault.place, fault.fact, fault.remedy)
