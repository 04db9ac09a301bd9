"""Paths → a report: skill by skill, so that the texts of one are forgotten before the next are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from skillcheck.config import Config
from skillcheck.crew import hands, spread
from skillcheck.lint.reporting import Paths, finished, report
from skillcheck.load import Waiting, survey
from skillcheck.model import Bundle, Finding, Report, Skill
from skillcheck.rules import in_order, judge, outer_nodes, skill_nodes
from skillcheck.telling import excerpted, fingerprinted, levelled

TOGETHER = 16
"""So many skills are judged as one job: enough to outweigh handing it over, few enough to share the work evenly."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What is left of skills that were judged: their outlines, and what the rules say of each by itself."""

    outlines: tuple[Skill, ...]
    findings: tuple[Finding, ...]


def lint(paths: Paths, config: Config) -> Report:
    """Read `paths` and return what the rules say of them."""
    found = survey(paths)
    jobs = [found.waiting[start : start + TOGETHER] for start in range(0, len(found.waiting), TOGETHER)]
    done = list(spread(jobs, judged_alone, hands()))
    packed = {skill.path: skill for skill in found.packed}  # the lines of these are on no disk
    outlines = chain.from_iterable(each.outlines for each in done)
    bundle = replace(found.bundle, skills=tuple(packed.get(outline.path, outline) for outline in outlines))
    return finished(report(bundle, tuple(_told(bundle, done, config)), config))


def judged_alone(skills: Sequence[Waiting]) -> Judged:
    """Read skills and judge each; what is to be said of several together is not part of it."""
    outlines: list[Skill] = []
    findings: list[Finding] = []
    for waiting in skills:
        skill = waiting.read()
        findings += _with_own_lines(judge(skill_nodes(skill)), skill)
        outlines.append(skill.outline())
    return Judged(tuple(outlines), tuple(findings))


def _with_own_lines(findings: Iterator[Finding], skill: Skill) -> Iterator[Finding]:
    """Yield the findings, those on the skill's own pages with the line that they are about."""
    pages = {document.path for document in skill.documents}
    bundle = Bundle((), (skill,))
    for finding in findings:
        yield from excerpted((finding,), bundle) if finding.place.path in pages else (finding,)


def _told(bundle: Bundle, done: Sequence[Judged], config: Config) -> Iterator[Finding]:
    outer = judge([*outer_nodes(bundle), *config.faults])
    alone = chain.from_iterable(each.findings for each in done)
    every = in_order(excerpted(chain(outer, alone), bundle))
    return fingerprinted(levelled(every, frozenset(config.targets)), config.root)
