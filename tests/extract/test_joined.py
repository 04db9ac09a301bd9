from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillcheck.extract.joined import joined
from skillcheck.model import Block, Place, Role, Segment, Unit


def segments(*texts: str) -> list[Segment]:
    block = Block("SKILL.md", 0, "python", "python", "", 1, 1, Place("SKILL.md"))
    return [Segment(Unit(block, Role.SCRIPT, "python"), "SKILL.md", 1, text) for text in texts]


def said(*texts: str) -> str:
    """Run the joined text as a file; return what it prints."""
    command = [sys.executable, "-W", "error", "-c", "".join(joined(segments(*texts)))]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own text


def test_segments_follow_one_another() -> None:
    assert joined(segments("x = 1", "y = 2\n", "")) == ("", "x = 1\n\ny = 2\n\n")


def test_future_statements_come_first_and_once() -> None:
    future = "from __future__ import annotations\n"
    assert joined(segments(f"# a\n{future}x = 1\n", f"{future}y: Z = 2\n")) == (future, "# a\nx = 1\n\ny: Z = 2\n")


def test_a_future_statement_that_shares_its_line_stays() -> None:
    text = "from __future__ import annotations; x = 1\n"
    assert joined(segments(text)) == ("", text)


def test_text_that_does_not_parse_stays_as_it_is() -> None:
    assert joined(segments("x = (\n", "await y\n(")) == ("", "x = (\n\nawait y\n(\n")


PROLOGUE = "import asyncio\nasync def two():\n    await asyncio.sleep(0)\n    return 2\n"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ((PROLOGUE, "print(await two())"), "2\n"),
        ((PROLOGUE, "x = await two()\ndef f():\n    return x\nprint(f())"), "2\n"),
        ((PROLOGUE, "x = 1", "x = x + await two()", "print(x, globals()['x'])"), "3 3\n"),
        ((PROLOGUE, 'x = """\na\n  b"""\nprint(repr(x), await two())'), "'\\na\\n  b' 2\n"),
        ((PROLOGUE, 'x = f"""\n{1}\n  b"""\nprint(repr(x), await two())'), "'\\n1\\n  b' 2\n"),
        ((PROLOGUE, "class A:\n    b = 1\nprint(A.b, await two())"), "1 2\n"),
        ((PROLOGUE, "match {1: await two()}:\n    case {1: a, **rest}:\n        print(a, rest)"), "2 {}\n"),
        ((PROLOGUE, "x: int = await two()\nprint(x)"), "2\n"),
        (
            (
                PROLOGUE,
                "import os.path as p, sys\ntry:\n    1 / 0\nexcept ZeroDivisionError as e:\n    print(await two())",
            ),
            "2\n",
        ),
        ((PROLOGUE, "match [await two(), 3]:\n    case [int() as a, *b]:\n        print(a, b)"), "2 [3]\n"),
        ((PROLOGUE, "print([await two() for i in range(2)])"), "[2, 2]\n"),
        ((PROLOGUE, "await two()"), ""),
    ],
)
def test_what_awaits_outside_functions_runs_as_a_file(texts: tuple[str, ...], expected: str) -> None:
    assert said(*texts) == expected


def test_a_star_import_cannot_move_into_a_coroutine() -> None:
    text = "from a import *\nawait b()\n"
    assert joined(segments(text)) == ("", text)


@given(st.lists(st.text() | st.text(alphabet="await fromimp_(\n*)=1"), max_size=3))
def test_no_text_raises(texts: list[str]) -> None:
    assert len(joined(segments(*texts))) == 2
