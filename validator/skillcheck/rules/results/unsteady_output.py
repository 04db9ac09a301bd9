"""Result -> unsteady-output."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Form, Result, Severity
from skillcheck.rules.rule import Told, rule


@rule("SK872", severity=Severity.WARNING)
def unsteady_output(result: Result) -> Iterator[Told]:
    """A block promises to print what changes from run to run.

    It was run twice, the second time with the elements of sets in another order, and printed two different things.
    """
    for found in result.mismatches:
        if not found.steady and found.expectation.form is not Form.REMARK:
            message = f"{found.fact}, and another run prints something else again"
            yield Told(found.place, message, "write `...` for what changes, or have the block print the same each time")
