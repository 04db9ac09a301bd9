from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillcheck.load import inline
from skillcheck.load.markdown import document
from skillcheck.load.source import Source
from skillcheck.model import Link


def links(text: str) -> tuple[Link, ...]:
    read, _ = document(Source("f", text), "f", 1)
    return read.links


@pytest.mark.parametrize(
    ("text", "target", "shown", "place"),
    [
        ("[a](b.md)", "b.md", "a", "1:1"),
        ("x [a `c`\nd *e*](b.md)", "b.md", "a c d e", "1:3"),
        ("x\ny [a](<b c.md> 'title')", "b c.md", "a", "2:3"),
        ("[a](b%20c.md)", "b%20c.md", "a", "1:1"),
        ("![a](b.png)", "b.png", "a", "1:1"),
        ("[a][r]\n\n[r]: b.md", "b.md", "a", "1:1"),
        ("[r]\n\n[r]: b.md", "b.md", "r", "1:1"),
        ("<https://a.b>", "https://a.b", "https://a.b", "1:1"),
        ("[a](javascript:x)", "javascript:x", "a", "1:1"),
        ("[a]()", "", "a", "1:1"),
        ("# T [a](b.md) #", "b.md", "a", "1:5"),
        ("T [a](b.md)\n===", "b.md", "a", "1:3"),
        ("> - x\n>   y [a](b.md)", "b.md", "a", "2:7"),
        ("- x\n\n\ty [a](b.md)", "b.md", "a", "3:4"),
        ("\0 [a](b.md)", "b.md", "a", "1:3"),
        ("| a |\n| - |\n| [a](b.md) |", "b.md", "a", "3:3"),
        ('x <a href="b.md">y</a>', "b.md", "", "1:3"),
        ("x <IMG alt='' src='b.png'>", "b.png", "", "1:3"),
        ("<div>\n <a class=x href=b.md>y</a>\n</div>", "b.md", "", "2:2"),
    ],
)
def test_links_have_their_place(text: str, target: str, shown: str, place: str) -> None:
    (link,) = links(text)
    assert (link.target, link.text, str(link.place)) == (target, shown, f"f:{place}")


def test_spans_end_after_the_link() -> None:
    (link,) = links("> x [a\n> b](c.md) y")
    assert (link.place.end_line, link.place.end_column) == (2, 11)


def test_an_image_in_a_link_gives_both() -> None:
    assert [(link.target, link.text) for link in links("[![n](i.png)](l.md)")] == [("l.md", "n"), ("i.png", "n")]


@pytest.mark.parametrize(
    "text",
    [
        "`[a](b.md)`",
        "```\n[a](b.md)\n```",
        "    [a](b.md)",
        "<!-- [a](b.md) <a href='b'> -->",
        "x <!-- <a href='b'> -->",
        "[a]",
    ],
)
def test_what_is_no_link(text: str) -> None:
    assert links(text) == ()


_PARTS = st.sampled_from(
    ["[", "]", "(a)", "[a](b)", "![a](b)", "<a href='b'>", "`", "\n", "> ", "- ", " ", "x", "\\", "<!--", "-->"]
)


@given(st.lists(_PARTS, max_size=25).map("".join))
@settings(max_examples=300, deadline=None)
def test_every_place_starts_a_link(text: str) -> None:
    lines = text.split("\n")
    for link in links(text):
        assert lines[link.place.line - 1][link.place.column - 1] in "[!<"


_LINKS = ("[a](b.md)", "[x y](../c_d.md#e)", "é](f)")
_BARE = st.sampled_from([*_LINKS, *"[]()<`*_\\&\n\0 éw", "![", "&amp;"])


@given(st.lists(_BARE, max_size=12).map("".join))
@settings(max_examples=500, deadline=None)
def test_bare_links_are_those_of_the_parser(text: str) -> None:
    found = links(text)
    with patch.object(inline, "has_bare_links", return_value=False):
        assert links(text) == found


def test_links_among_plain_words_need_no_parser() -> None:
    assert inline.has_bare_links("See [the *rest* of it](a.md)") is False
    assert inline.has_bare_links("See [a_b](a.md)") is False
    assert inline.has_bare_links("See **[the rest](a_b/c.md#d)**, then [more](https://x.y/?z=1).")
