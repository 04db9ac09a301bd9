"""A Python unit, and the one that follows it -> what the unit says that it prints."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import attrgetter

from skillcheck.blocks.parsing import parse
from skillcheck.model import Expectation, Form, Place, Unit

_MARK = re.compile(r"#(?:>|\s*(?:expected\s+)?output\s*:)", re.IGNORECASE)
_LINES = re.compile(r"#> ?(.*)")
_REMARK = re.compile(r"#\s*(?:expected\s+)?output\s*:\s*(.*)", re.IGNORECASE)
_PROMPT = re.compile(r"(?m)^\$ ")
_WORD = re.compile(r"[^\s,{}]+")
_BY_LAST = attrgetter("last")
_DECLARED = frozenset({"output", "stdout"})


def expectations(unit: Unit, following: Unit | None = None) -> tuple[Expectation, ...]:
    """Return what a Python unit says that it prints, in its own comments and in the fence after it."""
    fence = (_of_fence(following),) if following is not None and _is_output_of(following, unit) else ()
    tree = parse(unit.block.text) if _MARK.search(unit.block.text) else None
    return (*(_Comments(unit, tree).expectations() if tree else ()), *fence)


def is_output(unit: Unit) -> bool:
    """Whether a block declares itself to be what another one prints."""
    words = {word.lower() for word in _WORD.findall(unit.block.info)}
    return "output" in unit.block.directive.options or not words.isdisjoint(_DECLARED)


def _is_output_of(unit: Unit, printer: Unit) -> bool:
    block, before = unit.block, printer.block
    follows = block.document == before.document and block.index == before.index + 1
    return follows and block.headings == before.headings and is_output(unit) and not _PROMPT.search(block.text)


def _of_fence(unit: Unit) -> Expectation:
    block = unit.block
    place = Place(block.place.path, block.place.line, block.place.column, block.line - 1 + block.text.count("\n"))
    return Expectation(Form.FENCE, place, block.text.removesuffix("\n"), block.place.line + 1)


@dataclass(frozen=True, slots=True)
class _Comment:
    text: str
    line: int
    column: int
    own: bool
    """Whether nothing else stands on its line."""


@dataclass(frozen=True, slots=True)
class _Statement:
    first: int
    last: int
    column: int
    scope: int


class _Comments:
    """The comments of one block; lines are its own, counted from 1, until an expectation is made."""

    def __init__(self, unit: Unit, tree: ast.Module) -> None:
        self.unit = unit
        self.statements = sorted(_statements(tree.body, 0), key=lambda found: (found.last, found.first))
        self.comments = tuple(_comments(unit.block.text))
        self.told: list[Expectation] = []
        self.spoken: dict[int, int] = {}  # by scope, the last line that an expectation speaks of
        self.firsts: defaultdict[int, list[int]] = defaultdict(list)
        for found in sorted(self.statements, key=lambda each: each.first):
            self.firsts[found.scope].append(found.first)

    def expectations(self) -> tuple[Expectation, ...]:
        """Return them in the order of the block."""
        after = 0
        for position, comment in enumerate(self.comments):
            if comment.line <= after:
                continue
            lines, remark = _LINES.match(comment.text), _REMARK.match(comment.text)
            if lines:
                group = self._group(position, _LINES)
                self._add(
                    Form.SESSION if self.unit.typed else Form.LINES, group, [_text(_LINES, each) for each in group]
                )
            elif remark:
                group = self._group(position, None) if not remark[1] else [comment]
                texts = [each.text[1:].removeprefix(" ") for each in group[1:]] if not remark[1] else [remark[1]]
                self._add(Form.REMARK, group, texts)
            else:
                continue
            after = group[-1].line
        return tuple(self.told)

    def _group(self, position: int, mark: re.Pattern[str] | None) -> list[_Comment]:
        """Return the comment at `position` with those directly below it that continue it."""
        found = [self.comments[position]]
        for comment in islice(self.comments, position + 1, None) if found[0].own else ():
            last = found[-1]
            aligned = comment.own and comment.column == last.column and comment.line == last.line + 1
            if not aligned or bool(mark) is not bool(_LINES.match(comment.text)) or _REMARK.match(comment.text):
                break
            found.append(comment)
        return found

    def _add(self, form: Form, group: Sequence[_Comment], texts: Sequence[str]) -> None:
        statement = self._above(group[0])
        if form is Form.REMARK and (statement is None or not texts):
            return
        offset, block = self.unit.block.line - 1, self.unit.block
        first, last, scope = (statement.first, statement.last, statement.scope) if statement else (0, 0, 0)
        if form is Form.REMARK:
            first = self._since(first, scope)
        column = block.column + group[0].column
        place = Place(block.place.path, group[0].line + offset, column, group[-1].line + offset)
        body = group[-1].line - len(texts) + 1 + offset
        owner = scope and scope + offset
        text = "\n".join(texts)
        self.spoken[scope] = group[-1].line
        self.told.append(Expectation(form, place, text, body, owner, first + offset, last + offset))

    def _above(self, comment: _Comment) -> _Statement | None:
        """Return the statement that the comment stands below or behind; of several, the one it is aligned with."""
        end = bisect_left(self.statements, comment.line + (not comment.own), key=_BY_LAST)
        start = bisect_left(self.statements, self.statements[end - 1].last, key=_BY_LAST) if end else 0
        nearest = self.statements[start:end]
        aligned = [found for found in nearest if found.column == comment.column]
        found = aligned or nearest
        return found[-1] if found and (comment.own or found[-1].last == comment.line) else None

    def _since(self, first: int, scope: int) -> int:
        """Return the first line of the scope's statements that no earlier expectation speaks of."""
        firsts = self.firsts[scope]
        unspoken = bisect_right(firsts, self.spoken.get(scope, 0))
        return min([first, *firsts[unspoken : unspoken + 1]])


def _text(pattern: re.Pattern[str], comment: _Comment) -> str:
    match = pattern.match(comment.text)
    return match[1] if match else ""


def _statements(body: Sequence[ast.stmt], scope: int) -> Iterator[_Statement]:
    for node in body:
        yield _Statement(node.lineno, node.end_lineno or node.lineno, node.col_offset, scope)
        inner = scope
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            inner = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
        for name in ("body", "orelse", "finalbody"):
            yield from _statements(getattr(node, name, ()), inner)
        for part in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
            yield from _statements(part.body, inner)


def _comments(text: str) -> Iterator[_Comment]:
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT:
                line, column = token.start
                yield _Comment(token.string.rstrip(), line, column, not token.line[:column].strip())
    except (tokenize.TokenError, SyntaxError):  # what the grammar takes and this module doesn't holds no expectation
        return
