"""A link that leads out of what is checked shows nothing of the file behind it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from skillcheck.config import Config, find
from skillcheck.disk import bounds
from skillcheck.lint import lint
from skillcheck.load.tree import EscapingError, read_file
from skillcheck.model import Report
from skillcheck.reporters import render
from skillcheck.verify import Extraction, Stages, requirements, verify

SKILL = "---\nname: forms\ndescription: Fills PDF forms. Use when the user asks to fill a form.\n---\n\nFill them.\n"
MANIFEST = '{"name": "p", "description": "d", "version": "1.0.0", "author": {"name": "A"}}'
UNKNOWN = '{"name": "p", "description": "d", "version": "1.0.0", "author": {"name": "A"}, "nam": 1}'
HELD = "machine host login ada password hunter2\n"


@pytest.fixture(autouse=True)
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of the user's, beside the folder in which everything is checked."""
    secret = tmp_path / "home" / "secret"
    secret.parent.mkdir()
    secret.write_text(HELD)
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return secret


def put(path: str, text: str = SKILL) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text)


def link(path: str, target: Path) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).symlink_to(target)


def checked(path: str, config: Config | None = None) -> Report:
    report = lint([path], config or find(Path(path)))
    for form in ("text", "json", "sarif", "github", "markdown"):
        told = render(report, form)
        assert "hunter2" not in told
    return report


def codes(report: Report) -> list[tuple[str, str]]:
    return [(finding.code, finding.place.path) for finding in report.findings]


MANIFESTS = (
    ".claude-plugin/plugin.json",
    ".claude-plugin/marketplace.json",
    "hooks/hooks.json",
    ".mcp.json",
)


@pytest.mark.parametrize("name", MANIFESTS)
def test_a_manifest_that_is_a_link_out_of_the_folder_is_not_read(outside: Path, name: str) -> None:
    put("p/skills/forms/SKILL.md")
    if name != MANIFESTS[0]:
        put(
            "p/.claude-plugin/plugin.json",
            '{"name": "p", "description": "d", "version": "1.0.0", "author": {"name": "A"}}',
        )
    link(f"p/{name}", outside)
    assert ("SK003", f"p/{name}") in codes(checked("p"))


@pytest.mark.parametrize("name", MANIFESTS)
def test_nor_where_a_folder_on_the_way_is_the_link(outside: Path, name: str) -> None:
    folder, _, file = name.rpartition("/")
    (outside.parent / "far").mkdir()
    (outside.parent / "far" / (file or name)).write_text(HELD)
    put("p/skills/forms/SKILL.md")
    if folder != ".claude-plugin":
        put(
            "p/.claude-plugin/plugin.json",
            '{"name": "p", "description": "d", "version": "1.0.0", "author": {"name": "A"}}',
        )
    link(f"p/{folder or name}", outside.parent / ("far" if folder else "secret"))
    assert ("SK003", f"p/{name}") in codes(checked("p"))


@pytest.mark.parametrize("folder", ["agents", "commands", "hooks", "skills"])
def test_a_folder_of_a_plugin_that_is_one_is_not_listed(outside: Path, folder: str) -> None:
    put(f"{outside.parent}/far/hunter2.md")
    put(f"{outside.parent}/far/hunter2/SKILL.md")
    put("p/.claude-plugin/plugin.json", MANIFEST)
    put("p/commands/c.md" if folder != "commands" else "p/agents/c.md")
    link(f"p/{folder}", outside.parent / "far")
    found = checked("p")
    assert ("SK003", f"p/{folder}") in codes(found)
    assert found.skills == ()


@pytest.mark.parametrize("field", ["agents", "commands", "skills", "hooks", "mcpServers"])
def test_a_path_of_a_manifest_that_leads_out_by_one_is_not_followed(outside: Path, field: str) -> None:
    put(f"{outside.parent}/far/hunter2/SKILL.md")
    put(f"{outside.parent}/far/hunter2.md")
    put(f"{outside.parent}/far/hunter2.json", HELD)
    link("p/deep", outside.parent)
    name = {"agents": "/hunter2.md", "hooks": "/hunter2.json", "mcpServers": "/hunter2.json"}.get(field, "")
    put("p/.claude-plugin/plugin.json", MANIFEST.replace("}}", f'}}, "{field}": "./deep/far{name}"}}'))
    report = lint(["p"], find(Path("p")))
    assert ("SK003", "p/.claude-plugin/plugin.json") in codes(report)
    assert report.skills == ()
    assert HELD not in render(report, "json")


