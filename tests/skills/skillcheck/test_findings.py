"""Each row of the skill's tables: what is wrong is told by that code, and what the row says mends it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from skillcheck import Config, Severity, Stages, lint, verify
from skillcheck.cli import skillcheck
from skillcheck.verify import Settings

HEAD = "---\nname: forms\ndescription: Fills forms. Use when the user asks to fill a form.\n---\n# Forms\n\n"
BARE = "---\nname: forms\ndescription: Fills forms in the browser, field by field.\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    return tmp_path


def put(text: str, **files: str) -> None:
    for path, content in {"SKILL.md": text, **files}.items():
        file = Path("skills/forms", path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)


def codes(text: str, **files: str) -> set[str]:
    put(text, **files)
    return {f.code for f in lint(["skills"], Config(Path())).findings if f.severity is not Severity.NOTE}


@pytest.mark.parametrize(
    ("code", "wrong", "right"),
    [
        (
            "SK103",
            HEAD.replace("Use when", "Use: when"),
            HEAD.replace("Fills forms. Use when the user asks to fill a form.", '"Fills. Use: when asked to fill."'),
        ),
        (
            "SK108",
            HEAD.replace("\n---\n#", "\nowner: me\n---\n#"),
            HEAD.replace("\n---\n#", "\nmetadata:\n  owner: me\n---\n#"),
        ),
        ("SK113", HEAD.replace("name: forms", "name: form"), HEAD),
        (
            "SK201",
            HEAD.replace("\n---\n#", "\nallowed-tools: Read, Bash(git\n---\n#"),
            HEAD.replace("\n---\n#", "\nallowed-tools: Read, Bash(git *)\n---\n#"),
        ),
        ("SK301", f"{BARE}---\n# Forms\n\nFill them.\n", HEAD),
    ],
)
def test_what_the_table_says_mends_it(code: str, wrong: str, right: str) -> None:
    assert code in codes(f"{wrong}Fill.\n")
    assert codes(f"{right}Fill.\n") == set()


def test_a_missing_file_is_told_until_it_is_there() -> None:
    text = f"{HEAD}[a](references/a.md)\n\n```bash\npython ${{CLAUDE_SKILL_DIR}}/scripts/b.py\n```\n"
    assert codes(text) == {"SK401", "SK404"}
    assert codes(text, **{"references/a.md": "# A\n", "scripts/b.py": "print()\n"}) == set()


def ran(text: str, **given: object) -> set[str]:
    put(text)
    report = verify(["skills"], Config(Path()), Stages(check=False, run=True), Settings(installs=False, **given))
    return {finding.code for finding in report.findings if finding.severity is Severity.ERROR}


@pytest.mark.parametrize(
    ("code", "wrong", "right"),
    [
        ("SK802", "print(total)", "total = 3\nprint(total)"),
        ("SK806", "print([][0])", "print([1][0])"),
        ("SK821", "print(1 + 1)\n#> 3", "print(1 + 1)\n#> 2"),
    ],
)
def test_a_block_is_mended_by_what_it_teaches(code: str, wrong: str, right: str) -> None:
    assert ran(f"{HEAD}```python\n{wrong}\n```\n") == {code}
    assert ran(f"{HEAD}```python\n{right}\n```\n") == set()


def test_update_writes_what_is_printed() -> None:
    assert ran(f"{HEAD}```python\nprint(1 + 1)\n#> 3\n```\n", update=True) == set()
    assert "#> 2\n" in Path("skills/forms/SKILL.md").read_text()


def call(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(skillcheck, arguments)
    return done.exit_code, done.output


def test_the_exit_status_says_how_it_went() -> None:
    put(f"{HEAD}Fill.\n")
    assert call("check", "skills")[0] == 0
    put(f"{HEAD}[gone](gone.md)\n")
    assert call("check", "skills")[0] == 1
    assert call("check", "--select", "E501")[0] == 2


def test_ignores_hold_at_their_place_and_are_told_when_they_hold_nothing() -> None:
    named = HEAD.replace("name: forms", "name: form # skillcheck: ignore SK113 its old name")
    text = f"{named}<!-- skillcheck: ignore SK401 made by the build -->\n[made](made.md)\n"
    assert codes(text) == set()
    assert codes(f"{HEAD}<!-- skillcheck: ignore SK401 made by the build -->\nNothing.\n") == {"SK414"}


def test_a_diff_writes_nothing_and_a_fix_does() -> None:
    text = f"{HEAD}Fill.\n".replace("description", "desciption")
    put(text)
    status, said = call("check", "--diff", "--unsafe-fixes", "skills")
    assert (status, Path("skills/forms/SKILL.md").read_text()) == (1, text)
    assert "+description: Fills forms." in said
    assert call("check", "--fix", "--unsafe-fixes", "skills")[0] == 0
    assert Path("skills/forms/SKILL.md").read_text() == f"{HEAD}Fill.\n"


def test_findings_are_read_as_json() -> None:
    put(f"{HEAD}[gone](gone.md)\n")
    (finding,) = json.loads(call("check", "--format", "json", "skills")[1])["findings"]
    assert (finding["code"], finding["path"], finding["line"]) == ("SK401", "skills/forms/SKILL.md", 7)
