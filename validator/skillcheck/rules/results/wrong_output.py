"""Result -> wrong-output."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import CauseKind, Result
from skillcheck.rules.rule import Told, rule


@rule("SK821")
def wrong_output(result: Result) -> Iterator[Told]:
    """A block prints something else than it says.

    A line `#> …` and a fence called `output` promise what is printed. The block was run twice, and printed something
    else both times. `...` in what is promised stands for anything.
    """
    for cause in result.causes:
        if cause.kind is CauseKind.OUTPUT:
            yield Told(cause.place, cause.fact, cause.remedy)
