"""TestRun -> failing-test."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import TestOutcome, TestRun
from skillcheck.rules.rule import Told, rule


@rule("SK851")
def failing_test(run: TestRun) -> Iterator[Told]:
    """A test of the skill fails.

    The skill's tests say what its code does. One of them says otherwise now.
    """
    for failure in run.failures:
        if failure.outcome in {TestOutcome.FAILED, TestOutcome.ERROR}:
            reason = failure.message.strip().rpartition("\n")[2].strip() or failure.outcome
            yield Told(
                failure.place,
                f"the test {failure.name} ends as {failure.outcome}: {reason}",
                "mend the skill's code, or the test",
            )
