from __future__ import annotations

import re
import time
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillcheck.load import markdown
from skillcheck.load.markdown import MAX_BRACKETS, document
from skillcheck.load.source import Source
from skillcheck.model import Document, FaultKind


def read(text: str, body_line: int = 1) -> Document:
    return document(Source("f", text), "f", body_line)[0]


def test_headings_have_githubs_anchors() -> None:
    text = "# A *b*\n\n## A b\n\nC `d`, e_f!\n---\n\n> ### A b\n\n# a-b-1\n\n# \u00c9t\u00e9 \u2014 1\n"
    got = [(heading.text, heading.level, heading.anchor, str(heading.place)) for heading in read(text).headings]
    assert got == [
        ("A b", 1, "a-b", "f:1:1"),
        ("A b", 2, "a-b-1", "f:3:1"),
        ("C d, e_f!", 2, "c-d-e_f", "f:5:1"),
        ("A b", 3, "a-b-2", "f:8:3"),
        ("a-b-1", 1, "a-b-1-1", "f:10:1"),
        ("\u00c9t\u00e9 \u2014 1", 1, "\u00e9t\u00e9--1", "f:12:1"),
    ]


def test_anchors_hold_explicit_ones() -> None:
    text = (
        "# T\n\n<a id=\"x\"></a> y <a name='z'></a> `<a id='no'>`\n\n"
        '<h2 id="h">In <b>HTML</b> &amp; so</h2>\n\n<!-- <a id="c"> -->\n'
    )
    assert read(text).anchors == {"t", "x", "z", "h", "in-html--so"}


def test_blocks_know_the_headings_above() -> None:
    text = "# A\n\n### B\n\n```\n```\n\n## C\n\n```\n```\n\n# D\n\n```\n```\n"
    assert [block.headings for block in read(text).blocks] == [("A", "B"), ("A", "C"), ("D",)]


def test_intro_is_the_paragraph_just_before() -> None:
    text = f"Bad:\n\n```\n```\n\n```\n```\n\n1. {'x' * 400} Do\n   this:\n\n   ```\n   ```\n\npara\n\n# H\n\n```\n```\n"
    first, second, third, fourth = (block.intro for block in read(text).blocks)
    assert (first, second, fourth) == ("Bad:", "", "")
    assert third.endswith("x Do\nthis:")
    assert len(third) == 300


def test_prose_is_what_a_reader_sees() -> None:
    text = (
        "---\na: b\n---\n# T\n\nx <!-- y\nz --> w\n<!--\nhidden\n-->\n\n```\ncode\n```\n> q <!-- a --> r <!-- b --> s\n"
    )
    assert read(text, 4).prose == ((4, "# T"), (6, "x "), (7, " w"), (15, "> q  r  s"))


def test_the_frontmatter_is_no_markdown() -> None:
    got = read("---\n# comment\na: '[x](y.md)'\n---\n# T\n", 5)
    assert ([heading.text for heading in got.headings], got.links, got.body_line) == (["T"], (), 5)


def test_an_open_comment_hides_the_rest() -> None:
    got = read("x\n\n<!-- open\n\n```\n```\n")
    assert (got.blocks, got.prose) == ((), ((1, "x"),))


@pytest.mark.parametrize(
    "text",
    [
        "[" * 400_000,
        "![" * 200_000,
        "> " * 100_000,
        "- " * 100_000,
        "<a " * 100_000,
        "<!-- " * 100_000,
        "`" * 100_000,
        "[x](y" * 80_000,
    ],
)
def test_hostile_text_takes_bounded_time(text: str) -> None:
    start = time.process_time()
    read(text)
    assert time.process_time() - start < 8


def test_too_many_brackets_are_told_once_and_blocks_still_read() -> None:
    text = ("[" * (MAX_BRACKETS + 1)) + "\n\n[a](b)\n\n```\nx\n```\n"
    got, faults = document(Source("f", text), "f", 1)
    assert (got.links, [block.text for block in got.blocks]) == ((), ["x\n"])
    assert [(fault.kind, str(fault.place)) for fault in faults] == [(FaultKind.TOO_LARGE, "f:1:1")]


def test_a_heading_without_inline_parse_keeps_its_text() -> None:
    text = ("[" * (MAX_BRACKETS + 1)) + "\n\n# T\n"
    assert [heading.text for heading in read(text).headings] == ["T"]


PIECES = st.sampled_from(
    [
        "[",
        "]",
        "(",
        ")",
        "](",
        "[a](b.md)",
        "\n# _a_ ",
        "\n# *a* ",
        "[a]",
        "][",
        "[a]: b\n",
        "!",
        "<",
        ">",
        "a",
        "b.md",
        "`",
        "*",
        "_",
        "&amp;",
        "&",
        "\\",
        "\n",
        "\n\n",
        "# ",
        "- [ ] ",
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=16).map("".join))
def test_what_is_taken_for_plain_text_holds_nothing_to_be_read(text: str) -> None:
    read = document(Source("p", text), "p", 1)
    with (
        patch.object(markdown, "_MARKED", re.compile("")),
        patch.object(markdown._Reader, "may_link", return_value=True),
    ):
        assert document(Source("p", text), "p", 1) == read
