"""A document -> its fences as the author meant them, where CommonMark reads them otherwise."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from enum import Enum, auto
from itertools import accumulate

from skillcheck.model import Block, Document
from skillcheck.model.lean import dataclass
from skillcheck.rules.lines import lines
from skillcheck.rules.remembered import remembered

_FENCE = re.compile(r"(`{3,}|~{3,})")
_BEGUN = re.compile(r"<(?:(?<=\n<)|(?<=\n <)|(?<=\n  <)|(?<=\n   <))")  # at most three spaces before it
_TAG = re.compile(r" {0,3}</?[A-Za-z][^<>]*>\s*$")
_GLUED = re.compile(r"[^`~\s](?:`{3}|~{3})\s*$")
_OPENING = re.compile(r"^ {0,3}(`{3,}|~{3,})[ \t]*(?:[A-Za-z{\[]|<(?!/))[^`\n]*$", re.MULTILINE)
_PAGE = re.compile(r" {0,3}(?:`{3,}|~{3,})[ \t]*(?:markdown|md|mdx)\s*", re.IGNORECASE)
_BARE = re.compile(r" {0,3}(?:`{3,}|~{3,})\s*")
_OPEN = 2  # fences are open at the second mark of one that shows another
_BREAK = re.compile(r"\s*(?:(?:---|\*\*\*|</|`{3}|~{3})|$)")


class SlipKind(Enum):
    """What is wrong with a fence."""

    NESTED = auto()
    OPEN = auto()
    STRAY = auto()
    UNCLOSED = auto()


_SHOWING = frozenset({SlipKind.NESTED, SlipKind.OPEN})  # the others come of an earlier slip, where there is one


@dataclass(frozen=True, slots=True)
class Slip:
    """A fence at which CommonMark's reading leaves what the author meant; `outer` is the line of the fence around it.

    NESTED is shown by a fence with as few marks, OPEN stands in one that was to be closed before, STRAY closes
    nothing, UNCLOSED is never closed.
    """

    kind: SlipKind
    line: int
    outer: int


@dataclass(frozen=True, slots=True)
class _Mark:
    """A line of fence marks; one that names a language can only open."""

    line: int
    opens: bool


@dataclass(slots=True)
class _Reading:
    """Goes over the marks and pairs them as they were meant."""

    text: Sequence[str]
    marks: Sequence[_Mark]
    is_odd: bool
    slips: list[Slip] = field(default_factory=list)
    code: list[range] = field(default_factory=list)
    depths: list[int] = field(default_factory=list)
    by_depth: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    last: int = 0

    def read(self) -> None:
        self.last = next((number for number in range(len(self.text), 0, -1) if self.text[number - 1].strip()), 0)
        self.depths = list(accumulate(1 if mark.opens else -1 for mark in self.marks))
        for index, depth in enumerate(self.depths):
            self.by_depth[depth].append(index)
        at = 0
        while at < len(self.marks):
            at = self.pair(at)

    def pair(self, at: int) -> int:
        """Read what begins at a mark where no fence is open; return the index of the mark behind it."""
        line = self.marks[at].line
        if self.is_stray(at) or (self.is_end(at) and self.is_opening(at + 1)):
            first = self.root(at)
            if self.is_cut(first):
                self.slip(SlipKind.NESTED, first - 2, range(self.marks[first - 1].line, line + 1))
                return at + 1
            self.slip(SlipKind.STRAY, first, range(self.marks[first - 1].line if first else 1, line + 1))
            return at + 1
        if at + 1 == len(self.marks):
            is_end = self.is_twice(at) or self.is_glued(at)
            kind = SlipKind.STRAY if is_end else SlipKind.UNCLOSED
            return self.slip(kind, at, range(line, len(self.text) + 1))
        if self.marks[at + 1].opens or self.is_opening(at + 1):
            end = self.end(at)
            if end is None:
                return self.slip(SlipKind.OPEN, at, range(line, self.marks[at + 1].line))
            self.slip(SlipKind.NESTED, at, range(line, self.marks[end].line + 1))
            return end + 1
        self.code.append(range(line, self.marks[at + 1].line + 1))
        return at + 2

    def slip(self, kind: SlipKind, at: int, code: range) -> int:
        """Note what is wrong at a mark, or at the one that it shows; return the index of the next mark."""
        shown = at + 1 if kind in _SHOWING else at
        self.slips.append(Slip(kind, self.marks[shown].line, self.marks[at].line))
        self.code.append(code)
        return at + 1

    def is_stray(self, at: int) -> bool:
        """Return whether a mark looks like the end of code, and the next one like the beginning of other code."""
        behind = self.marks[at + 1 : at + 2]
        inverted = not behind or behind[0].opens or (self.is_odd and not self.closes(behind[0]))
        return inverted and self.is_end(at)

    def is_twice(self, at: int) -> bool:
        """Return whether a mark ends again what the one before it, with nothing between them, has ended."""
        mark, before = self.marks[at], self.marks[at - 1 : at] if at else ()
        between = self.text[before[0].line : mark.line - 1] if before else ["some"]
        return not mark.opens and self.closes(mark) and not any(line.strip() for line in between)

    def is_glued(self, at: int) -> bool:
        """Return whether a mark ends code whose beginning stands at the end of a line of text, where it is none."""
        mark, first = self.marks[at], self.marks[at - 1].line if at else 0
        return not mark.opens and any(map(_GLUED.search, self.text[first : mark.line - 1]))

    def is_end(self, at: int) -> bool:
        """Return whether a mark looks like the end of code: text above, none at once below."""
        mark = self.marks[at]
        return not mark.opens and self.closes(mark) and self.follows(mark)

    def root(self, at: int) -> int:
        """Return the index of the mark from which on ends were read as beginnings, up to one that is stray."""
        while at > 1 and self.is_end(at - 2) and not self.marks[at - 1].opens and not self.closes(self.marks[at - 1]):
            at -= 2
        return at

    def is_cut(self, at: int) -> bool:
        """Return whether the code above a stray mark shows Markdown, and a fence in it without a language ended it."""
        is_page = at > 1 and _PAGE.fullmatch(self.text[self.marks[at - 2].line - 1]) is not None
        return is_page and not self.closes(self.marks[at - 1])

    def is_opening(self, at: int) -> bool:
        """Return whether a mark that seems to end code begins some: text follows it, and the next would be stray."""
        return at + 1 < len(self.marks) and not self.closes(self.marks[at]) and self.is_stray(at + 1)

    def end(self, at: int) -> int | None:
        """Return the index of the mark that ends a fence which shows the next one; None if it was to end before."""
        ending = self.by_depth[self.depths[at + 1] - _OPEN]
        index = bisect_right(ending, at + 1)
        return ending[index] if index < len(ending) and self.closes(self.marks[ending[index]]) else None

    def closes(self, mark: _Mark) -> bool:
        """Return whether no text follows a mark at once, as behind the end of code."""
        return _BREAK.match(self.text[mark.line] if mark.line < len(self.text) else "") is not None

    def follows(self, mark: _Mark) -> bool:
        """Return whether text stands directly above a mark, or none at all below it."""
        above = mark.line > 1 and bool(self.text[mark.line - 2].strip())
        return above or self.last <= mark.line


def slips(document: Document) -> tuple[Slip, ...]:
    """Return where the fences of a document are not what they were meant to be, in order."""
    return tuple(_reading(document).slips)


def is_meant_as_code(document: Document, line: int) -> bool:
    """Return whether a line was meant to stand in a fence, of a document whose fences slipped."""
    reading = _reading(document)
    return bool(reading.slips) and line in _code(reading)


@remembered
def _code(reading: _Reading) -> frozenset[int]:
    """Return the lines that were meant as code."""
    inside: set[int] = set()
    behind = 0
    for code in sorted(reading.code, key=lambda code: code.start):
        inside.update(range(max(code.start, behind), code.stop))
        behind = max(behind, code.stop)
    return frozenset(inside)


@remembered
def swallowed(document: Document) -> list[int]:
    """Return the lines of fences that open nothing, for they stand in a block of HTML.

    A fence without a language is among them if the one that was to close it opens code, where the HTML has ended.
    """
    if not _may_hold_html(document.text):
        return []
    text = lines(document)
    fences = [number for number, line in enumerate(text, 1) if _is_fence(line)]
    inside = {
        line for block in document.blocks for line in range(block.place.line, block.line + block.text.count("\n") + 1)
    }
    outside = (number for number in fences if number not in inside and number > document.body_line)
    return list(_opening(_within_html(text, outside), document.blocks, text))


def _opening(numbers: Iterable[int], blocks: Sequence[Block], text: Sequence[str]) -> Iterator[int]:
    """Yield those of the fences in HTML that were to open code."""
    begins = frozenset(block.place.line for block in blocks)
    opened = 0  # less than that if it is yielded already
    for number in sorted({*numbers, *begins}):
        is_bare = _BARE.fullmatch(text[number - 1]) is not None
        if number in begins:
            if opened > 0 and is_bare:
                yield opened
            opened = 0
        elif is_bare:
            is_end = opened or _BREAK.match(text[number] if number < len(text) else "")
            opened = 0 if is_end else number
        else:
            yield number
            opened = -1


def _may_hold_html(text: str) -> bool:
    """Return whether a line may begin with a tag, which is asked of every page and costs less than to look at it."""
    return "\r" in text or text[:4].lstrip().startswith("<") or _BEGUN.search(text) is not None


def _is_fence(line: str) -> bool:
    return ("```" in line or "~~~" in line) and bool(_OPENING.match(line) or _BARE.fullmatch(line))


def _within_html(text: Sequence[str], numbers: Iterable[int]) -> Iterator[int]:
    """Yield the lines of those that stand in an HTML block, which ends at a blank line."""
    before, is_html = 0, False
    for number in numbers:
        decisive = (line for line in reversed(text[before : number - 1]) if not line.strip() or _TAG.match(line))
        line = next(decisive, None)
        before, is_html = number, is_html if line is None else bool(line.strip())
        if is_html:
            yield number


@remembered
def _reading(document: Document) -> _Reading:
    """Read the marks before the first that a block of HTML swallows: what follows is read inside out."""
    text = lines(document)
    is_odd = any(not block.closed for block in document.blocks)
    reading = _Reading(text, (), is_odd)
    if is_odd or any(_shows(block) for block in document.blocks):
        marks = sorted(_marks(document.blocks, text), key=lambda mark: mark.line)
        lost = swallowed(document)
        reading.marks = [mark for mark in marks if not lost or mark.line < lost[0]]
        reading.read()
        reading.slips = [
            slip for slip in reading.slips if slip.kind in _SHOWING or (slip is reading.slips[0] and not lost)
        ]
    return reading


def _shows(block: Block) -> bool:
    return ("```" in block.text or "~~~" in block.text) and _OPENING.search(block.text) is not None


def _marks(blocks: Sequence[Block], text: Sequence[str]) -> Iterator[_Mark]:
    for block in blocks:
        own = _FENCE.search(text[block.place.line - 1])
        yield _Mark(block.place.line, opens=bool(block.info) and not block.info.startswith("</"))
        line, counted = block.line, 0
        for inner in _OPENING.finditer(block.text) if own else ():
            line, counted = line + block.text.count("\n", counted, inner.start()), inner.start()
            if own and inner[1].startswith(own[1]):
                yield _Mark(line, opens=True)
        if block.closed:
            yield _Mark(block.line + block.text.count("\n"), opens=False)
