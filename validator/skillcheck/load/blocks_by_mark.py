"""markdown-it's block rules, each asked only about lines that begin with one of its marks.

What they find is what they would find without this: a rule that is left out looks at the first character of the line
and gives up. Most lines are text, about which seven rules were asked in vain, twice. The rules that are asked most
stand here anew: `heading` and `hr` look at a line at once, and `text` goes over the lines of a paragraph once, where
`lheading` and `paragraph` both do so and ask every rule about every line. Together it halves the time for a page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeAlias

from markdown_it.ruler import Ruler
from markdown_it.rules_block import (
    StateBlock,
    blockquote,
    code,
    fence,
    html_block,
    list_block,
    reference,
)

BlockRule: TypeAlias = Callable[[StateBlock, int, int, bool], bool]

_BREAK = re.compile(r"([-*_])(?:[ \t]*\1){2,}[ \t]*")
_UNDERLINE = re.compile(r"(?:-+|=+)[ \t]*")
BLANK = "\t\n\v\f\r \xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"
"""What the library strips off a text."""
_SPACES = {"", " ", "\t"}
_FARTHEST = 3  # columns by which a line may be indented and still begin a block
_DEEPEST = 6  # level of a heading


def hr(state: StateBlock, line: int, _end: int, silent: bool) -> bool:  # noqa: FBT001 - the library's signature
    """Read a line of three or more marks."""
    start = state.bMarks[line] + state.tShift[line]
    found = None if state.is_code_block(line) else _BREAK.fullmatch(state.src, start, state.eMarks[line])
    if found and not silent:
        state.line = line + 1
        token = state.push("hr", "hr", 0)
        token.map, token.markup = [line, state.line], found[1] * (found[0].count(found[1]) + 1)
    return found is not None


def heading(state: StateBlock, line: int, _end: int, silent: bool) -> bool:  # noqa: FBT001 - as above
    """Read a line that begins with up to six `#`, without those that close it."""
    whole = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
    rest = whole.lstrip("#")
    level = len(whole) - len(rest)
    if state.is_code_block(line) or not 1 <= level <= _DEEPEST or rest[:1] not in _SPACES:
        return False
    if not silent:
        rest = rest.rstrip(" \t")
        unclosed = rest.rstrip("#")
        content = (unclosed if unclosed.endswith((" ", "\t")) else rest).strip(BLANK)
        state.line = line + 1
        _push(state, f"h{level}", whole[:level], range(line, state.line), content)
    return True


def text(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: ARG001, FBT001 - never asked silently
    """Read a paragraph, or the heading that it is where a line of `-` or `=` ends it."""
    parent, state.parentType = state.parentType, "paragraph"
    last, mark = _end_of_text(state, line, end)
    if last == line + 1:
        content = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip(BLANK)
    else:
        content = state.getLines(line, last, state.blkIndent, False).strip(BLANK)  # noqa: FBT003 - the library's
    state.line = last + 1 if mark else last
    _push(state, {"=": "h1", "-": "h2", "": "p"}[mark], mark, range(line, last), content)
    state.parentType = parent
    return True


def _push(state: StateBlock, tag: str, markup: str, lines: range, content: str) -> None:
    """Add the tokens of a heading or paragraph, whose content stands on `lines`; the state is behind it already."""
    kind = "paragraph" if tag == "p" else "heading"
    opening = state.push(f"{kind}_open", tag, 1)
    opening.map, opening.markup = [lines.start, state.line], markup
    inner = state.push("inline", "", 0)
    inner.map, inner.content, inner.children = [lines.start, lines.stop], content, []
    state.push(f"{kind}_close", tag, -1).markup = markup


def _end_of_text(state: StateBlock, line: int, end: int) -> tuple[int, str]:
    """Return the line at which a paragraph ends, and the mark of that line where it underlines a heading."""
    rules = state.md.block.ruler.getRules("paragraph")
    for number in range(line + 1, state.lineMax):
        start, last, indent = state.bMarks[number] + state.tShift[number], state.eMarks[number], state.sCount[number]
        if start >= last:
            return number, ""
        mark = state.src[start]
        if mark not in _ENDS or indent - state.blkIndent > _FARTHEST:
            continue
        if number < end and indent >= state.blkIndent and _UNDERLINE.fullmatch(state.src, start, last):
            return number, mark
        if indent >= 0 and any(rule(state, number, end, True) for rule in rules):  # noqa: FBT003 - the library's
            return number, ""
    return state.lineMax, ""


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
    ("text", text, [], ""),
)
"""The rules of CommonMark in markdown-it's order, with the chains that each may end and the marks it begins with."""
_MARKS = {rule: marks for _, rule, _, marks in _RULES}
_ENDS = frozenset("=").union(*(marks for _, _, ends, marks in _RULES if "paragraph" in ends))


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
    near = [rule for rule in rules if rule is not code]  # which concerns only lines that are indented far
    by_mark = {mark: [rule for rule in near if mark in _MARKS[rule] or not _MARKS[rule]] for mark in marks}
    unmarked = [rule for rule in near if not _MARKS[rule]]

    def chosen(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the library's signature
        first = state.bMarks[line] + state.tShift[line]
        is_far = state.sCount[line] - state.blkIndent > _FARTHEST
        asked = rules if is_far else by_mark.get(state.src[first : first + 1], unmarked)
        for rule in asked:  # noqa: SIM110 - run for every line
            if rule(state, line, end, silent):
                return True
        return False

    return chosen
