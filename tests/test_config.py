from __future__ import annotations

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from skillcheck import facts
from skillcheck.config import Config, MarketplaceConfig, SkillConfig, find
from skillcheck.model import Client, FaultKind

FULL = """\
[tool.other]
timeout = "not ours"

[tool.skillcheck]
targets = ["claude-code", "gh"]
snippets = "code"
tests = "t"
dist = "out"
select = ["SK1", "SK"]
ignore = ["SK104"]
timeout = 2.5
network = true
python = "3.13"

[tool.skillcheck.marketplace]
name = "quart-skills"
owner = {name = "A", email = "a@example.org", url = "https://example.org"}
description = "d"
version = "1.0.0"

[tool.skillcheck.skills.quart-patterns]
requirements = ["quart>=0.22", "pytest"]
timeout = 30
network = false
category = "web"
keywords = ["quart"]
version = "0.2.0"
author = {name = "B"}
install = false
"""


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(config: Config) -> list[tuple[int, int, str, str]]:
    assert all(fault.kind is FaultKind.BAD_CONFIG for fault in config.faults)
    return [(fault.place.line, fault.place.column, fault.fact, fault.remedy) for fault in config.faults]


def test_every_key_is_read(project: Path) -> None:
    (project / "pyproject.toml").write_text(FULL)
    assert find(project) == Config(
        root=project,
        path="pyproject.toml",
        targets=(Client.CLAUDE_CODE, Client.GH),
        snippets="code",
        tests="t",
        dist="out",
        select=("SK1", "SK"),
        ignore=("SK104",),
        timeout=2.5,
        network=True,
        python="3.13",
        marketplace=MarketplaceConfig(
            "quart-skills", {"name": "A", "email": "a@example.org", "url": "https://example.org"}, "d", "1.0.0"
        ),
        skills={
            "quart-patterns": SkillConfig(
                ("quart>=0.22", "pytest"),
                30,
                network=False,
                category="web",
                keywords=("quart",),
                version="0.2.0",
                author={"name": "B"},
                install=False,
            )
        },
    )


def test_the_defaults_stand_without_a_file(project: Path) -> None:
    config = find(project)
    assert config == Config(project)
    assert config.targets == (Client.SPEC, Client.CLAUDE_CODE, Client.CLAUDE_AI)
    assert (config.snippets, config.tests, config.dist) == ("snippets", "tests/skills", "dist")
    assert (config.timeout, config.network, config.python, config.marketplace) == (10.0, False, None, None)


def test_an_empty_table_is_what_the_schema_takes(project: Path) -> None:
    (project / "skillcheck.toml").write_text("", encoding="utf-8")
    found = find(project)
    assert (found.path, found.faults) == ("skillcheck.toml", ())
    Draft202012Validator(facts.schema("config")).validate({})


def test_a_skill_table_may_set_one_thing(project: Path) -> None:
    (project / "skillcheck.toml").write_text("[skills.a]\nversion = '1'\n")
    assert find(project).skills == {"a": SkillConfig(version="1")}


@pytest.mark.parametrize("start", ["skills/a/SKILL.md", "skills/a", "skills/missing/x", "."])
def test_the_nearest_file_above_is_found(project: Path, start: str) -> None:
    (project / "skills/a").mkdir(parents=True)
    (project / "skills/a/SKILL.md").touch()
    (project / "skills/pyproject.toml").write_text("[project]\nname = 'passed over'\n")
    (project / "pyproject.toml").write_text("[tool.skillcheck]\n")
    config = find(project / start)
    assert (config.root, config.path) == (project, "pyproject.toml")


def test_the_search_ends_at_a_repository(project: Path) -> None:
    (project / "pyproject.toml").write_text("[tool.skillcheck]\ndist = 'x'\n")
    (project / "inner/.git").mkdir(parents=True)
    assert find(project / "inner") == Config(project / "inner")


def test_the_search_ends_at_the_root(project: Path) -> None:
    (project / ".git").rmdir()
    assert find(project).path == ""


