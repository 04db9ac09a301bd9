from __future__ import annotations

from dataclasses import replace

import pytest

from skillcheck.model import Level, Outcome, Place, Report
from skillcheck.model import TestRun as Run
from skillcheck.reporters.counts import plural, summary


def test_the_summary_counts_everything(full: Report) -> None:
    assert summary(full) == (
        "9 blocks: 1 covered, 1 ran, 4 parsed, 3 shown (2 output, 1 template); 1 failed, 1 blocked"
        " · 40 tests passed, 1 failed, 1 skipped, 1 test run broken · 1 error, 1 warning, 1 note"
    )


def test_no_block_is_said_as_skills() -> None:
    assert summary(Report(skills=("a",))) == "1 skill · 0 errors, 0 warnings"


def test_every_shown_block_is_counted_though_not_every_reason_is_named(full: Report) -> None:
    shown = next(result for result in full.results if result.level is Level.SHOWN)
    reasons = ["b", "a", "", "c" * 99, "d", "e", "a"]
    report = Report(results=tuple(replace(shown, reason=reason) for reason in reasons))
    cut = "c" * 39 + "…"
    assert summary(report) == f"7 blocks: 7 shown (2 a, 1 b, 1 {cut}, 1 d, 2 for other reasons) · 0 errors, 0 warnings"


def test_an_undecided_block_is_told(full: Report) -> None:
    undecided = replace(full.results[0], outcome=Outcome.ERROR)
    assert summary(Report(results=(undecided,))) == "1 block: 1 covered; 1 not decided · 0 errors, 0 warnings"


def test_tests_that_all_pass_are_one_number() -> None:
    assert summary(Report(tests=(Run("a", Place("t"), passed=1),))) == "0 skills · 1 test passed · 0 errors, 0 warnings"


@pytest.mark.parametrize(("count", "text"), [(0, "0 blocks"), (1, "1 block"), (2000, "2,000 blocks")])
def test_nouns_follow_their_number(count: int, text: str) -> None:
    assert plural(count, "block") == text
