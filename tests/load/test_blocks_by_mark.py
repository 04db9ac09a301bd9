"""Asking fewer rules must not change what is found: the library's own parser is the judge."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.common.utils import MD_TRIM_CHARS

from skillcheck.load.blocks_by_mark import BLANK, ByMark

LINES = st.text(st.sampled_from('ab \t-+*_>#=`~[]():<!/.1290\\"\r\0\xa0\u2028'), max_size=12)


def tokens(text: str, *, by_mark: bool) -> list[MutableMapping[str, Any]]:
    parser = MarkdownIt("commonmark")
    if by_mark:
        parser.block.ruler = ByMark()
    return [token.as_dict() for token in parser.parse(text)]


@settings(max_examples=500, deadline=None)
@given(st.lists(LINES, max_size=12).map("\n".join))
def test_the_tokens_are_those_of_the_library(text: str) -> None:
    assert tokens(text, by_mark=True) == tokens(text, by_mark=False)


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "- a",
                "  b",
                "> c",
                "1. d",
                "2) e",
                "```",
                "~~~",
                "# f",
                "---",
                "===",
                "<div>",
                "</div>",
                "",
                "    g",
                "[h]: i",
            ]
        ),
        max_size=14,
    ).map("\n".join)
)
def test_the_tokens_of_nested_blocks_are_those_of_the_library(text: str) -> None:
    assert tokens(text, by_mark=True) == tokens(text, by_mark=False)


def test_what_is_stripped_is_what_the_library_strips() -> None:
    assert BLANK == MD_TRIM_CHARS