def test_skillcheck_toml_comes_before_pyproject(project: Path) -> None:
    (project / "pyproject.toml").write_text("[tool.skillcheck]\ndist = 'p'\n")
    (project / "skillcheck.toml").write_text("dist = 's'\n")
    assert find(project).dist == "s"


def test_a_path_is_shown_from_where_the_command_runs(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "skillcheck.toml").write_text("x = 1\n")
    (project / "deep").mkdir()
    monkeypatch.chdir(project / "deep")
    config = find(Path())
    assert (config.path, config.faults[0].place.path) == ("../skillcheck.toml", "../skillcheck.toml")


@pytest.mark.parametrize(
    ("text", "line", "column", "fact", "remedy"),
    [
        ("\ntimeouts = 3\n", 2, 1, "`timeouts` is not a key of `skillcheck.toml`", "did you mean `timeout`"),
        ("zzz = 3\n", 1, 1, "`zzz` is not a key", "take it out"),
        ("timeout = '5'\n", 1, 1, '`timeout` is "5", expected a number', "write a number"),
        ("timeout = true\n", 1, 1, "`timeout` is true, expected a number", "write a number"),
        ("timeout = 0\n", 1, 1, "`timeout` is 0, expected more than 0", "write more than 0"),
        ("timeout = nan\n", 1, 1, '`timeout` is "nan", expected a number', "write a number"),
        ("timeout = 1e999\n", 1, 1, '`timeout` is "1e999", expected a number', "write a number"),
        ("network = 1\n", 1, 1, "`network` is 1, expected true or false", "write true or false"),
        ("dist = ''\n", 1, 1, '`dist` is "", expected something in it', "write something in it"),
        ("dist = 2024-01-01\n", 1, 1, "`dist` is 2024-01-01, expected a string", "write a string"),
        ("targets = []\n", 1, 1, "`targets` is an empty list, expected something in it", "write something in it"),
        ("targets = 'gh'\n", 1, 1, '`targets` is "gh", expected a list', "write a list"),
        (
            "targets = ['gh', 'claude-cod']\n",
            1,
            1,
            '`targets.1` is "claude-cod", expected one of spec, claude-code, claude-ai, gh, npx-skills',
            "did you mean `claude-code`",
        ),
        ("select = ['E501']\n", 1, 1, '`select.0` is "E501", expected what `^SK[0-9]{0,3}$` matches', "write what"),
        ("skills = [1]\n", 1, 1, "`skills` is a list, expected a table", "write a table"),
        ("skills.a = 1\n", 1, 1, "`skills.a` is 1, expected a table", "write a table"),
        ("python = {a = 1}\n", 1, 1, "`python` is a table, expected a string", "write a string"),
        ("[skills.'a b']\nversoin = '1'\n", 2, 1, "`versoin` is not a key of `skills.a b`", "did you mean `version`"),
        ("[[skills]]\n", 1, 3, "`skills` is a list, expected a table", "write a table"),
        ("[ marketplace ]\nname = 'a'\n", 1, 2, "`marketplace` has no `owner`", "add `owner`"),
        ("marketplace.owner.name = 'a'\n", 1, 1, "`marketplace` has no `name`", "add `name`"),
        ("marketplace = {name = 'a b', owner = {name = 'x'}}\n", 1, 1, '`marketplace.name` is "a b"', "write what"),
        ("[skills.a]\n  requirements = ['quart >= >']\n", 2, 3, "`quart >= >` is not a requirement: ", "write it as"),
        ("dist = \n", 1, 8, "the file is not TOML: invalid value", "mend that line"),
        ("a = '''\nb\n", 3, 1, "the file is not TOML: ", "mend that line"),
        (f"a = {'[' * 5000}\n", 2, 1, "the file is not TOML: ", "mend that line"),
    ],
)
def test_what_cannot_be_used_is_a_fault(  # noqa: PLR0913, PLR0917 - a column each
    project: Path, text: str, line: int, column: int, fact: str, remedy: str
) -> None:
    (project / "skillcheck.toml").write_text(text)
    ((at, over, said, advised),) = told(find(project))
    assert (at, over) == (line, column)
    assert said.startswith(fact)
    assert advised.startswith(remedy)


