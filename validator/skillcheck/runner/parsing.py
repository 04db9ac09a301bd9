"""Units of other languages than Python → what their own parsers say."""

from __future__ import annotations

import re
import time

from skillcheck.model import Cause, CauseKind, Level, Outcome, Result, Role, Unit
from skillcheck.runner.languages import ACCEPTED, Verdict, languages
from skillcheck.runner.layout import place
from skillcheck.runner.scripts import commands

UNPARSED = "does not parse"
TRANSCRIPT = "a transcript"
BLANK = re.compile(r"<[^\W\d][^<>\n]*>|\.\.\.|…|\{\{")
MISSED = re.compile(r"unexpected (?:end of file|EOF)|here-document|has no end|did not finish")


def parsed(skill: str, unit: Unit) -> Result:
    """Return how far the unit is proven by reading it."""
    if unit.role is Role.SHOWN:
        return _shown(skill, unit)
    if unit.block.directive.options.get("level") == "shown":
        return Result(skill, unit, Level.SHOWN, Outcome.SKIPPED, reason="level=shown is asked for")
    language = languages().get(unit.language)
    if language is None:
        return Result(skill, unit, Level.SHOWN, Outcome.SKIPPED, reason=f"no parser for `{unit.language}`")
    begin = time.perf_counter()
    verdict = language.parse(commands(unit.block.text) if unit.language == "bash" else unit.block.text)
    duration = time.perf_counter() - begin
    if verdict.fact:
        causes = (_wrong(unit, verdict),)
        level, why = (Level.PARSED, "") if verdict.unbound else (Level.SHOWN, UNPARSED)
        return Result(skill, unit, level, Outcome.FAILED, causes, why, duration)
    if verdict.reason:
        return Result(skill, unit, Level.SHOWN, Outcome.SKIPPED, reason=verdict.reason, duration=duration)
    return Result(skill, unit, Level.PARSED, Outcome.PASSED, duration=duration)


def _shown(skill: str, unit: Unit) -> Result:
    said = _typed(unit) if unit.language == "bash" and unit.reason == TRANSCRIPT else ACCEPTED
    if said.fact:
        return Result(skill, unit, Level.SHOWN, Outcome.FAILED, (_wrong(unit, said),), UNPARSED)
    return Result(skill, unit, Level.SHOWN, Outcome.SKIPPED, reason=unit.reason)


def _typed(unit: Unit) -> Verdict:
    """Return what is certain to be wrong in what a console's text shows as typed.

    An end that is missing may have been typed behind another prompt; what has blanks to be filled in was never typed.
    """
    text = commands(unit.block.text)
    if text == unit.block.text or BLANK.search(text):
        return ACCEPTED
    verdict = languages()["bash"].parse(text)
    return ACCEPTED if MISSED.search(verdict.fact) else verdict


def _wrong(unit: Unit, verdict: Verdict) -> Cause:
    lines = max(unit.block.text.count("\n"), 1)
    where = place(unit, unit.block.line - 1 + min(verdict.line, lines), verdict.column)
    kind = CauseKind.UNBOUND_NAME if verdict.unbound else CauseKind.SYNTAX
    return Cause(kind, where, verdict.fact, verdict.remedy)
