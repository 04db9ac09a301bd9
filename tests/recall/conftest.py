"""A project whose calls can be answered as before."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.recall.knowing import SKILL

from skillcheck import recall


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a project whose files count as settled, with sources that stand for our own."""
    own = tmp_path / "package"
    own.mkdir()
    (own / "rule.py").write_text("1")
    monkeypatch.setattr(recall, "PACKAGE", str(own))
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.setattr("skillcheck.disk.states.SETTLED", -(10**18))
    monkeypatch.setenv("SKILLCHECK_CACHE", str(tmp_path / "cache"))
    for name in ("NO_COLOR", "FORCE_COLOR", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    project = tmp_path / "project"
    (project / "skills/demo").mkdir(parents=True)
    (project / ".git").mkdir()
    (project / "skills/demo/SKILL.md").write_text(SKILL)
    monkeypatch.chdir(project)
    return project