def test_the_rest_of_a_faulty_file_is_used(project: Path) -> None:
    lines = [
        "[tool.skillcheck]",
        "text = '''",
        "timeout = 9 but this is text",
        "[not a table]",
        "'''",
        "targets = ['x', 'gh', 'y']",
        "timeout = 'x'",
        "dist = 'd'",
        "[tool.skillcheck.marketplace]",
        "name = 'n'",
        "owner = {nam = 'x'}",
        "[tool.skillcheck.skills.a]",
        "requirements = ['quart', '?', 3]",
        "author = {name = 'n', phone = '1'}",
    ]
    (project / "pyproject.toml").write_bytes("\r\n".join(lines).encode("utf-8-sig"))
    config = find(project)
    assert (config.targets, config.timeout, config.dist) == ((Client.GH,), 10.0, "d")
    assert config.marketplace is None
    assert config.skills["a"].author == {"name": "n"}
    assert config.skills["a"].requirements == ("quart",)
    assert [line for line, *_ in told(config)] == [2, 11, 11, 14, 13, 6, 6, 7, 13]


def test_a_list_that_is_left_empty_is_the_default(project: Path) -> None:
    (project / "skillcheck.toml").write_text("targets = ['x']\n")
    config = find(project)
    assert (len(config.faults), config.targets) == (1, Config(project).targets)


def test_a_long_value_is_cut(project: Path) -> None:
    (project / "skillcheck.toml").write_text(f"timeout = '{'x' * 500}'\n")
    assert len(told(find(project))[0][2]) < 120


def test_a_file_that_is_not_utf8_is_a_fault(project: Path) -> None:
    (project / "skillcheck.toml").write_bytes(b"a = '\xff'\n")
    ((line, _, fact, _),) = told(find(project))
    assert line == 1
    assert fact.startswith("skillcheck.toml cannot be read: ")


@pytest.mark.parametrize("content", [b"a = '\xff'", b"dist = \n", b"tool = 3\n", b"[tool]\nskillcheck-x = 1\n"])
def test_a_pyproject_that_is_not_about_skillcheck_is_passed_over(project: Path, content: bytes) -> None:
    (project / "pyproject.toml").write_bytes(content)
    assert find(project) == Config(project)


def test_a_broken_pyproject_about_skillcheck_is_a_fault(project: Path) -> None:
    (project / "pyproject.toml").write_text("[tool.skillcheck]\ndist = \n")
    assert [line for line, *_ in told(find(project))] == [2]


def test_a_section_that_is_no_table_is_a_fault(project: Path) -> None:
    (project / "pyproject.toml").write_text("tool.skillcheck = 3\n")
    assert told(find(project)) == [(1, 1, "`tool.skillcheck` is 3, expected a table", "write a table")]


def test_a_file_that_may_not_be_read_is_a_fault(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    (project / "skillcheck.toml").touch()
    monkeypatch.setattr(Path, "read_bytes", refuse)
    ((_, _, fact, _),) = told(find(project))
    assert fact == "skillcheck.toml cannot be read: Permission denied"


def test_languages_to_run_are_listed(tmp_path: Path) -> None:
    (tmp_path / "skillcheck.toml").write_text('run = ["bash", "typescript"]\n', encoding="utf-8")
    assert find(tmp_path).run == ("bash", "typescript")
    (tmp_path / "skillcheck.toml").write_text('run = ["sh"]\n', encoding="utf-8")
    config = find(tmp_path)
    assert config.run == ()
    assert [fault.fact.partition(",")[0] for fault in config.faults] == ['`run.0` is "sh"']


OWNED = '[tool.skillcheck.marketplace]\nname = "m"\nowner = {name = "A"}\n'


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ('[project]\nversion = "3.2"\n', "3.2"),
        ('version = "4"\n[project]\nversion = "3.2"\n', "3.2"),
        ("[project]\nversion = 3\n", ""),
        ("project = 3\n", ""),
        ("", ""),
    ],
)
def test_the_marketplace_has_the_projects_version(project: Path, text: str, version: str) -> None:
    (project / "pyproject.toml").write_text(text + OWNED)
    market = find(project).marketplace
    assert market
    assert market.version == version
    (project / "pyproject.toml").write_text(f'{text}{OWNED}version = "9"\n')
    market = find(project).marketplace
    assert market
    assert market.version == "9"


