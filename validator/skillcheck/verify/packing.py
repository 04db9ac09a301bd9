"""Skill → its ZIP in `dist`, once our own rules have nothing against it."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from skillcheck.config import Config
from skillcheck.lint import told
from skillcheck.load import load
from skillcheck.model import Finding, Packed, Severity, Skill, Snippet
from skillcheck.pack import EPOCH, Packing, left_out, pack, write
from skillcheck.rules import nodes
from skillcheck.verify.extracting import snippets_of

SHOWN = 5


def packed(
    skill: Skill, config: Config, evidence: str = "", suffix: str = "zip"
) -> tuple[Packed | None, tuple[Finding, ...]]:
    """Write the ZIP of a skill; where something forbids it, write nothing and return why."""
    packing, refused = zipped(skill, config, evidence)
    if packing.data is None:
        return None, refused
    return named(skill.name, packing, config.root / config.dist / f"{skill.name}.{suffix}"), ()


def named(name: str, packing: Packing, path: Path) -> Packed:
    """Write what was packed, and return what is told of it."""
    data = packing.data or b""
    write(data, path)
    return Packed(name, os.path.relpath(path), len(data), hashlib.sha256(data).hexdigest(), packing.members)


def zipped(
    skill: Skill, config: Config, evidence: str = "", made: Sequence[Snippet] | None = None
) -> tuple[Packing, tuple[Finding, ...]]:
    """Return the ZIP of a skill with its snippets, or with those that were `made`; or one without data and why."""
    epoch = stated_epoch()
    inside = snippets_of(skill, config) if made is None else made
    packing = pack(skill, snippets=inside, evidence=evidence, epoch=EPOCH if epoch is None else epoch)
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
