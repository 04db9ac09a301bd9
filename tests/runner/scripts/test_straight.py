from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillcheck.model import Level
from skillcheck.runner import Proof
from skillcheck.runner.scripts import HELD, spans, traced

Proved = Callable[..., Proof]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("echo a\n", ((5, 5),)),
        ("# why\n\necho a\necho b  # both\n", ((7, 7), (8, 8))),
        ("curl \\\n  -s \\\n  x\nls", ((5, 7), (8, 8))),
        ("$ echo a\na\n$ echo b\n", ((5, 5), (7, 7))),
        ('export KEY="$(python -c \'print("f(1)")\')"\n', ((5, 5),)),
        ("x=$(date)\ny=`date`\n", ((5, 5), (6, 6))),
        ("cat a | sort & wait\n", ((5, 5),)),
        ("", None),
        ("# nothing\n", None),
        ("a && b\n", None),
        ("a || b\n", None),
        ("if a; then\n  b\nfi\n", None),
        ("for a in b; do echo $a; done", None),
        ("f() {\n  a\n}\n", None),
        ("function f {\n  a\n}\n", None),
        ("(cd x; a)\n", None),
        ("cat <<END\nfi\nEND\n", None),
        ("echo 'one\ntwo'\n", None),
        ("x=$(\n  date\n)\n", None),
        ("exit 0\nls\n", None),
        ("exec a\n", None),
    ],
)
def test_commands_that_a_trace_tells_of(text: str, expected: tuple[tuple[int, int], ...] | None) -> None:
    assert spans(text, 5) == expected


@given(st.text(alphabet="ab \\\n'\"#$();&|if", max_size=80))
def test_spans_lie_in_the_text_one_behind_the_other(text: str) -> None:
    found = [line for span in spans(text, 1) or () for line in span]
    assert found == sorted(found)
    assert all(1 <= line <= text.count("\n") + 1 for line in found)


def test_no_trace_nothing_traced(tmp_path: Path) -> None:
    assert list(traced(tmp_path)) == []


def test_a_trace_is_read(tmp_path: Path) -> None:
    (tmp_path / HELD).mkdir()
    (tmp_path / HELD / "trace").write_bytes(b"+|a.sh|3|echo a\nsomething else\n++|/x/b.sh|12|\xff\n")
    assert list(traced(tmp_path)) == [("a.sh", 3), ("/x/b.sh", 12)]


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
@pytest.mark.parametrize(
    ("text", "level", "executed"),
    [
        ("echo a\n\necho b \\\n  c\n", Level.COVERED, {9, 11}),
        ("if true; then echo a; fi\n", Level.RAN, None),
    ],
)
def test_a_block_that_ran_is_covered_where_the_trace_tells(
    proved: Proved, text: str, level: Level, executed: set[int] | None
) -> None:
    (result,) = proved(f"Words.\n\n<!-- skillcheck: run -->\n```bash\n{text}```\n").results
    assert (result.level, result.coverage and result.coverage.executed) == (level, executed)
