"""Paths → bundle → findings, without executing anything of it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence

from skillcheck.config import Config
from skillcheck.load import load
from skillcheck.model import Bundle, Client, Finding, Report, Severity
from skillcheck.rules import judge, nodes

Paths = Sequence[str | os.PathLike[str]]


def lint(paths: Paths, config: Config) -> Report:
    """Read `paths` and return what the rules say of them."""
    bundle = load(paths)
    return report(bundle, told([*nodes(bundle), *config.faults], config), config)


def told(found: Iterable[object], config: Config) -> tuple[Finding, ...]:
    """Return what the rules say of nodes, as far as `config` wants to hear it."""
    return tuple(wanted(judge(found, targets=frozenset(config.targets)), config))


def wanted(findings: Iterable[Finding], config: Config) -> Iterator[Finding]:
    """Yield the findings whose code is selected (all, without a selection) and not ignored."""
    for finding in findings:
        selected = not config.select or finding.code.startswith(tuple(config.select))
        if selected and not (config.ignore and finding.code.startswith(tuple(config.ignore))):
            yield finding


def report(bundle: Bundle, findings: Sequence[Finding], config: Config) -> Report:
    """Return a report of findings alone."""
    skills = tuple(skill.name for skill in bundle.skills)
    return Report(skills=skills, findings=tuple(findings), verdicts=verdicts(skills, findings, config.targets))


def verdicts(skills: Sequence[str], findings: Iterable[Finding], targets: Sequence[Client]) -> Mapping[Client, str]:
    """Say for each target in a few words whether it takes the bundle as it is meant."""
    if not skills:
        return dict.fromkeys(targets, "finds no skill")
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    return {client: _verdict([finding for finding in errors if client in finding.clients]) for client in targets}


def _verdict(against: Sequence[Finding]) -> str:
    return f"refuses or misreads it ({len(against)})" if against else "takes it"
