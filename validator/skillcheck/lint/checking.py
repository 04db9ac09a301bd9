"""Paths → a report: skill by skill, so that the texts of one are forgotten before the next are read."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from skillcheck.config import Config, unknown_codes
from skillcheck.crew import begun, hands
from skillcheck.lint.reporting import Paths, finished, heard, report
from skillcheck.load import Lines, Waiting, survey
from skillcheck.model import Bundle, Finding, Report, Skill
from skillcheck.model.lean import dataclass
from skillcheck.rules import Outer, in_order, judge, nodes_of, outers, skill_nodes
from skillcheck.telling import marked

TOGETHER = 16
"""So many skills are judged as one job: enough to outweigh handing it over, few enough to share the work evenly."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What is told of nodes, each by itself, and what is left of those that are skills: their outlines."""

    findings: tuple[Finding, ...]
    outlines: tuple[Skill, ...] = ()


def lint(paths: Paths, config: Config) -> Report:
    """Read `paths` and return what the rules say of them."""
    found = survey(paths)
    bench = _Bench(config, Lines(Bundle(tuple(os.fspath(path) for path in paths), found.packed), around=[config.root]))
    jobs = [found.waiting[start : start + TOGETHER] for start in range(0, len(found.waiting), TOGETHER)]
    with begun(jobs, bench.skills, hands()) as results:
        around = found.around()
        outer, more = bench.outers(outers(around.bundle)), bench.skills(around.waiting)
        done = [outer, *results(), more]
    packed = {skill.path: skill for skill in found.packed}  # the lines of these are on no disk
    skills = (packed.get(outline.path, outline) for each in done for outline in each.outlines)
    bundle = replace(around.bundle, skills=tuple(sorted(skills, key=lambda skill: skill.path)))
    lines = Lines(bundle, bench.packed)
    together = bench.told(judge([bundle, *bundle.faults, *config.faults, *unknown_codes(config)]), lines)
    merged = _merged([together, *(each.findings for each in done)], lines, config)
    return finished(report(bundle, merged, config))


@dataclass(frozen=True, slots=True)
class _Bench:
    """Where nodes are judged; the lines of what is `packed` in archives are on no disk."""

    config: Config
    packed: Lines

    def outers(self, found: Sequence[Outer]) -> Judged:
        """Judge what stands around skills."""
        findings = judge(chain.from_iterable(map(nodes_of, found)))
        return Judged(self.told(findings, self.packed))

    def skills(self, found: Sequence[Waiting]) -> Judged:
        """Read skills and judge them; what is to be said of several together is not part of it."""
        outlines: list[Skill] = []
        findings: list[Finding] = []
        for waiting in found:
            skill = waiting.read()
            lines = Lines(Bundle((), (skill,)), self.packed)
            findings += (finding.marked(lines.at(finding.place), "") for finding in judge(skill_nodes(skill)))
            outlines.append(skill.outline())
        return Judged(self.told(findings, self.packed), tuple(outlines))

    def told(self, findings: Iterable[Finding], lines: Lines) -> tuple[Finding, ...]:
        """Return what of the findings concerns the targets, each with its line and a fingerprint."""
        return tuple(marked(heard(in_order(findings), self.config), lines, self.config.root))


def _merged(parts: Sequence[Sequence[Finding]], lines: Lines, config: Config) -> list[Finding]:
    """Return what was told in several parts, each once, in order; which of several alike one is counts over all."""
    parts_of = Counter(key for part in parts for key in {_told_of(finding) for finding in part})
    every = [*chain.from_iterable(parts)]
    shared = [replace(finding, fingerprint="") for finding in every if parts_of[_told_of(finding)] > 1]
    alone = [finding for finding in every if parts_of[_told_of(finding)] == 1] if shared else every
    return in_order([*alone, *marked(in_order(shared), lines, config.root)])


def _told_of(finding: Finding) -> tuple[str, str]:
    return finding.code, finding.place.path