def test_where_plugins_come_from_is_read(project: Path) -> None:
    (project / "skillcheck.toml").write_text(
        'marketplace = {name = "m", owner = {name = "A"}, source = {source = "github", repo = "o/r", shaa = "x"}}\n'
        '[skills.a]\nsource = {source = "command", command = "find-it", timeout = 5}\n'
        '[skills.b]\nsource = {source = "git"}\n[skills.c]\nsource = {url = "https://x"}\n'
    )
    config = find(project)
    assert config.marketplace
    assert config.marketplace.source == {"source": "github", "repo": "o/r"}
    assert config.skills["a"].source == {"source": "command", "command": "find-it", "timeout": 5}
    known = "command, mode, package, path, ref, registry, repo, sha, sha256, source, timeout, url, version"
    kinds = "github, url, git-subdir, npm, archive, command"
    assert [(fact, remedy) for _, _, fact, remedy in told(config)] == [
        (f"`shaa` is not a key of `marketplace.source`, which takes {known}", "did you mean `sha`"),
        (f'`skills.b.source.source` is "git", expected one of {kinds}', "did you mean `github`"),
        ("`skills.c.source` has no `source`", "add `source`"),
    ]


@pytest.mark.parametrize("name", ["snippets", "tests", "dist", "baseline"])
@pytest.mark.parametrize("path", ["../out", "/etc", "a/../../b", "link/x", "a\\u0000b"])
def test_a_place_out_of_the_project_is_refused(project: Path, name: str, path: str) -> None:
    (project / "link").symlink_to("..")
    (project / "skillcheck.toml").write_text(f'timeout = 1\n{name} = "{path}"\n')
    config = find(project)
    assert getattr(config, name) == getattr(Config(project), name)
    ((line, column, fact, remedy),) = told(config)
    assert (line, column, remedy) == (2, 1, "name a place in the project")
    assert "leads out of the project" in fact


def test_a_default_that_is_a_link_out_of_the_project_is_not_followed(project: Path) -> None:
    for name in ("tests", "dist", "dist-1"):
        (project / name).symlink_to("..")
    config = find(project)
    assert (config.tests, config.dist, config.snippets) == ("tests-1", "dist-2", "snippets")
    assert [(fault.place.path, fault.fact) for fault in config.faults] == [
        ("tests/skills", "`tests` is `tests/skills`, which leads out of the project; `tests-1` stands in its place"),
        ("dist", "`dist` is `dist`, which leads out of the project; `dist-2` stands in its place"),
    ]


def test_a_place_in_the_repository_around_it_is_taken(project: Path) -> None:
    (project / "part").mkdir()
    (project / "part" / "skillcheck.toml").write_text('dist = "../out"\n')
    config = find(project / "part")
    assert (config.dist, config.faults) == ("../out", ())


@pytest.mark.parametrize(
    "python", ["./python", "/usr/bin/python3", "bin/python", "evil", "3.12/x", "python-3.12", "", "t", "a1", "cp"]
)
def test_a_program_to_start_is_no_version(project: Path, python: str) -> None:
    (project / "skillcheck.toml").write_text(f'python = "{python}"\n')
    config = find(project)
    assert config.python is None
    assert len(config.faults) == 1


@pytest.mark.parametrize("python", ["3.12", ">=3.11,<3.13", "3.14rc1", "3.13t", "cpython@3.12", "pypy3.10", "cp312"])
def test_a_version_is_taken_in_uvs_ways_to_write_one(project: Path, python: str) -> None:
    (project / "skillcheck.toml").write_text(f'python = "{python}"\n')
    assert (find(project).python, find(project).faults) == (python, ())
