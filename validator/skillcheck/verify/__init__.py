"""Paths → one report over every stage: checked, extracted, run, tested, packed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from skillcheck.config import Config
from skillcheck.lint import Paths, report, told, verdicts
from skillcheck.load import load
from skillcheck.model import Report, Severity, Skill
from skillcheck.rules import nodes
from skillcheck.verify.evidencing import evidence_of, evidenced
from skillcheck.verify.extracting import extracted, snippets_folder, snippets_of
from skillcheck.verify.listing import listed
from skillcheck.verify.packing import left, packed
from skillcheck.verify.proving import isolation, proved, results
from skillcheck.verify.settings import Extraction, Settings, Stages
from skillcheck.verify.siting import Site, sited

__all__ = [
    "Extraction",
    "Settings",
    "Site",
    "Stages",
    "evidenced",
    "isolation",
    "results",
    "sited",
    "snippets_folder",
    "snippets_of",
    "verify",
]


def verify(paths: Paths, config: Config, stages: Stages, settings: Settings | None = None) -> Report:
    """Put `paths` through the wanted stages and return everything that these have to say.

    A skill is packed only if no stage found an error in it.
    """
    settings = settings or Settings()
    bundle = load(paths)
    whole = listed(bundle.skills, config, stages.listing)
    for skill in bundle.skills:
        whole += extracted(skill, config, stages.extraction, optional=stages.run)
        if stages.run:
            whole += proved(skill, config, settings)
    read = nodes(bundle) if stages.check else (bundle, *bundle.faults)
    found = told([*read, *config.faults, *whole.nodes], config)
    told_of = whole.added_to(report(bundle, found, config))
    if not stages.check:
        told_of = replace(told_of, verdicts={})  # nobody has looked at what the clients read
    return _packed(bundle.skills, config, told_of) if stages.pack else told_of


def _packed(skills: Sequence[Skill], config: Config, so_far: Report) -> Report:
    for skill in skills:
        if _has_error(skill, so_far):
            so_far = replace(so_far, notes=(*so_far.notes, f"{skill.name}: not packed, because of its errors"))
            continue
        zipped, findings = packed(skill, config, evidence_of(skill, config, so_far))
        found = (*so_far.findings, *findings)
        notes = (*so_far.notes, *left(skill, config)) if zipped else so_far.notes
        so_far = replace(so_far, findings=found, packed=(*so_far.packed, *([zipped] if zipped else [])), notes=notes)
    return replace(so_far, verdicts=verdicts(so_far.skills, so_far.findings, config.targets))


def _has_error(skill: Skill, so_far: Report) -> bool:
    """Whether an error stands in the skill's folder, in its results or in its tests."""
    causes = {cause.place for result in so_far.results if result.skill == skill.name for cause in result.causes}
    roots = (skill.path, *(run.place.path for run in so_far.tests if run.skill == skill.name))
    places = [finding.place for finding in so_far.findings if finding.severity is Severity.ERROR]
    return any(place in causes or any(_is_inside(place.path, root) for root in roots) for place in places)


def _is_inside(path: str, root: str) -> bool:
    return root in {".", path} or path.startswith(f"{root.rstrip('/')}/")
