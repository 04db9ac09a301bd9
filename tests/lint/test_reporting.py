from __future__ import annotations

from pathlib import Path

import pytest

from skillcheck.config import Config
from skillcheck.lint import lint, told, wanted
from skillcheck.model import Bundle, Client, Fault, FaultKind, Finding, Place, Severity

GOOD = "---\nname: demo\ndescription: Shows things. Use when things have to be shown.\n---\n# Demo\n\nText.\n"


def finding(code: str, severity: Severity = Severity.ERROR, *clients: Client) -> Finding:
    return Finding(code, "name", severity, Place("x"), "message", "fix", clients)


@pytest.mark.parametrize(
    ("select", "ignore", "left"),
    [
        ((), (), ["SK003", "SK101", "SK102"]),
        (("SK1",), (), ["SK101", "SK102"]),
        (("SK1",), ("SK101",), ["SK102"]),
        ((), ("SK1",), ["SK003"]),
        (("SK003", "SK102"), (), ["SK003", "SK102"]),
        ((), ("SK",), []),
    ],
)
def test_codes_are_selected_and_ignored_by_their_beginnings(
    select: tuple[str, ...], ignore: tuple[str, ...], left: list[str]
) -> None:
    config = Config(Path(), select=select, ignore=ignore)
    found = wanted(map(finding, ("SK003", "SK101", "SK102")), config)
    assert [each.code for each in found] == left


def test_what_is_wrong_for_no_target_is_not_told() -> None:
    skill = Fault(FaultKind.BAD_CONFIG, Place("skillcheck.toml"), "fact", "remedy")
    (one,) = told([skill, object()], Config(Path()))
    assert (one.name, one.message, one.fix) == ("bad-config", "fact", "remedy")


def test_a_bundle_is_read_and_judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "SKILL.md").write_text(GOOD)
    clean = lint(["demo"], Config(tmp_path))
    assert (clean.skills, clean.findings, clean.failed) == (("demo",), (), False)
    (tmp_path / "demo" / "SKILL.md").write_text(GOOD.replace("demo", "Other Demo"))
    report = lint(["demo"], Config(tmp_path, targets=(Client.SPEC,)))
    assert report.failed
    assert {one.code for one in report.findings} == set(report.about)
    assert {one.place.path for one in report.findings} == {"demo/SKILL.md"}
    assert report.verdicts[Client.SPEC] == "invalid (2)"


def test_what_is_not_wanted_counts_in_the_verdicts_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "SKILL.md").write_text(GOOD)
    report = lint(["other"], Config(tmp_path, ignore=("SK1",)))
    assert (report.findings, report.verdicts[Client.SPEC]) == ((), "invalid (1)")


def test_nothing_is_executed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "SKILL.md").write_text(f"{GOOD}\n```python\nopen({str(tmp_path / 'made')!r}, 'w')\n```\n")
    lint(["demo"], Config(tmp_path))
    assert not (tmp_path / "made").exists()


def test_an_empty_bundle_is_an_error() -> None:
    assert [one.name for one in told([Bundle(("x",))], Config(Path()))] == ["no-skill"]
