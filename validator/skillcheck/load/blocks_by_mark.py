"""markdown-it's block rules, each asked only about lines that begin with one of its marks.

What they find is what they would find without this: a rule that is left out looks at the first character of the line
and gives up. Most lines are text, about which seven rules were asked in vain, twice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from markdown_it.ruler import Ruler
from markdown_it.rules_block import (
    StateBlock,
    blockquote,
    code,
    fence,
    heading,
    hr,
    html_block,
    lheading,
    list_block,
    paragraph,
    reference,
)

BlockRule: TypeAlias = Callable[[StateBlock, int, int, bool], bool]

_TEXT = ["paragraph", "reference", "blockquote"]
_ALL = [*_TEXT, "list"]
_RULES: tuple[tuple[str, BlockRule, list[str], str], ...] = (
    ("code", code, [], ""),
    ("fence", fence, _ALL, "`~"),
    ("blockquote", blockquote, _ALL, ">"),
    ("hr", hr, _ALL, "*-_"),
    ("list", list_block, _TEXT, "*+-0123456789"),
    ("reference", reference, [], "["),
    ("html_block", html_block, _TEXT, "<"),
    ("heading", heading, _TEXT, "#"),
    ("lheading", lheading, [], ""),
    ("paragraph", paragraph, [], ""),
)
"""The rules of CommonMark in markdown-it's order, with the chains that each may end and the marks it begins with."""
_MARKS = {rule: marks for _, rule, _, marks in _RULES}


class ByMark(Ruler[BlockRule]):
    """The rules of CommonMark, of which one stands for all: it asks those that the line's first character concerns."""

    def __init__(self) -> None:
        """Take the rules in their order."""
        super().__init__()
        for name, rule, ends, _ in _RULES:
            self.push(name, rule, {"alt": ends})
        self.chosen: dict[str, list[BlockRule]] = {}

    def getRules(self, chainName: str = "") -> list[BlockRule]:  # noqa: N802, N803 - the library's names
        """Return the one rule of a chain."""
        if chainName not in self.chosen:
            self.chosen[chainName] = [_choosing(super().getRules(chainName))]
        return self.chosen[chainName]


def _choosing(rules: Sequence[BlockRule]) -> BlockRule:
    marks = {mark for rule in rules for mark in _MARKS[rule]}
    by_mark = {mark: [rule for rule in rules if mark in _MARKS[rule] or not _MARKS[rule]] for mark in marks}
    unmarked = [rule for rule in rules if not _MARKS[rule]]

    def chosen(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the library's signature
        first = state.bMarks[line] + state.tShift[line]
        for rule in by_mark.get(state.src[first : first + 1], unmarked):  # noqa: SIM110 - run for every line
            if rule(state, line, end, silent):
                return True
        return False

    return chosen
