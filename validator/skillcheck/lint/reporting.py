"""Nodes → findings, as far as they are wanted → a report."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from skillcheck.config import Config, scoped
from skillcheck.load import Lines
from skillcheck.model import Bundle, Finding, Report
from skillcheck.rules import judge
from skillcheck.telling import about, is_static, levelled, marked, roles, unignored, verdicts

Paths = Sequence[str | os.PathLike[str]]
NOTHING = Bundle(())
ALWAYS = ("SK001", "SK002", "SK011")
"""What says that nothing was looked at, or not as it was asked for: no selection of other rules leaves it out."""


def judged(found: Iterable[object], config: Config, bundle: Bundle = NOTHING) -> tuple[Finding, ...]:
    """Return all that the rules say of nodes, each at its level for the targets."""
    return tuple(marked(heard(judge(found), config), Lines(bundle, around=[config.root]), config.root))


def heard(findings: Iterable[Finding], config: Config) -> Iterator[Finding]:
    """Yield what concerns the targets, those of its path where it has others, each at its level for them."""
    if not config.paths:
        return levelled(findings, frozenset(config.targets))
    return (told for each in findings for told in levelled([each], frozenset(scoped(config, each.place.path).targets)))


def told(found: Iterable[object], config: Config) -> tuple[Finding, ...]:
    """Return what the rules say of nodes, as far as `config` wants to hear it."""
    return tuple(wanted(judged(found, config), config))


def wanted(findings: Iterable[Finding], config: Config) -> Iterator[Finding]:
    """Yield the findings whose code is selected (all, without a selection) and not ignored."""
    for finding in findings:
        selected = not config.select or finding.code.startswith((*config.select, *ALWAYS))
        ignored = tuple(scoped(config, finding.place.path).ignore)
        if selected and not (ignored and finding.code.startswith(ignored)):
            yield finding


def report(
    bundle: Bundle, findings: Sequence[Finding], config: Config, looked_at: Callable[[str], bool] = is_static
) -> Report:
    """Return a report of the findings that are wanted; the verdicts are of all, wanted or not.

    An ignore is told to be unused only if what it asks for was `looked_at`.
    """
    skills = tuple(skill.name for skill in bundle.skills)
    left, unused = unignored(findings, bundle, looked_at)
    left_over = tuple(wanted(sorted((*left, *judged(unused, config, bundle)), key=_order), config))
    return Report(skills=skills, findings=left_over, verdicts=verdicts(skills, findings, roles(bundle)))


def finished(report: Report) -> Report:
    """Return the report with what the rules of its findings are about."""
    return replace(report, about=about(report.findings))


def _order(finding: Finding) -> tuple[str, int, int, str, str]:
    place = finding.place
    return place.path, place.line, place.column, finding.code, finding.message
