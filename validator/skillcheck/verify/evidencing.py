"""Skill and report → its evidence; paths → a report on the evidence that their skills carry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from skillcheck.config import Config
from skillcheck.evidence import Measured, document, lock_hash, unmet
from skillcheck.lint import Paths, judged, report
from skillcheck.load import load
from skillcheck.model import Evidence, Fault, FaultKind, Report, Skill, Snippet
from skillcheck.pack import chosen
from skillcheck.verify.extracting import snippets_of
from skillcheck.verify.packing import stated_epoch
from skillcheck.verify.proving import proved
from skillcheck.verify.settings import Part, Settings

LAST = 253402300799
"""The last second of the year 9999, which is as far as a date is written."""


def evidence_of(skill: Skill, config: Config, so_far: Report, made: Sequence[Snippet] | None = None) -> str:
    """Return EVIDENCE.json for what goes into the skill's ZIP, empty where nothing was measured.

    `made` are the skill's snippets, where somebody has them already.
    """
    own = chosen(skill)
    inside = {document.path for document in skill.documents if document.relative in own}
    results = tuple(result for result in so_far.results if result.block.document in inside)
    if not results:
        return ""
    from importlib.metadata import version  # noqa: PLC0415 - slow to import, and nothing else needs it

    measured = Measured(
        results,
        tuple(run for run in so_far.tests if run.skill == skill.name),
        tuple(found for name, found in so_far.environments.items() if name == skill.name),
        tuple(cell for cell in so_far.cells if cell.skill == skill.name),
    )
    epoch = stated_epoch()
    return document(
        skill,
        measured,
        snippets_of(skill, config) if made is None else made,
        skillcheck=version("claude-skillcheck"),
        epoch=None if epoch is None else min(epoch, LAST),
    )


def evidenced(paths: Paths, config: Config, settings: Settings | None = None) -> Report:
    """Compare the evidence of each skill with its blocks and, with `settings`, with what a new run gives."""
    bundle = load(paths)
    whole, faults = Part(), list(bundle.faults)
    for archive in bundle.archives:
        faults += archive.faults
    for skill in bundle.skills:
        part, found = _judged(skill, config, settings)
        whole += part
        faults += found
    so_far = whole.added_to(report(bundle, judged([bundle, *faults], config, bundle), config))
    return replace(so_far, verdicts={})  # nobody has looked at what the clients read


def _judged(skill: Skill, config: Config, settings: Settings | None) -> tuple[Part, tuple[Fault, ...]]:
    evidence = skill.evidence
    if evidence is None:
        fact = "the skill has no EVIDENCE.json, so nothing says what of it was proven"
        fault = Fault(FaultKind.NO_EVIDENCE, skill.frontmatter.place, fact, "pack it with `skillcheck verify`")
        return Part(), (fault,)
    if not evidence.claims or settings is None:
        return Part(notes=tuple(_hashes(skill, evidence))), evidence.faults
    part = proved(skill, config, settings)
    tested = sum(run.passed for run in part.tests) > 0 or not evidence.tests
    names = {document.path: document.relative for document in skill.documents}
    false = tuple(unmet(evidence, part.results, names, tested=tested))
    notes = (*_hashes(skill, evidence), *_reruns(skill, evidence, part, tested=tested, false=len(false)))
    return part + Part(notes=notes), (*evidence.faults, *part.faults, *false)


def _hashes(skill: Skill, evidence: Evidence) -> Iterator[str]:
    if not evidence.faults:
        pythons = ", ".join(evidence.pythons) or "no Python"
        what = f"{len(evidence.claims)} blocks are those of its evidence"
        yield f"{skill.name}: {what}, measured by skillcheck {evidence.skillcheck} on {pythons}"


def _reruns(skill: Skill, evidence: Evidence, part: Part, *, tested: bool, false: int) -> Iterator[str]:
    held = len(evidence.claims) - false
    yield f"{skill.name}: {held} of {len(evidence.claims)} claims hold in a new run"
    if not tested:
        yield f"{skill.name}: the {evidence.tests} tests of its evidence are not here, so coverage was not compared"
    locks = {lock_hash(environment) for environment in part.environments.values()}
    if not locks <= set(evidence.locks):
        yield f"{skill.name}: other distributions are installed here than when its evidence was measured"
