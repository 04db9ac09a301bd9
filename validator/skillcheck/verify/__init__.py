"""Paths → one report over every stage: checked, extracted, run, tested, packed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from skillcheck.config import Config, unknown_codes
from skillcheck.lint import Paths, finished, judged, report
from skillcheck.load import load
from skillcheck.model import Bundle, FaultKind, Finding, Report, Severity, Skill
from skillcheck.rules import nodes
from skillcheck.telling import is_static, roles, verdicts
from skillcheck.verify.evidencing import evidence_of, evidenced
from skillcheck.verify.extracting import extracted, snippets_folder, snippets_of
from skillcheck.verify.listing import listed, released
from skillcheck.verify.matrix import proved_everywhere
from skillcheck.verify.mending import remade
from skillcheck.verify.packing import left, packed
from skillcheck.verify.proving import isolation, results
from skillcheck.verify.settings import Extraction, Part, Settings, Stages
from skillcheck.verify.updating import updated

__all__ = [
    "Extraction",
    "Settings",
    "Stages",
    "evidenced",
    "isolation",
    "released",
    "remade",
    "results",
    "snippets_folder",
    "snippets_of",
    "verify",
]


UNREAD = frozenset(
    {
        FaultKind.BAD_ARCHIVE,
        FaultKind.BOMB,
        FaultKind.NOT_UTF8,
        FaultKind.TOO_LARGE,
        FaultKind.TOO_MANY_FILES,
        FaultKind.UNREADABLE,
        FaultKind.UNSAFE_MEMBER,
    }
)
"""What keeps blocks from being read, so that none of them is run."""


def verify(paths: Paths, config: Config, stages: Stages, settings: Settings | None = None) -> Report:
    """Put `paths` through the wanted stages and return everything that these have to say.

    A skill is packed only if no stage found an error in it.
    """
    settings = settings or Settings()
    bundle = load(paths)
    told_first = Part()
    if settings.update:
        for skill in bundle.skills:
            told_first += updated(skill, config, settings)
        bundle = load(paths)  # what was written moves the lines below it
    whole = told_first + listed(bundle.skills, config, stages.listing)
    for skill in bundle.skills:
        whole += extracted(skill, config, stages.extraction, optional=stages.run)
        if stages.run:
            whole += proved_everywhere(skill, config, settings)
    read = nodes(bundle) if stages.check else unread(bundle)
    found = judged([*read, *config.faults, *unknown_codes(config), *whole.nodes], config, bundle)
    told_of = whole.added_to(report(bundle, found, config, _looked_at(stages)))
    if not stages.check:
        told_of = replace(told_of, verdicts={})  # nobody has looked at what the clients read
    return finished(_packed(bundle, config, told_of, found, stages.suffix) if stages.pack else told_of)


def unread(bundle: Bundle) -> Iterator[object]:
    """Yield what there is to tell where nobody checks: that nothing was found, and what could not be read."""
    yield bundle
    yield from bundle.faults
    inner = (*(archive.faults for archive in bundle.archives), *(skill.faults for skill in bundle.skills))
    own = (skill.frontmatter.faults for skill in bundle.skills)
    yield from (fault for fault in chain(*inner, *own) if fault.kind in UNREAD)


def _looked_at(stages: Stages) -> Callable[[str], bool]:
    return lambda code: stages.check if is_static(code) else stages.run and stages.pack


def _packed(bundle: Bundle, config: Config, so_far: Report, found: Sequence[Finding], suffix: str) -> Report:
    for skill in bundle.skills:
        if _has_error(skill, so_far):
            so_far = replace(so_far, notes=(*so_far.notes, f"{skill.name}: not packed, because of its errors"))
            continue
        zipped, findings = packed(skill, config, evidence_of(skill, config, so_far), suffix)
        found = (*found, *findings)
        notes = (*so_far.notes, *left(skill, config)) if zipped else so_far.notes
        zips = (*so_far.packed, *([zipped] if zipped else []))
        so_far = replace(so_far, findings=(*so_far.findings, *findings), packed=zips, notes=notes)
    return replace(so_far, verdicts=verdicts(so_far.skills, found, roles(bundle)))


def _has_error(skill: Skill, so_far: Report) -> bool:
    """Whether an error stands in the skill's folder, in its results or in its tests."""
    causes = {cause.place for result in so_far.results if result.skill == skill.name for cause in result.causes}
    roots = (skill.path, *(run.place.path for run in so_far.tests if run.skill == skill.name))
    places = [finding.place for finding in so_far.findings if finding.severity is Severity.ERROR]
    return any(place in causes or any(_is_inside(place.path, root) for root in roots) for place in places)


def _is_inside(path: str, root: str) -> bool:
    return root in {".", path} or path.startswith(f"{root.rstrip('/')}/")
