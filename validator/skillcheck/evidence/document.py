"""What was measured of a skill → the text of its EVIDENCE.json, the same for the same measurements."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from skillcheck import facts
from skillcheck.model import Cell, Environment, Json, Level, Result, Skill, Snippet, TestRun

VERSION = 1
DIGITS = 2
"""Of percentages, behind the point."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one run gave for one skill."""

    results: tuple[Result, ...] = ()
    tests: tuple[TestRun, ...] = ()
    environments: tuple[Environment, ...] = ()
    cells: tuple[Cell, ...] = ()


def document(
    skill: Skill, measured: Measured, snippets: Sequence[Snippet], *, skillcheck: str, epoch: int | None = None
) -> str:
    """Return EVIDENCE.json for the blocks in `measured`.

    `skillcheck` is the version that measured, `epoch` the time to state, in seconds since 1970. Durations stay out:
    they differ from run to run.
    """
    texts = {snippet.path: snippet.text for snippet in snippets}
    names = {document.path: document.relative for document in skill.documents}
    content: dict[str, Json] = {
        "$schema": str(facts.schema("evidence")["$id"]),
        "version": VERSION,
        "skill": skill.name,
        "skillcheck": skillcheck,
        "date": None if epoch is None else datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "environments": [_environment(environment) for environment in measured.environments if environment.version],
        "tests": {
            "passed": sum(run.passed for run in measured.tests),
            "skipped": sum(run.skipped for run in measured.tests),
        },
        "blocks": [_block(result, names, texts) for result in measured.results],
    }
    if measured.cells:
        content["matrix"] = [_cell(cell) for cell in measured.cells]
    return json.dumps(content, indent=2) + "\n"


def lock_hash(environment: Environment) -> str:
    """Return the hash of what an environment has installed."""
    return _lines_hash(environment.lock)


def _lines_hash(lines: Sequence[str]) -> str:
    return digest("".join(f"{line}\n" for line in lines))


def digest(text: str) -> str:
    """Return the SHA-256 of a text's bytes, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _environment(environment: Environment) -> dict[str, Json]:
    return {
        "python": environment.version,
        "lock": lock_hash(environment),
        "distributions": len(environment.lock),
    }


def _cell(cell: Cell) -> dict[str, Json]:
    levels = Counter(str(result.level) for result in cell.results)
    return {
        "python": cell.python,
        "releases": str(cell.releases),
        "lock": _lines_hash(cell.lock),
        "passed": not cell.failed,
        "blocks": {level: levels[level] for level in map(str, Level) if levels[level]},
        "tests": {
            "passed": sum(run.passed for run in cell.tests),
            "skipped": sum(run.skipped for run in cell.tests),
        },
    }


def _block(result: Result, names: Mapping[str, str], texts: Mapping[str, str]) -> dict[str, Json]:
    unit, block = result.unit, result.block
    return {
        "document": names[block.document],
        "index": block.index,
        "sha256": digest(block.text),
        "language": unit.language or block.language,
        "role": unit.role.value,
        "level": str(result.level),
        "reason": result.reason,
        "coverage": None if result.coverage is None else round(result.coverage.percent, DIGITS),
        "snippet": {"path": unit.snippet, "sha256": digest(texts[unit.snippet])},
    }
