"""TestRun -> broken-test-run."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import TestRun
from skillcheck.rules.rule import Told, rule


@rule("SK853")
def broken_test_run(run: TestRun) -> Iterator[Told]:
    """The skill's tests could not be run.

    Nothing is known of what they would have said.
    """
    if run.error:
        yield Told(run.place, f"the tests could not be run: {run.error}", "mend what keeps pytest from starting")
