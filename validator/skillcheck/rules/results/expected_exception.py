"""Result -> expected-exception."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import CauseKind, Result
from skillcheck.rules.rule import Told, rule


@rule("SK807")
def expected_exception(result: Result) -> Iterator[Told]:
    """A block does not raise what its directive says.

    The directive promises an exception. The block ended without it, or with another one.
    """
    for cause in result.causes:
        if cause.kind is CauseKind.EXPECTED_EXCEPTION:
            yield Told(cause.place, cause.fact, cause.remedy)
