from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillcheck.model import CauseKind, Level, Outcome, Program, Result
from skillcheck.runner import Options, Proof
from skillcheck.runner.layout import Layout
from skillcheck.runner.sandbox import Ended
from skillcheck.runner.scripts import commands
from skillcheck.runner.scripts.shell import judged

Proved = Callable[..., Proof]
Laid = Callable[[str], tuple[Program, ...]]
FILE = "/x/block.sh"
needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")


def asked(text: str, more: str = "") -> str:
    return f"<!-- skillcheck: run{more} -->\n```bash\n{text}\n```\n"


def told(result: Result) -> tuple[Level, Outcome, list[tuple[CauseKind, int, str]]]:
    causes = [(cause.kind, cause.place.line, cause.fact) for cause in result.causes]
    return result.level, result.outcome, causes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("echo a\necho b\n", "echo a\necho b\n"),
        ("$ echo a\na\n$ echo b\n", "  echo a\n\n  echo b\n"),
        ("$ echo \\\n> a\na\n", "  echo \\\n  a\n\n"),
        ("$ echo \\\n  a\na\n", "  echo \\\n  a\n\n"),
        ("  $ for a in b\n  > do :; done\nout\n> out\n", "    for a in b\n    do :; done\n\n\n"),
    ],
)
def test_commands_are_what_was_typed(text: str, expected: str) -> None:
    assert commands(text) == expected


@given(st.text(alphabet="$> \\a\n", max_size=60))
def test_lines_and_columns_stay(text: str) -> None:
    found = commands(text).split("\n")
    assert len(found) == len(text.split("\n"))
    assert all(line.lstrip() in original for line, original in zip(found, text.split("\n"), strict=True))


@needs_bash
def test_the_shell_is_run_only_where_it_is_asked_for(proved: Proved) -> None:
    first, second = proved("```bash\nfalse\n```\n" + asked("false")).results
    assert (told(first), first.output) == ((Level.PARSED, Outcome.PASSED, []), "")
    assert told(second) == (Level.PARSED, Outcome.FAILED, [(CauseKind.EXIT, 10, "`false` exits with status 1")])
    (result,) = proved("```bash\nfalse\n```\n", Options(run=frozenset({"bash"}))).results
    assert result.outcome is Outcome.FAILED
    text = "<!-- skillcheck: level=parsed -->\n```bash\nfalse\n```\n"
    assert proved(text, Options(run=frozenset({"bash"}))).results[0].level is Level.PARSED


@needs_bash
@pytest.mark.parametrize(("directive", "level"), [("run", Level.COVERED), ("level=ran", Level.RAN)])
def test_what_ends_well_has_run(proved: Proved, directive: str, level: Level) -> None:
    (result,) = proved(f"<!-- skillcheck: {directive} -->\n```sh\necho hi | tr a-z A-Z\n```\n").results
    assert told(result) == (level, Outcome.PASSED, [])
    assert (result.output, result.reason) == ("HI\n", "")
    assert result.duration > 0


@needs_bash
def test_of_a_console_the_commands_are_run(proved: Proved) -> None:
    (result,) = proved(asked("$ echo one\none\n$ echo two \\\n>   three\ntwo three")).results
    assert (told(result), result.output) == ((Level.COVERED, Outcome.PASSED, []), "one\ntwo three\n")


@needs_bash
@pytest.mark.parametrize(
    ("text", "line", "fact"),
    [
        ("echo a\nls nothing-here >/dev/null\necho b", 8, "`ls nothing-here` exits with status 2"),
        ("f() {\n  false\n}\nf", 8, "`false` exits with status 1"),
        ("false | true", 7, "exits with status 1"),
        ("echo $NOT_SET", 7, "NOT_SET: unbound variable"),
        ("true\nnot-a-command --x", 8, "not-a-command: command not found"),
        ("exit 3", 7, "`exit 3` exits with status 3"),
        (f"test {'a' * 80} = b", 7, f"`test {'a' * 55}…` exits with status 1"),
    ],
)
def test_the_failing_command_is_told(proved: Proved, text: str, line: int, fact: str) -> None:
    ((kind, where, said),) = told(proved(asked(text)).results[0])[2]
    assert (kind, where) == (CauseKind.EXIT, line)
    assert said.endswith(fact)


@needs_bash
def test_what_does_not_end_is_stopped(proved: Proved) -> None:
    (result,) = proved(asked("while :; do sleep 1; done", " timeout=1")).results
    assert told(result)[2] == [(CauseKind.TIMEOUT, 7, "the block does not end within 1 s")]


@pytest.fixture
def layout(laid: Laid) -> Layout:
    (program,) = laid("```bash\ncurl -s https://example.com\n```\n")
    return Layout({"path": ["/x"]}, {FILE: (program.unit,)}, frozenset({FILE}))


@pytest.mark.parametrize(
    ("ended", "trace", "expected"),
    [
        (Ended(status=1), None, (CauseKind.EXIT, 6, "the block exits with status 1")),
        (Ended(status=1), "+|/other|3|x\nnoise\n", (CauseKind.EXIT, 6, "the block exits with status 1")),
        (
            Ended(status=1, output="x: Could not resolve host: a\n"),
            None,
            (CauseKind.NETWORK, 6, "the block needs the network: the block exits with status 1"),
        ),
        (
            Ended(status=6),
            f"+|{FILE}|6|curl -s a\n",
            (CauseKind.NETWORK, 6, "the block needs the network: `curl -s a` exits with status 6"),
        ),
        (Ended(status=153), f"+|{FILE}|6|yes\n", (CauseKind.LIMIT, 6, "`yes` exits with status 153")),
        (Ended(status=2, output="/other: line 3: odd\n"), None, (CauseKind.EXIT, 6, "the block exits with status 2")),
        (Ended(status=-9), None, (CauseKind.LIMIT, 6, "the block is killed by SIGKILL")),
        (Ended(), None, (CauseKind.SIGNAL, 6, "the block ended its own watcher")),
    ],
)
def test_ends_are_told(
    layout: Layout, tmp_path: Path, ended: Ended, trace: str | None, expected: tuple[CauseKind, int, str]
) -> None:
    if trace is not None:
        (tmp_path / ".skillcheck").mkdir()
        (tmp_path / ".skillcheck" / "trace").write_text(trace, encoding="utf-8")
    cause = judged(layout.units[FILE][0], layout, ended, 1, tmp_path).cause
    assert cause is not None
    assert (cause.kind, cause.place.line, cause.fact) == expected


def test_a_pass_has_no_cause(layout: Layout, tmp_path: Path) -> None:
    assert judged(layout.units[FILE][0], layout, Ended(status=0), 1, tmp_path).cause is None
