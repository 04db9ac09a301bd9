"""Evidence in ZIPs: made, found again, and put to the test."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from skillcheck.config import find
from skillcheck.model import Report
from skillcheck.verify import Settings, Stages, evidenced, verify

Project = Callable[..., Path]
TEST = "from app.sums import add\n\n\ndef test_add():\n    assert add(1, 2) == 3\n"
RUN = Stages(run=True, pack=True)


def codes(report: Report) -> list[str]:
    return [finding.code for finding in report.findings]


def judged(path: str, *, rerun: bool = False) -> Report:
    return evidenced([path], find(Path.cwd()), Settings() if rerun else None)


def rewritten(path: Path, old: str, new: str, member: str = "adding/EVIDENCE.json") -> str:
    """Write the ZIP again with one member changed, and return where."""
    forged = path.with_name("forged.zip")
    with ZipFile(path) as before, ZipFile(forged, "w") as after:
        for info in before.infolist():
            text = before.read(info).decode()
            assert info.filename != member or old in text
            after.writestr(info, text.replace(old, new, 1) if info.filename == member else text)
    return str(forged)


def test_what_was_measured_is_packed_and_holds(project: Project, own_tools: list[object]) -> None:
    root = project({"tests/skills/adding/test_add.py": TEST})
    first, second = (verify(["skills/adding"], find(root), RUN).packed[0].sha256 for _ in range(2))
    assert first == second
    with ZipFile(root / "dist/adding.zip") as archive:
        found = json.loads(archive.read("adding/EVIDENCE.json"))
    assert [block["level"] for block in found["blocks"]] == ["covered", "covered", "parsed"]
    assert found["tests"] == {"passed": 1, "skipped": 0}
    report = judged("dist/adding.zip", rerun=True)
    assert not report.findings
    assert report.notes[-1] == "adding: 3 of 3 claims hold in a new run"
    assert len(report.results) == 3
    assert own_tools


def test_nothing_measured_is_nothing_claimed(project: Project) -> None:
    root = project()
    verify(["skills/adding"], find(root), Stages(pack=True))
    report = judged("dist/adding.zip")
    assert codes(report) == ["SK707"]
    assert not report.verdicts


@pytest.mark.parametrize(
    ("epoch", "date"), [("1700000000", "2023-11-14T22:13:20Z"), ("9" * 20, "9999-12-31T23:59:59Z")]
)
def test_the_date_is_the_one_that_is_given(
    project: Project, monkeypatch: pytest.MonkeyPatch, epoch: str, date: str
) -> None:
    root = project()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    verify(["skills/adding"], find(root), RUN)
    with ZipFile(root / "dist/adding.zip") as archive:
        assert json.loads(archive.read("adding/EVIDENCE.json"))["date"] == date


def test_a_changed_block_a_forged_claim_and_a_forged_shape(project: Project) -> None:
    root = project()
    verify(["skills/adding"], find(root), RUN)
    path = root / "dist/adding.zip"
    assert codes(judged(rewritten(path, "print(add(1, 2))", "print(add(2, 2))", "adding/SKILL.md"))) == ["SK705"]
    assert codes(judged(rewritten(path, '"level": "covered"', '"level": "certain"'))) == ["SK704"]
    forged = rewritten(path, '"level": "parsed"', '"level": "resolved"')
    assert not codes(judged(forged))
    report = judged(forged, rerun=True)
    assert codes(report) == ["SK706"]
    assert report.notes[-1] == "adding: 2 of 3 claims hold in a new run"


def test_tests_that_are_not_there_and_other_distributions_are_noted(project: Project) -> None:
    root = project()
    verify(["skills/adding"], find(root), RUN)
    rewritten(root / "dist/adding.zip", '"passed": 0', '"passed": 7')
    (root / "dist/forged.zip").replace(root / "dist/adding.zip")
    with ZipFile(root / "dist/adding.zip") as archive:
        lock = json.loads(archive.read("adding/EVIDENCE.json"))["environments"][0]["lock"]
    report = judged(rewritten(root / "dist/adding.zip", lock, "0" * 64), rerun=True)
    assert "adding: the 7 tests of its evidence are not here, so coverage was not compared" in report.notes
    assert report.notes[-1] == "adding: other distributions are installed here than when its evidence was measured"


def test_what_is_no_zip_is_told(project: Project) -> None:
    root = project()
    (root / "broken.zip").write_bytes(b"PK\x03\x04")
    assert codes(judged("broken.zip"))[0].startswith("SK")
