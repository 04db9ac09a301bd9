from __future__ import annotations

import contextlib
import io
import sys
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from skillcheck.blocks.role import unit
from skillcheck.blocks.transcripts import answering, typed
from skillcheck.model import Block, Place, Role

BLOCK = Block("SKILL.md", 0, "pycon", "pycon", "", 8, 1, Place("SKILL.md", 7))


def read(text: str) -> str | None:
    found = typed(replace(BLOCK, text=text))
    return None if found is None else found.text


@pytest.mark.parametrize(
    ("session", "python"),
    [
        (">>> 1 + 1\n2\n", "1 + 1\n#> 2\n"),
        ("text\n", None),
        (">>>1\n", None),
        ("\f>>> 1\n1\n", None),
        (">>> if 1:\n...     x\n...\n>>> y\na\n<BLANKLINE>\nb\n", "if 1:\n    x\n\ny\n#> a\n#> \n#> b\n"),
        ("  >>> x = 1\n\n  >>> x\n  1\n", "x = 1\n\nx\n#> 1\n"),
        (">>> f()  # doctest: +SKIP\n1\n", "# f()  # doctest: +SKIP\n#\n"),
        (">>> f()  # doctest: +NORMALIZE_WHITESPACE\n1  2\n", "f()  # doctest: +NORMALIZE_WHITESPACE\n#\n"),
        (
            ">>> f()\nTraceback (most recent call last):\n  File 'x', line 1\n    y\nKeyError: 'z'\n",
            "f()\n#> Traceback (most recent call last):\n#> ...\n#> ...\n#> KeyError: 'z'\n",
        ),
        (
            ">>> f() # doctest: +IGNORE_EXCEPTION_DETAIL\nTraceback (most recent call last):\nKeyError: 'z'\n",
            "f() # doctest: +IGNORE_EXCEPTION_DETAIL\n#> Traceback (most recent call last):\n#> KeyError...\n",
        ),
    ],
)
def test_what_was_typed_stands_on_the_same_lines(session: str, python: str | None) -> None:
    assert read(session) == python


def test_it_begins_behind_the_prompt() -> None:
    found = typed(replace(BLOCK, text="  >>> x\n", column=3))
    assert found is not None
    assert found.column == 9


def printed(python: str) -> str:
    with contextlib.redirect_stdout(io.StringIO()) as stream:
        exec(compile(answering(python), "<typed>", "exec"), {})  # noqa: S102 - what it does is the test
    return stream.getvalue()


@pytest.mark.parametrize(
    ("python", "said"),
    [
        ("1 + 1\n", "2\n"),
        ("None\n'a'\n", "'a'\n"),
        ("x = 1; x\n", "1\n"),
        ("(1 +\n 2)\n", "3\n"),
        ("'ü'; 'b'\n", "'ü'\n'b'\n"),
        ("print(1)\n", "1\n"),
        ("if 1:\n    print(2)\n", "2\n"),
        (
            "int('x')\n#> Traceback (most recent call last):\n#> ...\n#> ValueError: x\n",
            "Traceback (most recent call last):\n...\nValueError: invalid literal for int() with base 10: 'x'\n",
        ),
        (
            "raise KeyError(1)\n#> Traceback (most recent call last):\n#> K\n",
            "Traceback (most recent call last):\nKeyError: 1\n",
        ),
        ("1\n#> Traceback (most recent call last):\n", "1\n"),
        ("", ""),
    ],
)
def test_what_was_typed_prints_what_a_session_shows(python: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "displayhook", sys.__displayhook__)
    assert printed(python) == said


def test_what_python_refuses_stays_as_it_is() -> None:
    assert answering("print(1\n") == "print(1\n"


@pytest.mark.parametrize("language", ["pycon", "python"])
def test_a_session_is_python_to_be_run(language: str) -> None:
    found = unit(replace(BLOCK, language=language, text=">>> 1\n1\n"))
    assert (found.role, found.language, found.typed) == (Role.SCRIPT, "python", True)


def test_what_doctest_cannot_read_is_a_transcript() -> None:
    found = unit(replace(BLOCK, text=">>> if 1:\n..1\n>>>x\n"))
    assert (found.role, found.reason) == (Role.SHOWN, "a transcript")
    wrong = unit(replace(BLOCK, text=">>> 1\n1\n", intro="Wrong:"))
    assert (wrong.role, wrong.reason) == (Role.SHOWN, "a transcript")


@example(text=">>> ")
@given(st.text(">. 1x=(:\n", max_size=60))
def test_no_text_raises_and_no_line_moves(text: str) -> None:
    found = read(text + "\n")
    assert found is None or found.count("\n") == text.count("\n") + 1
