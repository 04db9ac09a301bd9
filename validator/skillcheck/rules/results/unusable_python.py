"""Result -> unusable-python."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import CauseKind, Result
from skillcheck.rules.rule import Told, rule


@rule("SK816")
def unusable_python(result: Result) -> Iterator[Told]:
    """The Python that is asked for cannot be used.

    It is not on this machine, it does not start, or it is too old to read the blocks. None is downloaded.
    """
    for cause in result.causes:
        if cause.kind is CauseKind.INTERPRETER:
            yield Told(cause.place, cause.fact, cause.remedy)
