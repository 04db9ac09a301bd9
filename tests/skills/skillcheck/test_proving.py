"""What the reference on proving says of directives and roles."""

from __future__ import annotations

from pathlib import Path

import pytest

from skillcheck import Config, Level, Result, Settings, Stages, verify

HEAD = "---\nname: forms\ndescription: Fills forms. Use when the user asks to fill a form.\n---\n# Forms\n\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    return tmp_path


def proven(text: str) -> list[Result]:
    file = Path("forms/SKILL.md")
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"{HEAD}{text}")
    report = verify(["forms"], Config(Path()), Stages(check=False, run=True), Settings(installs=False, cached=False))
    return list(report.results)


def block(text: str, comment: str = "", language: str = "python") -> str:
    return f"{f'<!-- skillcheck: {comment} -->' if comment else ''}\n```{language}\n{text}\n```\n\n"


@pytest.mark.parametrize(
    ("comment", "text", "level", "passed"),
    [
        ("", "x = 1", Level.COVERED, True),
        ("raises=ValueError", 'int("x")', Level.COVERED, True),
        ("raises=KeyError", 'int("x")', Level.RESOLVED, False),
        ("timeout=1", "while True: pass", Level.RESOLVED, False),
        ("level=parsed", "import nothing_of_that_name", Level.PARSED, True),
        ('skip reason="needs an account"', "1 / 0", Level.SHOWN, True),
        ("", "if False:\n    print()", Level.RAN, True),
    ],
)
def test_a_directive_says_how_far_it_goes(comment: str, text: str, level: Level, *, passed: bool) -> None:
    (result,) = proven(block(text, comment))
    assert (result.level, not result.causes) == (level, passed)


def test_shell_runs_where_it_is_asked_for_and_nowhere_else() -> None:
    first, second = proven(block("exit 3", "", "bash") + block("exit 3", "run", "bash"))
    assert (first.level, first.causes) == (Level.PARSED, ())
    assert [cause.fact for cause in second.causes] == ["`exit 3` exits with status 3"]


def test_a_file_is_written_and_imported_by_what_comes_after() -> None:
    made, used, unnamed = proven(
        block("# src/app/tax.py\ndef tax(cents):\n    return cents // 5")
        + block("from app.tax import tax\nprint(tax(10))\n#> 2")
        + block("print(tax(20))\n#> 4")
    )
    assert (made.unit.path, used.level) == ("src/app/tax.py", Level.COVERED)
    assert not unnamed.causes


def test_a_heading_names_what_a_block_needs_besides() -> None:
    text = "## One\n" + block("from pathlib import Path\nPath('x').touch()") + "## Two\n"
    needs = "import os\nprint(os.path.exists('x'))\n#> True"
    assert proven(text + block(needs))[-1].causes
    assert not proven(text + block(needs, "after=One"))[-1].causes


def test_a_template_and_a_counter_example_are_shown_with_their_reasons() -> None:
    template, wrong = proven(block("call(<your-key>)") + "Wrong:\n\n" + block("1 / 0"))
    assert (template.level, wrong.level) == (Level.SHOWN, Level.SHOWN)
    assert template.reason
    assert wrong.reason


def test_an_output_fence_is_a_promise() -> None:
    kept, _ = proven(block("print(1)") + block("1", "output", "text"))
    broken, _ = proven(block("print(1)") + block("2", "output", "text"))
    assert (len(kept.causes), len(broken.causes)) == (0, 1)


def test_a_block_has_neither_network_nor_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    (kept,) = proven(block("import os\nassert 'AWS_SECRET_ACCESS_KEY' not in os.environ"))
    assert not kept.causes
