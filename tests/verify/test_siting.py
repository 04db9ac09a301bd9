"""The site of a project, as files in a folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from skillcheck.config import find
from skillcheck.load import load
from skillcheck.model import Level, Report
from skillcheck.verify import Settings
from skillcheck.verify.entries import _source
from skillcheck.verify.siting import Site, _written, sited

Project = Callable[..., Path]
REPOSITORY = "https://github.com/o/r.git"
BROKEN = "---\nname: broken\ndescription: Use <b> to break.\n---\n# Broken\n\nText.\n"
LONE = "---\nname: lone\ndescription: Stands alone. Use when alone.\nmetadata:\n  author: Ann\n---\n# Lone\n\nText.\n"
MARKET = '[marketplace]\nname = "market"\nowner = { name = "Me" }\ndescription = "All"\nversion = "0.3"\n'
OWN = '[skills.adding]\ncategory = "numbers"\nkeywords = ["sum"]\nauthor = { name = "You" }\n'


def made(root: Path, settings: Settings | None = None, site: Site | None = None) -> Report:
    return sited(["skills"], find(root), site or Site(root / "site", repository=REPOSITORY), settings)


def test_a_site_of_what_was_read(project: Project) -> None:
    root = project({"skills/broken/SKILL.md": BROKEN, "skills/lone/SKILL.md": LONE, "skillcheck.toml": OWN})
    report = made(root)
    assert report.failed
    assert report.notes[-1] == f"{root}/site: 3 skills on 17 files; open {root}/site/index.html"
    page = (root / "site/skills/adding/index.html").read_text()
    for told in ("by <bdi>You</bdi>", "numbers", "github.com/o/r/blob/HEAD/skills/adding", "--skill adding", "not run"):
        assert told in page, told
    index = json.loads((root / "site/.well-known/agent-skills/index.json").read_text())
    assert [(skill["name"], skill["type"]) for skill in index["skills"]] == [
        ("adding", "archive"),
        ("lone", "skill-md"),
    ]
    with ZipFile(root / "site/.well-known/agent-skills/adding.zip") as archive:
        assert archive.namelist()[0] == "SKILL.md"
    with ZipFile(root / "site/skills/adding/adding.zip") as archive:
        assert "adding/EVIDENCE.json" not in archive.namelist()
    assert (root / "site/.well-known/agent-skills/lone/SKILL.md").read_text() == LONE
    assert "by <bdi>Ann</bdi>" in (root / "site/skills/lone/index.html").read_text()
    assert not (root / "site/skills/broken/broken.zip").exists()


def test_a_site_of_what_was_measured(project: Project) -> None:
    root = project({"skillcheck.toml": MARKET})
    report = made(root, Settings())
    assert {result.level for result in report.results} == {Level.COVERED, Level.PARSED}
    with ZipFile(root / "site/skills/adding/adding.zip") as archive:
        assert "adding/EVIDENCE.json" in archive.namelist()
    page = (root / "site/skills/adding/index.html").read_text()
    for told in ("claude plugin install adding@market", "100 % of its lines", "by <bdi>Me</bdi>", "version 0.3"):
        assert told in page, told
    before = {path: path.stat().st_mtime_ns for path in (root / "site/skills").rglob("*.txt")}
    assert before
    made(root)
    assert {path: path.stat().st_mtime_ns for path in before} == before


@pytest.mark.parametrize(
    ("listed", "told"),
    [
        ('[{"name": "paper", "source": "./plugins/paper"}]', "claude plugin install paper@market"),
        ('[{"name": "other", "source": "./plugins/paper"}, 1]', "unzip lone.zip -d ~/.claude/skills"),
        ('"none"', "unzip lone.zip -d ~/.claude/skills"),
    ],
)
def test_a_skill_is_installed_as_the_plugin_that_the_marketplace_lists(
    project: Project, listed: str, told: str
) -> None:
    files = {
        ".claude-plugin/marketplace.json": f'{{"name": "market", "owner": {{"name": "Me"}}, "plugins": {listed}}}',
        "plugins/paper/.claude-plugin/plugin.json": '{"name": "paper"}',
        "plugins/paper/skills/lone/SKILL.md": LONE,
    }
    root = project(files)
    sited(["."], find(root), Site(root / "site", repository=REPOSITORY))
    assert told in (root / "site/skills/lone/index.html").read_text()
    assert "<h1>market</h1>" in (root / "site/index.html").read_text()


def test_a_skill_in_the_working_directory(project: Project) -> None:
    root = project({"SKILL.md": BROKEN})
    sited(["SKILL.md"], find(root), Site(root / "site"))
    page = (root / "site/skills/broken/index.html").read_text()
    assert "the description holds" in page
    assert "There is no ZIP until" in page


def test_two_builds_are_the_same(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    root = project()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    contents = []
    for name in ("one", "two"):
        made(root, site=Site(root / name, "Title"))
        contents.append(
            {path.relative_to(root / name): path.read_bytes() for path in (root / name).rglob("*.*") if path.is_file()}
        )
    assert contents[0] == contents[1]
    assert b"<title>Title</title>" in contents[0][Path("index.html")]


@pytest.mark.parametrize("repository", ["", "https://git.example/o/r", "https://["])
def test_what_is_not_on_github_has_no_source(project: Project, repository: str) -> None:
    root = project()
    (skill,) = load(["skills"]).skills
    assert _source(skill, find(root), repository) == ""


@pytest.mark.parametrize("path", ["../x", "a/../../x", "/x"])
def test_nothing_is_written_beside_the_site(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="would lie outside the site"):
        _written(tmp_path / "site", path, b"")
