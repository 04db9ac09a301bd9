"""markdown-it's block rules, each asked only about lines that begin with one of its marks.

What they find is what they would find without this: a rule that is left out looks at the first character of the line
and gives up. Most lines are text, about which seven rules were asked in vain, twice. The rules that are asked most
stand here and in `lean_lists` anew: `heading`, `hr` and `fence` look at a line at once, and `text` goes over the lines
of a paragraph once, where `lheading` and `paragraph` both do so and ask every rule about every line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock, blockquote, code, html_block, reference
from markdown_it.token import Token
from markdown_it.utils import EnvType

from skillcheck.load.lean_lists import listed
from skillcheck.load.lean_state import BLANK, LeanState

BlockRule: TypeAlias = Callable[[Any, int, int, bool], bool]
"""A rule, of a lean state, the line it looks at, the line behind what it may read, and whether it is to look only."""

_BREAK = re.compile(r"([-*_])(?:[ \t]*\1){2,}[ \t]*")
_UNDERLINE = re.compile(r"(?:-+|=+)[ \t]*")
_OPENING = re.compile(r"(`{3,})([^`]*)|(~{3,})(.*)", re.DOTALL)
_SPACES = {"", " ", "\t"}
_FARTHEST = 3  # columns by which a line may be indented and still begin a block
_DEEPEST = 6  # level of a heading


def hr(state: LeanState, line: int, _end: int, silent: bool) -> bool:  # noqa: FBT001 - the library's signature
    """Read a line of three or more marks, of which nothing is kept."""
    start = state.bMarks[line] + state.tShift[line]
    found = not state.is_code_block(line) and _BREAK.fullmatch(state.src, start, state.eMarks[line])
    if found and not silent:
        state.line = line + 1
    return bool(found)


def heading(state: LeanState, line: int, _end: int, silent: bool) -> bool:  # noqa: FBT001 - as above
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
        state.text(f"h{level}", range(line, line + 1), content)
    return True


def fence(state: LeanState, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - as above
    """Read a fence, to where it is closed or what holds it ends."""
    start, last = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    found = None if state.is_code_block(line) else _OPENING.fullmatch(state.src, start, last)
    if found and not silent:
        markup = found[1] or found[3]
        after, state.line = _end_of_fence(state, line, end, markup)
        token = state.push("fence", "code", 0)
        token.markup, token.info, token.map = markup, found[2] or found[4] or "", [line, state.line]
        token.content = _fenced(state, line, after)
    return found is not None


def _end_of_fence(state: LeanState, line: int, end: int, markup: str) -> tuple[int, int]:
    """Return the line behind the content of a fence, and the line behind the fence."""
    if state.level == 0:
        return _end_of_outer_fence(state, line, end, markup)
    closing = re.compile(f"{markup[0]}{{{len(markup)},}}[ \\t]*")
    for number in range(line + 1, end):
        start, last = state.bMarks[number] + state.tShift[number], state.eMarks[number]
        if start < last and state.sCount[number] < state.blkIndent:
            return number, number
        if (
            state.src[start] == markup[0]
            and not state.is_code_block(number)
            and closing.fullmatch(state.src, start, last)
        ):
            return number, number + 1
    return end, end


def _end_of_outer_fence(state: LeanState, line: int, end: int, markup: str) -> tuple[int, int]:
    """Return the same of a fence that nothing holds: to look where its marks stand takes a part of asking each line."""
    closing = re.compile(f" {{0,{_FARTHEST}}}{markup[0]}{{{len(markup)},}}[ \\t]*")
    at, last = state.bMarks[line + 1], state.bMarks[end]
    while (at := state.src.find(markup, at, last)) >= 0:
        number = bisect_right(state.bMarks, at) - 1
        at = state.eMarks[number]
        if closing.fullmatch(state.src, state.bMarks[number], at):
            return number, number + 1
    return end, end


def _fenced(state: LeanState, line: int, after: int) -> str:
    """Return the lines between a fence's own, without as many spaces as its first line has before it."""
    if state.level == 0 and state.sCount[line] == 0:
        return state.src[state.bMarks[line + 1] : state.bMarks[after]]
    return state.getLines(line + 1, after, state.sCount[line], True)  # noqa: FBT003 - the library's


