"""The defects of the skill that quart-patterns replaces: each has a test, and this is the one of its frontmatter."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from skillcheck import Config, Severity, lint, load

SKILL = Path(__file__).parent.parent / "skills" / "quart-patterns"
TESTS = Path(__file__).parent / "skills" / "quart-patterns"
ROW = re.compile(r"^\| (\d+) \| [^|]+ \| `([^`:]+)::(\w+)` \|$", re.MULTILINE)
VAGUE = """\
---
name: web-patterns
description: Comprehensive guide to web development with many patterns and best practices.
allowed-tools: Read, Write
---

You are a specialist.
"""


def warned(skill: Path, root: Path) -> set[str]:
    """Return the codes of the errors and warnings about a skill."""
    found = lint([str(skill)], Config(root)).findings
    return {finding.code for finding in found if finding.severity is not Severity.NOTE}


def defined(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_each_row_of_the_table_names_a_test_that_is_there() -> None:
    rows = ROW.findall((TESTS / "README.md").read_text(encoding="utf-8"))
    assert [int(number) for number, _, _ in rows] == list(range(1, 53))
    for _, path, name in rows:
        assert name in defined(TESTS / path), name


def grants_what_coding_needs(folder: Path) -> bool:
    (skill,) = load([str(folder)]).skills
    granted = str(skill.frontmatter.data)
    return all(word in granted for word in ("Write", "Edit", "Bash("))


def linked(folder: Path) -> set[str]:
    return set(re.findall(r"\]\(references/([\w-]+\.md)\)", (folder / "SKILL.md").read_text(encoding="utf-8")))


def speaks_of_itself(folder: Path) -> bool:
    return "You are a" in (folder / "SKILL.md").read_text(encoding="utf-8")


def test_52_the_skill_says_when_and_has_what_it_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = tmp_path / "skills" / "web-patterns"
    original.mkdir(parents=True)
    (original / "SKILL.md").write_text(VAGUE, encoding="utf-8")
    monkeypatch.chdir(SKILL.parent.parent)
    told = warned(original, tmp_path)
    assert any(code.startswith("SK3") for code in told)
    assert warned(SKILL, tmp_path) == set()
    assert [grants_what_coding_needs(skill) for skill in (original, SKILL)] == [False, True]
    assert (linked(original), linked(SKILL)) == (set(), {path.name for path in (SKILL / "references").iterdir()})
    assert [speaks_of_itself(skill) for skill in (original, SKILL)] == [True, False]
