"""Measuring lines at once and leaving tokens out must not change those that are read: the library is the judge."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from skillcheck.load.lean_state import READ, LeanBlocks

LINES = st.text(st.sampled_from('ab \t-+*_>#=`~[]():<!/.1290\\"\r\0é\u2028'), max_size=12)
BLOCKS = ["- a", "  b", "> c", "1. d", "\t- t", " \te", "```", "~~~", "# f", "---", "===", "<div>", "", " ", "    g"]
READ_OF_THEM = ("type", "tag", "map", "level", "content", "info", "markup")


def tokens(text: str, *, lean: bool) -> list[MutableMapping[str, Any]]:
    parser = MarkdownIt("commonmark")
    parser.core.ruler.enableOnly(["normalize", "block"])
    if lean:
        parser.block = LeanBlocks()
        parser.block.ruler.disable("table")
    read = [token.as_dict() for token in parser.parse(text) if token.type in READ]
    return [{name: token[name] for name in READ_OF_THEM} for token in read]


@settings(max_examples=500, deadline=None)
@given(st.lists(LINES | st.sampled_from(BLOCKS), max_size=14).map(lambda lines: "\n".join([*lines, ""])))
def test_the_tokens_that_are_read_are_those_of_the_library(text: str) -> None:
    assert tokens(text, lean=True) == tokens(text, lean=False)
