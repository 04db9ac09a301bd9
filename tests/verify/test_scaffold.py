from __future__ import annotations

from pathlib import Path

from tests.verify.conftest import Project

from skillcheck.config import Config
from skillcheck.model import Level
from skillcheck.scaffold import put, skill_files, suite_files
from skillcheck.verify import Extraction, Stages, verify


def test_a_new_skill_is_proven_at_once(project: Project, own_tools: list[object]) -> None:
    project()
    put({Path("skills/first"): skill_files("first"), Path("tests/skills/first"): suite_files()})
    config = Config(Path.cwd())
    verify(["skills/first"], config, Stages(check=False, extraction=Extraction.WRITE))
    report = verify(["skills/first"], config, Stages(extraction=Extraction.CHECK, run=True, pack=True))
    assert report.findings == ()
    assert [result.level for result in report.results] == [Level.COVERED, Level.COVERED]
    assert [(run.passed, run.failures, run.error) for run in report.tests] == [(2, (), "")]
    assert [packed.path for packed in report.packed] == ["dist/first.zip"]
    assert own_tools