def test_a_skill_md_that_is_one_is_an_error_for_nothing_of_it_is_read(outside: Path) -> None:
    link("forms/SKILL.md", outside)
    (finding,) = checked("forms").findings
    assert (finding.code, finding.message.partition(",")[2]) == (
        "SK003",
        " outside the folder that is checked, and is not read",
    )
    assert finding.fix == "copy the file, or check the folder that holds both"


def test_no_line_of_another_file_that_is_one_is_shown(outside: Path) -> None:
    put("forms/SKILL.md")
    link("forms/more.md", outside)
    assert codes(checked("forms")) == [("SK007", "forms/more.md")]


def test_no_line_of_a_configuration_that_is_one_is_shown(outside: Path) -> None:
    put("forms/SKILL.md")
    link("forms/skillcheck.toml", outside)
    assert set(codes(checked("forms"))) == {("SK007", "forms/skillcheck.toml"), ("SK011", "forms/skillcheck.toml")}


def test_requirements_of_tests_that_are_one_are_not_read(outside: Path) -> None:
    link("tests/requirements.txt", outside)
    known, (fault,) = requirements.test_requirements(Path("tests"))
    assert {requirement.tool for requirement in known} == {True}
    assert fault.fact.startswith("requirements.txt cannot be read: ")
    assert "hunter2" not in fault.fact


def test_folders_of_a_skill_in_its_project_that_are_ones_are_neither_read_nor_written(outside: Path) -> None:
    put("skills/forms/SKILL.md", f"{SKILL}\n```python\nprint(1)\n```\n")
    put(f"{outside.parent}/far/test_it.py", "def test_it(): print('hunter2'); assert False\n")
    for name in ("snippets/forms", "tests/skills/forms"):
        link(name, outside.parent / "far")
    report = verify(["skills"], Config(Path.cwd()), Stages(extraction=Extraction.WRITE, run=True))
    assert codes(report) == [("SK011", "snippets/forms"), ("SK011", "tests/skills/forms")]
    assert (report.tests, [*(outside.parent / "far").iterdir()]) == ((), [outside.parent / "far" / "test_it.py"])


def test_links_within_the_repository_are_followed_and_their_lines_are_shown() -> None:
    Path(".git").mkdir()
    put(
        "shared/plugin.json", '{"name": "p", "description": "d", "version": "1.0.0", "author": {"name": "A"}, "nam": 1}'
    )
    put("p/skills/forms/SKILL.md")
    link("p/.claude-plugin/plugin.json", Path("../../shared/plugin.json"))
    (finding,) = [each for each in checked("p").findings if each.place.path.endswith("plugin.json")]
    assert '"nam": 1' in finding.excerpt


def test_a_folder_that_is_a_link_itself_is_read_where_it_leads(outside: Path) -> None:
    Path(".git").mkdir()
    put(f"{outside.parent}/p/.claude-plugin/plugin.json", UNKNOWN)
    put(f"{outside.parent}/p/skills/forms/SKILL.md")
    link("p", outside.parent / "p")
    assert not [finding for finding in checked("p").findings if finding.code == "SK003"]
    assert any('"nam": 1' in finding.excerpt for finding in checked("p").findings)


@pytest.mark.parametrize("given", ["p", "p/.claude-plugin/plugin.json", "p/README.md"])
def test_the_bounds_are_around_what_was_given(tmp_path: Path, given: str) -> None:
    put("p/.claude-plugin/plugin.json")
    put("p/README.md")
    assert bounds(given) == (str(tmp_path / "work" / "p"),)


def test_a_file_is_known_by_its_real_path_without_proc_too(outside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link("there", outside)
    real = os.readlink

    def readlink(path: str) -> str:
        return real("/nowhere" if path.startswith("/proc/") else path)

    monkeypatch.setattr(os, "readlink", readlink)
    with pytest.raises(EscapingError):
        read_file("there", [str(Path.cwd())])
    assert read_file("there", [str(outside.parent)]) == HELD.encode()
