"""Result -> stale-output-remark."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Form, Result, Severity
from skillcheck.rules.rule import Told, rule


@rule("SK871", severity=Severity.WARNING)
def stale_output_remark(result: Result) -> Iterator[Told]:
    """A comment `# Output:` shows what is no longer printed.

    What it shows is so much like what is printed that it must be a copy, but it is not the same.
    """
    for found in result.mismatches:
        if found.steady and found.expectation.form is Form.REMARK:
            yield Told(found.place, found.fact, "correct the comment; `skillcheck run --update` writes what is printed")
