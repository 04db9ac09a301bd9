"""Paths → a report: skill by skill, so that the texts of one are forgotten before the next are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from skillcheck.config import Config
from skillcheck.crew import begun, hands
from skillcheck.lint.reporting import Paths, finished, report
from skillcheck.load import Lines, Waiting, survey
from skillcheck.model import Bundle, Finding, Report, Skill
from skillcheck.rules import Outer, in_order, judge, nodes_of, outers, skill_nodes
from skillcheck.telling import excerpted, fingerprinted, levelled

TOGETHER = 16
"""So many skills are judged as one job: enough to outweigh handing it over, few enough to share the work evenly."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rules say of nodes, each by itself, and what is left of those that are skills: their outlines."""

    findings: tuple[Finding, ...]
    outlines: tuple[Skill, ...] = ()


def lint(paths: Paths, config: Config) -> Report:
    """Read `paths` and return what the rules say of them."""
    found = survey(paths)
    jobs = [found.waiting[start : start + TOGETHER] for start in range(0, len(found.waiting), TOGETHER)]
    with begun(jobs, judged_skills, hands()) as results:
        around = found.around()
        outer, more = judged_outers(outers(around.bundle)), judged_skills(around.waiting)
        done = [outer, *results(), more]
    packed = {skill.path: skill for skill in found.packed}  # the lines of these are on no disk
    skills = (packed.get(outline.path, outline) for each in done for outline in each.outlines)
    bundle = replace(around.bundle, skills=tuple(sorted(skills, key=lambda skill: skill.path)))
    return finished(report(bundle, tuple(_told(bundle, done, config)), config))


def judged_outers(found: Sequence[Outer]) -> Judged:
    """Judge what stands around skills."""
    return Judged(tuple(judge(chain.from_iterable(map(nodes_of, found)))))


def judged_skills(found: Sequence[Waiting]) -> Judged:
    """Read skills and judge them; what is to be said of several together is not part of it."""
    outlines: list[Skill] = []
    findings: list[Finding] = []
    for waiting in found:
        skill = waiting.read()
        findings += _with_own_lines(judge(skill_nodes(skill)), skill)
        outlines.append(skill.outline())
    return Judged(tuple(findings), tuple(outlines))


def _with_own_lines(findings: Iterator[Finding], skill: Skill) -> Iterator[Finding]:
    """Yield the findings, those on the skill's own pages with the line that they are about."""
    lines = Lines(Bundle((), (skill,)))
    for finding in findings:
        is_own = finding.place.path in lines.texts
        yield replace(finding, excerpt=lines.at(finding.place)) if is_own else finding


def _told(bundle: Bundle, done: Sequence[Judged], config: Config) -> Iterator[Finding]:
    together = judge([bundle, *bundle.faults, *config.faults])
    alone = chain.from_iterable(each.findings for each in done)
    every = in_order(excerpted(chain(together, alone), bundle))
    return fingerprinted(levelled(every, frozenset(config.targets)), config.root)