def text(state: LeanState, line: int, end: int, silent: bool) -> bool:  # noqa: ARG001, FBT001 - never asked silently
    """Read a paragraph, or the heading that it is where a line of `-` or `=` ends it."""
    parent, state.parentType = state.parentType, "paragraph"
    last, mark = _end_of_text(state, line, end)
    if last == line + 1:
        content = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip(BLANK)
    else:
        content = state.getLines(line, last, state.blkIndent, False).strip(BLANK)  # noqa: FBT003 - the library's
    state.line = last + 1 if mark else last
    state.text({"=": "h1", "-": "h2", "": ""}[mark], range(line, last), content)
    state.parentType = parent
    return True


def _end_of_text(state: LeanState, line: int, end: int) -> tuple[int, str]:
    """Return the line at which a paragraph ends, and the mark of that line where it underlines a heading."""
    for number in range(line + 1, state.lineMax):
        start, last, indent = state.bMarks[number] + state.tShift[number], state.eMarks[number], state.sCount[number]
        if start >= last:
            return number, ""
        mark = state.src[start]
        if mark not in _ENDS or indent - state.blkIndent > _FARTHEST:
            continue
        if number < end and indent >= state.blkIndent and _UNDERLINE.fullmatch(state.src, start, last):
            return number, mark
        ending = state.md.block.ruler.getRules("paragraph")
        if indent >= 0 and any(rule(state, number, end, True) for rule in ending):  # noqa: FBT003 - the library's
            return number, ""
    return state.lineMax, ""


_TEXT = ["paragraph", "reference", "blockquote"]
_ALL = [*_TEXT, "list"]
_RULES: tuple[tuple[str, BlockRule, list[str], str], ...] = (
    ("code", code, [], ""),
    ("fence", fence, _ALL, "`~"),
    ("blockquote", blockquote, _ALL, ">"),
    ("hr", hr, _ALL, "*-_"),
    ("list", listed, _TEXT, "*+-0123456789"),
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
    by_mark, unmarked = _by_mark(rules)

    def chosen(state: LeanState, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the library's signature
        first = state.bMarks[line] + state.tShift[line]
        is_far = state.sCount[line] - state.blkIndent > _FARTHEST
        asked = rules if is_far else by_mark.get(state.src[first : first + 1], unmarked)
        for rule in asked:  # noqa: SIM110 - run for every line
            if rule(state, line, end, silent):
                return True
        return False

    return chosen


def _by_mark(rules: Sequence[BlockRule]) -> tuple[Mapping[str, Sequence[BlockRule]], Sequence[BlockRule]]:
    """Return the rules for each mark, and those for any other; without that for code, which concerns lines far in."""
    near = [rule for rule in rules if rule is not code]
    marks = {mark for rule in rules for mark in _MARKS[rule]}
    by_mark = {mark: [rule for rule in near if mark in _MARKS[rule] or not _MARKS[rule]] for mark in marks}
    return by_mark, [rule for rule in near if not _MARKS[rule]]


class LeanBlocks(ParserBlock):
    """The parser of blocks, with these rules and the lean state; whether lists are tight is not found out."""

    def __init__(self) -> None:
        """Take the rules."""
        super().__init__()
        self.ruler = ByMark()

    def parse(self, src: str, md: MarkdownIt, env: EnvType, outTokens: list[Token]) -> list[Token]:  # noqa: N803 - the library's name
        """Add the tokens of a text that ends in a line feed."""
        state = LeanState(src, md, env, outTokens)
        self.tokenize(state, state.line, state.lineMax)
        return state.tokens

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803 - the library's names
        """Read the blocks from `startLine` on; what is nested too deep is passed over."""
        (read,) = self.ruler.getRules("")
        line, deepest = startLine, state.md.options.maxNesting
        while line < endLine:
            state.line = line = state.skipEmptyLines(line)
            if line >= endLine or state.sCount[line] < state.blkIndent:
                break
            if state.level >= deepest:
                state.line = endLine
                break
            read(state, line, endLine, False)  # noqa: FBT003 - the library's
            line = state.line
            if line < endLine and state.isEmpty(line):
                state.line = line = line + 1
