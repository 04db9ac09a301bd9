from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillcheck.runner.languages import ACCEPTED, Verdict, bash, zsh
from skillcheck.runner.languages.shells import handed_python, said_by


@pytest.mark.parametrize(
    ("text", "line", "column", "fact"),
    [
        ("ls\npython - <<'EOF'\nx = 1\ny = (\nEOF\n", 4, 5, "python cannot parse the heredoc: '(' was never closed"),
        ("python3.12 -u <<EOF\nif x\nEOF\n", 2, 5, "python cannot parse the heredoc: expected ':'"),
        ("uv run python3 - a b <<-'X'\n\tx =\n\tX\n", 2, 4, "python cannot parse the heredoc: invalid syntax"),
        ("ls; python -c 'x ='\n", 1, 19, "python cannot parse what `-c` is given: invalid syntax"),
        ("python3 -c '\nx = 1\ny =\n'\n", 3, 4, "python cannot parse what `-c` is given: invalid syntax"),
        ("python3 <<'EOF'\nx = (", 2, 5, "python cannot parse the heredoc: '(' was never closed"),
    ],
)
def test_python_that_is_handed_on_is_compiled(text: str, line: int, column: int, fact: str) -> None:
    verdict = handed_python(text)
    assert (verdict.line, verdict.column, verdict.fact) == (line, column, fact)


@pytest.mark.parametrize(
    "text",
    [
        "python3 <<'EOF'\nprint('$x')\nawait a()\nEOF\n",
        "python3 <<EOF\nx = $VALUE\nEOF\n",
        "python3 script.py <<'EOF'\nno python\nEOF\n",
        "cat <<'EOF'\npython3 -c 'x ='\nEOF\n",
        "# python3 -c 'x ='\n# python3 <<'EOF'\n",
        "python3 -c 'x = $y'\n",
        "python3 -m json.tool <<'EOF'\n{\nEOF\n",
        "python3 <<'EOF'\nx = <your name>\nEOF\n",
        "python3 <<'EOF'\nimport json\nfor x in json.loads('[]'): print(x)\nEOF\n",
        "python3 -c 'a = 1; a" + ".a" * 600 + "'\n",
        "python3 <<'EOF'\nfrom math import *\nprint(sqrt(4))\nEOF\n",
        "grep a <<< 'python3'\n",
        "node -e 'let x = 1'\n",
        "python3 -c 'x ='\n" + "a" * 70_000,
    ],
)
def test_what_is_not_surely_broken_python_is_left(text: str) -> None:
    assert handed_python(text) == ACCEPTED


@pytest.mark.parametrize(
    ("text", "line", "column", "fact"),
    [
        ("python3 <<'EOF'\nimport json\nprint(jsn.dumps(1))\nEOF\n", 3, 7, "`jsn` is not bound in the heredoc"),
        ("python3 -c 'print(x)'\n", 1, 19, "`x` is not bound in what `-c` is given"),
    ],
)
def test_names_of_python_that_is_handed_on_are_looked_at(text: str, line: int, column: int, fact: str) -> None:
    verdict = handed_python(text)
    assert (verdict.line, verdict.column, verdict.fact, verdict.unbound) == (line, column, fact, True)


@pytest.mark.parametrize(
    "body",
    ["(" * 5_000, "x = '\0'", "-" * 9_000 + "1", "a" + ".a" * 30_000, "x = '\ud800'"],
    ids=["brackets", "null", "stack", "recursion", "surrogate"],
)
def test_python_that_no_compiler_reads_is_told(body: str) -> None:
    told, _, why = handed_python(f"python3 <<'EOF'\n{body}\nEOF\n").fact.partition(": ")
    assert told == "python cannot parse the heredoc"
    assert why


@given(st.text("python3 -c<<'EOF'\"\n\t$=(x", max_size=80))
@settings(max_examples=100, deadline=None)
def test_no_text_raises(text: str) -> None:
    verdict = handed_python(text)
    assert bool(verdict.fact) == bool(verdict.remedy)


def test_bash_and_what_it_hands_on_are_one_verdict() -> None:
    assert bash.parse("python3 <<'EOF'\nx =\nEOF\n").line == 2
    assert bash.parse("python3 <<'EOF'\nx = 1\nEOF\n") == ACCEPTED


def test_a_bats_test_is_shown() -> None:
    assert bash.parse('@test "a" {\n  run b\n}\n') == Verdict(reason="a bats test")


def test_a_shell_that_is_not_installed_is_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert zsh.parse("if") == Verdict(reason="zsh is not installed")
    assert said_by("fish", (), "if") == Verdict(reason="fish is not installed")


def test_zsh_is_asked_by_its_own_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shell = tmp_path / "zsh"
    shell.write_text("#!/bin/sh\necho 'zsh: 2: parse error near x' >&2\n", encoding="utf-8")
    shell.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda _: str(shell))
    assert zsh.parse("a\nb\n").line == 2
    shell.write_text("#!/bin/sh\n", encoding="utf-8")
    assert zsh.parse("python3 -c 'x ='\n").fact.startswith("python cannot parse")
