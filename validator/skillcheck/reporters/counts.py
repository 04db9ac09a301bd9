"""A report → its counts, and the summary line that every reader sees last."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from skillcheck.model import Finding, Level, Outcome, Report, Result, Severity, TestRun
from skillcheck.reporters.visible import cut, visible

ARTICLE = re.compile(r"\Aan? ")
REASONS = 4
REASON_WIDTH = 40
UNSETTLED = (Outcome.FAILED, Outcome.ERROR, Outcome.BLOCKED)


def summary(report: Report) -> str:
    """Return one line: blocks by level with every reason for a shown one, what did not pass, findings by severity."""
    head = _blocks(report.results) if report.results else plural(len(report.skills), "skill")
    return " · ".join(part for part in (head, _tests(report.tests), _findings(report.findings)) if part)


def verdicts(report: Report) -> str:
    """Return one line: what each client does with the bundle."""
    return " · ".join(f"{client}: {visible(verdict)}" for client, verdict in report.verdicts.items())


def plural(count: int, noun: str) -> str:
    """Return the count with its noun, such as `1 block` and `2 blocks`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def levels(results: Iterable[Result]) -> dict[Level, int]:
    """Return how many blocks reached each level, the highest first, zeros included."""
    counted = Counter(result.level for result in results)
    return {level: counted[level] for level in reversed(Level)}


def outcomes(results: Iterable[Result]) -> dict[Outcome, int]:
    """Return how many blocks ended in each outcome, zeros included."""
    counted = Counter(result.outcome for result in results)
    return {outcome: counted[outcome] for outcome in Outcome}


def severities(findings: Iterable[Finding]) -> dict[Severity, int]:
    """Return how many findings there are of each severity, zeros included."""
    counted = Counter(finding.severity for finding in findings)
    return {severity: counted[severity] for severity in Severity}


def tally(results: Iterable[Result]) -> str:
    """Return how many blocks reached each level and how many did not pass, in a few words."""
    found = tuple(results)
    reached = [f"{count:,} {level}" for level, count in levels(found).items() if count]
    bad = [f"{outcomes(found)[outcome]:,} {_ending(outcome)}" for outcome in UNSETTLED if outcomes(found)[outcome]]
    return ", ".join([*reached, *bad])


def _blocks(results: tuple[Result, ...]) -> str:
    reached = [f"{count:,} {level}{_reasons(results, level)}" for level, count in levels(results).items() if count]
    ended = outcomes(results)
    bad = [f"{ended[outcome]:,} {_ending(outcome)}" for outcome in UNSETTLED if ended[outcome]]
    return f"{plural(len(results), 'block')}: {', '.join(reached)}" + (f"; {', '.join(bad)}" if bad else "")


def _ending(outcome: Outcome) -> str:
    return "not decided" if outcome is Outcome.ERROR else outcome.value


def _reasons(results: tuple[Result, ...], level: Level) -> str:
    if level is not Level.SHOWN:
        return ""
    reasons = (ARTICLE.sub("", result.reason) for result in results if result.level is level)
    counted = Counter(cut(reason, REASON_WIDTH) or "no reason" for reason in reasons)
    ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    told = [f"{count:,} {reason}" for reason, count in ranked[:REASONS]]
    rest = sum(count for _, count in ranked[REASONS:])
    return f" ({', '.join([*told, f'{rest:,} for other reasons'] if rest else told)})"


def _tests(runs: tuple[TestRun, ...]) -> str:
    if not runs:
        return ""
    passed, skipped, failed = (
        sum(run.passed for run in runs),
        sum(run.skipped for run in runs),
        sum(len(run.failures) for run in runs),
    )
    broken = sum(bool(run.error) for run in runs)
    rest = [f"{count:,} {word}" for count, word in ((failed, "failed"), (skipped, "skipped")) if count]
    stopped = [f"{plural(broken, 'test run')} broken"] if broken else []
    return ", ".join([f"{plural(passed, 'test')} passed", *rest, *stopped])


def _findings(findings: tuple[Finding, ...]) -> str:
    counted = severities(findings)
    told = [plural(counted[severity], severity.value) for severity in (Severity.ERROR, Severity.WARNING)]
    notes = counted[Severity.NOTE]
    return ", ".join([*told, plural(notes, "note")] if notes else told)
