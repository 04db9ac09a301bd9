"""Programs run while others are still read, and what reading says counts all the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from skillcheck.model import CauseKind, Level, Outcome, Program
from skillcheck.runner import Proof, running
from skillcheck.runner.hazards import parses

Proved = Callable[..., Proof]
TEXTS = ("import json", "def broken(:", "return 1", "raise ValueError", "x = price")


def document(*texts: str) -> str:
    return "\n".join(f"# Part {number}\n\n```python\n{text}\n```\n" for number, text in enumerate(texts))


def told(proof: Proof) -> list[tuple[Level, Outcome, list[CauseKind]]]:
    return [(each.level, each.outcome, [cause.kind for cause in each.causes]) for each in proof.results]


def test_what_does_not_compile_counts_as_not_run(proved: Proved) -> None:
    passed, broken, misplaced, failed, unbound = told(proved(document(*TEXTS)))
    assert passed == (Level.COVERED, Outcome.PASSED, [])
    assert broken == misplaced == (Level.SHOWN, Outcome.FAILED, [CauseKind.SYNTAX])
    assert failed == (Level.RESOLVED, Outcome.FAILED, [CauseKind.EXCEPTION])
    assert unbound == (Level.PARSED, Outcome.FAILED, [CauseKind.UNBOUND_NAME])


def test_what_this_interpreter_cannot_read_is_run_if_the_other_can(
    proved: Proved, monkeypatch: pytest.MonkeyPatch
) -> None:
    sure = told(proved(document(*TEXTS)))
    monkeypatch.setattr(running, "parses", lambda _: False)
    assert told(proved(document(*TEXTS))) == sure


def test_what_cannot_be_read_here_is_not_run_before_it_was_read(
    laid: Callable[..., tuple[Program, ...]],
) -> None:
    assert [parses(program) for program in laid(document(*TEXTS))] == [True, False, True, True, True]
