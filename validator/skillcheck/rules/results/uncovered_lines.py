"""Result -> uncovered-lines."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Outcome, Result, Severity
from skillcheck.rules.rule import Told, rule

_ENOUGH = 90


@rule("SK861", severity=Severity.WARNING)
def uncovered_lines(result: Result) -> Iterator[Told]:
    """Lines of a block never ran.

    A block may end without an error because most of it only defines functions. What never ran is not proven.
    """
    coverage = result.coverage
    if coverage is None or result.outcome is not Outcome.PASSED or coverage.percent >= _ENOUGH:
        return
    lines = ", ".join(map(str, sorted(coverage.missing)))
    message = f"{coverage.percent:.0f} % of the block's lines ran, expected {_ENOUGH} %; line {lines} never did"
    yield Told(result.block.place, message, "call what the block defines, in a later block or in the skill's tests")
