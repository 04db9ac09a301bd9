from __future__ import annotations

import pytest

from skillcheck.extract.comments import comment, headed


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("python", "# a b\n"),
        ("typescript", "// a b\n"),
        ("sql", "-- a b\n"),
        ("html", "<!-- a b -->\n"),
        ("css", "/* a b */\n"),
        ("json", ""),
        ("", ""),
    ],
)
def test_a_comment_is_written_as_its_language_has_it(language: str, line: str) -> None:
    assert comment("a \n b", language) == line


def test_words_cannot_end_their_comment() -> None:
    assert comment("a --> b */ c", "html") == "<!-- a  b  c -->\n"


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("ls\n", "bash", "# x\nls\n"),
        ("#!/bin/sh\nls\n", "bash", "#!/bin/sh\n# x\nls\n"),
        ("# syntax=docker/dockerfile:1\nFROM a\n", "dockerfile", "# syntax=docker/dockerfile:1\n# x\nFROM a\n"),
        ("#!/bin/sh", "bash", "# x\n#!/bin/sh"),
        ("#!x\n{}\n", "json", "#!x\n{}\n"),
        ("{}\n", "json", "{}\n"),
    ],
)
def test_the_comment_stands_first_unless_another_line_must(text: str, language: str, expected: str) -> None:
    assert headed(text, "x", language) == expected
