"""Result -> unbound-name."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import CauseKind, Result
from skillcheck.rules.rule import Told, rule


@rule("SK802")
def unbound_name(result: Result) -> Iterator[Told]:
    """A block uses a name that nothing binds.

    Neither the block nor the ones before it define or import the name. Whoever runs it gets a NameError.
    """
    for cause in result.causes:
        if cause.kind is CauseKind.UNBOUND_NAME:
            yield Told(cause.place, cause.fact, cause.remedy)
