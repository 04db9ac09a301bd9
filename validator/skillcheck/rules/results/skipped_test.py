"""TestRun -> skipped-test."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Severity, TestRun
from skillcheck.rules.rule import Told, rule


@rule("SK852", severity=Severity.WARNING)
def skipped_test(run: TestRun) -> Iterator[Told]:
    """A test of the skill is skipped.

    A test that does not run proves nothing, and looks as if it did.
    """
    if run.skipped:
        message = f"{run.skipped} of the skill's tests are skipped, {run.passed} passed"
        yield Told(run.place, message, "give them what they need, or remove them")
