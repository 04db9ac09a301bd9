"""Skill → its ZIP in `dist`, once our own rules have nothing against it."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from skillcheck.config import Config
from skillcheck.lint import told
from skillcheck.load import load
from skillcheck.model import Finding, Packed, Severity, Skill
from skillcheck.pack import EPOCH, Packing, left_out, pack, write
from skillcheck.rules import nodes
from skillcheck.verify.extracting import snippets_of

SHOWN = 5


def packed(skill: Skill, config: Config, evidence: str = "") -> tuple[Packed | None, tuple[Finding, ...]]:
    """Write the ZIP of a skill; where something forbids it, write nothing and return why."""
    packing, refused = zipped(skill, config, evidence)
    if packing.data is None:
        return None, refused
    path = config.root / config.dist / f"{skill.name}.zip"
    write(packing.data, path)
    digest = hashlib.sha256(packing.data).hexdigest()
    return Packed(skill.name, os.path.relpath(path), len(packing.data), digest, packing.members), ()


def zipped(skill: Skill, config: Config, evidence: str = "") -> tuple[Packing, tuple[Finding, ...]]:
    """Return the ZIP of a skill, or one without data and why."""
    epoch = stated_epoch()
    packing = pack(
        skill, snippets=snippets_of(skill, config), evidence=evidence, epoch=EPOCH if epoch is None else epoch
    )
    if packing.data is None:
        return packing, told(packing.faults, config)
    refused = _reread(packing.data, f"{skill.name}.zip", config)
    return (Packing(None), refused) if refused else (packing, ())


def stated_epoch() -> int | None:
    """Return SOURCE_DATE_EPOCH, None where it is not given as a number."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(given) if given.isdecimal() else None


def left(skill: Skill, config: Config) -> tuple[str, ...]:
    """Return a note on what stays out of the skill's ZIP, if anything does."""
    out = left_out(skill, snippets_of(skill, config))
    named = ", ".join(path for path, _ in out[:SHOWN]) + (f" and {len(out) - SHOWN} more" if len(out) > SHOWN else "")
    return (f"{skill.name}: not in the ZIP: {named}",) if out else ()


def _reread(data: bytes, name: str, config: Config) -> tuple[Finding, ...]:
    """Open the ZIP again as if it were somebody else's, and return the errors that our rules find in it."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / name
        copy.write_bytes(data)
        found = told(nodes(load([copy])), config)
    return tuple(finding for finding in found if finding.severity is Severity.ERROR)
