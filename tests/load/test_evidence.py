"""EVIDENCE.json beside a SKILL.md, as it is read and compared."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skillcheck.load import Limits, load
from skillcheck.load.evidence import evidence
from skillcheck.model import Fault, FaultKind, File, Level, Place, Role

BLOCK = "print(1)\n"
SKILL = f"---\nname: forms\ndescription: Fills forms. Use to fill.\n---\n# Forms\n\n```python\n{BLOCK}```\n"
HASH = hashlib.sha256(BLOCK.encode()).hexdigest()
Change = Callable[[dict[str, Any]], object]


def stated() -> dict[str, Any]:
    return {
        "$schema": "https://claude-skillcheck.dev/schemas/evidence.schema.json",
        "version": 1,
        "skill": "forms",
        "skillcheck": "0.1.0",
        "date": None,
        "environments": [{"python": "3.11.7", "lock": "0" * 64, "distributions": 0}],
        "tests": {"passed": 2, "skipped": 0},
        "blocks": [
            {
                "document": "SKILL.md",
                "index": 0,
                "sha256": HASH,
                "language": "python",
                "role": "script",
                "level": "covered",
                "reason": "",
                "coverage": 100.0,
                "snippet": {"path": "forms.py", "sha256": HASH},
            }
        ],
    }


def read(folder: Path, text: str, snippet: str = BLOCK) -> tuple[Fault, ...]:
    for name, content in {"SKILL.md": SKILL, "EVIDENCE.json": text, "snippets/forms.py": snippet}.items():
        path = folder / "forms" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    (skill,) = load([folder]).skills
    assert skill.evidence is not None
    return skill.evidence.faults


def test_evidence_that_fits(tmp_path: Path) -> None:
    assert read(tmp_path, json.dumps(stated())) == ()
    found = load([tmp_path]).skills[0].evidence
    assert found is not None
    assert (found.skillcheck, found.pythons, found.locks, found.tests) == ("0.1.0", ("3.11.7",), ("0" * 64,), 2)
    (claim,) = found.claims
    assert (claim.document, claim.index, claim.role, claim.level) == ("SKILL.md", 0, Role.SCRIPT, Level.COVERED)


def test_a_skill_without_evidence(tmp_path: Path) -> None:
    read(tmp_path, "{}")
    (tmp_path / "forms/EVIDENCE.json").unlink()
    assert load([tmp_path]).skills[0].evidence is None


@pytest.mark.parametrize(
    ("change", "line", "path", "fact"),
    [
        (lambda data: data["blocks"][0].update(sha256="0" * 64), 7, "SKILL.md", "the evidence says 000000000000…"),
        (lambda data: data["blocks"][0].update(index=1), 1, "EVIDENCE.json", "block 2 of SKILL.md, which is not there"),
        (lambda data: data["blocks"].clear(), 7, "SKILL.md", "does not speak of the block, so nothing says"),
        (
            lambda data: data["blocks"][0]["snippet"].update(sha256="f" * 64),
            1,
            "snippets/forms.py",
            "the snippet is not",
        ),
        (lambda data: data["blocks"][0]["snippet"].update(path="gone.py"), 0, "", ""),
    ],
)
def test_stale_evidence(tmp_path: Path, change: Change, line: int, path: str, fact: str) -> None:
    data = stated()
    change(data)
    found = read(tmp_path, json.dumps(data))
    if not fact:
        assert found == ()
        return
    told = next(fault for fault in found if fact in fault.fact)
    assert told.kind is FaultKind.STALE_EVIDENCE
    assert (told.place.path.endswith(f"forms/{path}"), told.place.line) == (True, line)


@pytest.mark.parametrize(
    ("change", "fact"),
    [
        (lambda data: data.update(version=2), "`version` is not what the schema of evidence takes: it breaks `const`"),
        (lambda data: data.pop("tests"), "`the evidence` is not what the schema of evidence takes"),
        (lambda data: data["blocks"][0].update(level="certain"), "`blocks.0.level` is not"),
        (lambda data: data["blocks"][0].update(coverage=99), "`blocks.0.coverage` is not"),
        (lambda data: data["blocks"][0].update(role="shown"), "`blocks.0.level` is not"),
        (lambda data: data.update(environments=[]), "`environments` is not"),
    ],
)
def test_evidence_that_contradicts_itself_is_refused(tmp_path: Path, change: Change, fact: str) -> None:
    data = stated()
    change(data)
    (fault,) = read(tmp_path, json.dumps(data))
    assert fault.kind is FaultKind.BAD_EVIDENCE
    assert fault.fact.startswith(fact)


@pytest.mark.parametrize("text", ["", "{", "[]", '"\ud83d"', "[" * 200])
def test_what_is_no_evidence_is_told_once(tmp_path: Path, text: str) -> None:
    (fault,) = read(tmp_path, text.encode("utf-8", "replace").decode())
    assert fault.kind is FaultKind.BAD_EVIDENCE


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    def refuse() -> bytes:
        raise OSError(13, "Permission denied")

    files = {"EVIDENCE.json": File("EVIDENCE.json", Place("EVIDENCE.json"), 1, refuse)}
    found = evidence(files, (), Limits())
    assert found is not None
    assert [fault.fact for fault in found.faults] == ["the evidence cannot be read: Permission denied"]
    large = {"EVIDENCE.json": File("EVIDENCE.json", Place("EVIDENCE.json"), Limits().max_file + 1, refuse)}
    told = evidence(large, (), Limits())
    assert told is not None
    assert "more than the" in told.faults[0].fact
    data = json.dumps({**stated(), "blocks": [{**stated()["blocks"][0], "index": 3}]}).encode()
    (tmp_path / "x").write_bytes(data)
    mixed = {
        "EVIDENCE.json": File("EVIDENCE.json", Place("EVIDENCE.json"), len(data), (tmp_path / "x").read_bytes),
        "snippets/forms.py": File("snippets/forms.py", Place("snippets/forms.py"), 1, refuse),
    }
    both = evidence(mixed, (), Limits())
    assert both is not None
    assert "nothing that" in both.faults[1].fact
