"""Asking fewer rules and reading items at once must not change what is read: the library's own parser is the judge."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.common.utils import MD_TRIM_CHARS
from markdown_it.token import Token

from skillcheck.load.blocks_by_mark import LeanBlocks
from skillcheck.load.lean_state import BLANK, READ, is_marked

LINES = st.text(st.sampled_from('ab \t-+*_>#=`~[]():<!/.1290\\"\r\0é\xa0\u2028'), max_size=12)
BLOCKS = (
    *(
        "- a",
        "- - b",
        "* c",
        "1. d",
        "2) e",
        "-",
        "-  ",
        "-\tf",
        "-     g",
        "- # h",
        "- ```",
        "- > i",
        "- [j]: k",
        "- **l**",
    ),
    *("> m", "> - n", "\t- o", " \tp", "  q", "   - r", "    s", "```", "````", "~~~ t", "# u", "---", "* * *", "==="),
    *("<div>", "</div>", "[v]: w", "", " ", "10. x", "- \xa0", "- <b>", "- 1. y", "- ***", "  - z", "    - z"),
)
OF_ALL = ("type", "map", "level", "content")
OF_BLOCKS = ("markup", "info")


def tokens(text: str, *, lean: bool, deepest: int = 20) -> list[list[object]]:
    parser = MarkdownIt("commonmark", {"maxNesting": deepest})
    parser.core.ruler.enableOnly(["normalize", "block"])
    if lean:
        parser.block = LeanBlocks()
    found = parser.parse(text + "\n")
    if not lean:  # a heading's text has its tag
        for opening, inner in pairwise(found):
            inner.tag = opening.tag.removeprefix("p") if inner.type == "inline" else inner.tag
    return [[*_of(token)] for token in found if token.type in READ or _is_read(token)]


def _is_read(token: Token) -> bool:
    return token.type == "inline" and (token.tag != "" or is_marked(token.content))


def _of(token: Token) -> Iterator[object]:
    yield from (getattr(token, name) for name in OF_ALL)
    yield from (token.tag,) if token.type == "inline" else (getattr(token, name) for name in OF_BLOCKS)


@settings(max_examples=500, deadline=None)
@given(st.lists(LINES | st.sampled_from(BLOCKS), max_size=14).map("\n".join))
def test_the_tokens_that_are_read_are_those_of_the_library(text: str) -> None:
    assert tokens(text, lean=True) == tokens(text, lean=False)


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(BLOCKS), max_size=14).map("\n".join))
def test_the_tokens_of_nested_blocks_are_those_of_the_library(text: str) -> None:
    assert tokens(text, lean=True) == tokens(text, lean=False)


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([block for block in BLOCKS if "-" in block or ">" in block]), max_size=10).map("\n".join)
)
def test_what_is_nested_too_deep_is_passed_over_as_by_the_library(text: str) -> None:
    assert tokens(text, lean=True, deepest=3) == tokens(text, lean=False, deepest=3)


def test_what_is_stripped_is_what_the_library_strips() -> None:
    assert BLANK == MD_TRIM_CHARS
