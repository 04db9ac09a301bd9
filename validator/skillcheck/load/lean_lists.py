"""markdown-it's rule for lists, which keeps no tokens of its own and reads items of one line at once.

Nearly all items of a skill's lists are one line of text, for each of which the library begins a parse of its own and
asks every rule whether the line, and the next, is something else. Here a look at both is enough; others are parsed.
"""

from __future__ import annotations

import re

from skillcheck.load.lean_state import BLANK, LeanState

_MARKER = re.compile(r"([-+*]|[0-9]{1,9}[.)])(?:[ \t]|$)")
_BEGINS = re.compile(r"```|~~~|[<>]|#{1,6}(?:[ \t]|$)|[-+*](?:[ \t]|$)|[0-9]+[.)]|([-*_])[ \t]*\1[ \t]*\1|\[.*\]:")
"""What may begin something else than text; all that does is among it."""
_DOUBTFUL = frozenset("-*_ \t\n")
_DEEPEST = 4  # columns after a marker; what stands behind more is code


def listed(state: LeanState, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the library's signature
    """Read a list that begins on `line`."""
    marker = _marker(state, line)
    if marker is None or _goes_on(state, line) or (silent and _is_text(state, line, marker)):
        return False
    if not silent:
        parent, state.parentType = state.parentType, "list"
        state.level += 2
        _items(state, line, end, marker)
        state.level -= 2
        state.parentType = parent
    return True


def _marker(state: LeanState, line: int) -> re.Match[str] | None:
    if state.is_code_block(line):
        return None
    return _MARKER.match(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line])


def _goes_on(state: LeanState, line: int) -> bool:
    """Return whether a line is indented so far, and still less than its item, that it is text of that."""
    return 0 <= state.listIndent <= state.sCount[line] - _DEEPEST and state.sCount[line] < state.blkIndent


def _is_text(state: LeanState, line: int, marker: re.Match[str]) -> bool:
    """Return whether a paragraph before goes on: an empty item, or one of another number than 1, does not end it."""
    if state.parentType != "paragraph" or state.sCount[line] < state.blkIndent:
        return False
    number = marker[1][:-1]
    return (number != "" and int(number) != 1) or not state.src[marker.end(1) : state.eMarks[line]].strip(" \t")


def _items(state: LeanState, line: int, end: int, marker: re.Match[str]) -> None:
    ending, kind = state.md.block.ruler.getRules("list"), marker[1][-1]
    found: re.Match[str] | None = marker
    while found and found[1][-1] == kind:
        found = _item(state, line, end, found)
        line = state.line
        if line >= end or state.sCount[line] < state.blkIndent:
            return
        found = found or _marker(state, line)
        is_sure = (
            found and state.src[found.end(1) + 1 : found.end(1) + 2] not in _DOUBTFUL
        )  # no break, which alone could end the list
        if found and not is_sure and any(rule(state, line, end, True) for rule in ending):  # noqa: FBT003 - the library's
            return


def _item(state: LeanState, line: int, end: int, marker: re.Match[str]) -> re.Match[str] | None:
    """Read an item; return the marker behind it if it was looked at."""
    start, column = _content(state, line, marker)
    before = state.sCount[line] + len(marker[1])
    is_empty = start >= state.eMarks[line]
    indent = before + (column - before if not is_empty and column - before <= _DEEPEST else 1)
    after, found = (-1, None) if is_empty or indent != column else _after(state, line, indent)
    if after >= 0 and state.level < state.deepest and not _begins(state, start, state.eMarks[line]):
        state.text("", range(line, line + 1), state.src[start : state.eMarks[line]].strip(BLANK))
        state.line = after
        return found
    _parse(state, range(line, end), (start, column), indent)
    return None


def _content(state: LeanState, line: int, marker: re.Match[str]) -> tuple[int, int]:
    """Return where the content of an item starts: its offset and, with tabs expanded, its column."""
    column = state.sCount[line] + len(marker[1])
    for position in range(marker.end(1), state.eMarks[line]):
        match state.src[position]:
            case " ":
                column += 1
            case "\t":
                column += 4 - (column + state.bsCount[line]) % 4
            case _:
                return position, column
    return state.eMarks[line], column


def _begins(state: LeanState, start: int, end: int) -> bool:
    return _BEGINS.match(state.src, start, end) is not None


def _after(state: LeanState, line: int, indent: int) -> tuple[int, re.Match[str] | None]:
    """Return the line behind an item if it is surely one line long, since another or a blank line follows; else -1.

    With it comes the marker of another that follows at once.
    """
    following = line + 1
    if following >= state.lineMax:
        return following, None
    if state.isEmpty(following):
        following = state.skipEmptyLines(following)
        return (following if following >= state.lineMax or state.sCount[following] < indent else -1), None
    found = _marker(state, following) if 0 <= state.sCount[following] < indent else None
    return (following if found else -1), found


def _parse(state: LeanState, lines: range, content: tuple[int, int], indent: int) -> None:
    """Have what an item holds parsed, as a page whose lines begin at the column `indent`, the first at its content."""
    line, end, (start, column) = lines.start, lines.stop, content
    outer, shift, count = state.listIndent, state.tShift[line], state.sCount[line]
    state.listIndent, state.blkIndent = state.blkIndent, indent
    state.tShift[line], state.sCount[line] = start - state.bMarks[line], column
    if start >= state.eMarks[line] and state.isEmpty(line + 1):  # an empty item ends before what is farther below
        state.line = min(state.line + 2, end)
    else:
        state.md.block.tokenize(state, line, end)
    state.blkIndent, state.listIndent = state.listIndent, outer
    state.tShift[line], state.sCount[line] = shift, count
