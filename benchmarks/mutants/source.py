"""The text of a block → its syntax tree with places in characters, and what an edit makes of the text."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

Node = TypeVar("Node", bound=ast.AST)
Function = ast.FunctionDef | ast.AsyncFunctionDef
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters `start` to `end` of a block, and what is to stand there."""

    start: int
    end: int
    text: str

    def applied(self, text: str) -> str:
        """Return `text` with this edit made."""
        return text[: self.start] + self.text + text[self.end :]


class Source:
    """A block's text and its tree. What checks is not to be changed: no node of an `assert` is ever given."""

    def __init__(self, text: str) -> None:
        """Parse `text`; raise SyntaxError where it is not Python."""
        self.text = text
        self.tree = compile(text, "block", "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        self.lines = text.splitlines(keepends=True)

    @cached_property
    def parents(self) -> dict[ast.AST, ast.AST]:
        """Every node's parent."""
        return {child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)}

    @cached_property
    def _all(self) -> tuple[ast.AST, ...]:
        return tuple(_walk(self.tree))

    def nodes(self, kind: type[Node]) -> Iterator[Node]:
        """Yield the nodes of a kind in the order of the text."""
        return (node for node in self._all if isinstance(node, kind))

    def start(self, node: ast.expr | ast.stmt | ast.excepthandler | ast.keyword | ast.alias) -> int:
        """Return where a node begins."""
        return self.offset(node.lineno, node.col_offset)

    def end(self, node: ast.expr | ast.stmt | ast.excepthandler | ast.keyword | ast.alias) -> int:
        """Return where a node ends."""
        return self.offset(node.end_lineno or node.lineno, node.end_col_offset or 0)

    def offset(self, line: int, column: int) -> int:
        """Return the character at a line (from 1) and a column in UTF-8 bytes (from 0)."""
        before = sum(map(len, self.lines[: line - 1]))
        return before + len(self.lines[line - 1].encode()[:column].decode()) if line <= len(self.lines) else before

    def part(self, node: ast.expr | ast.stmt | ast.keyword) -> str:
        """Return a node's text."""
        return self.text[self.start(node) : self.end(node)]

    def replaced(self, node: ast.expr | ast.stmt | ast.keyword, text: str) -> Edit:
        """Return the edit that puts `text` in the place of a node."""
        return Edit(self.start(node), self.end(node), text)

    def body(self, statements: list[ast.stmt], text: str) -> Edit:
        """Return the edit that puts `text` in the place of a suite of statements."""
        return Edit(self.start(statements[0]), self.end(statements[-1]), text)

    def statement(self, node: ast.AST) -> ast.stmt:
        """Return the innermost statement around a node, itself if it is one."""
        while not isinstance(node, ast.stmt):
            node = self.parents[node]
        return node

    def around(self, node: ast.AST, is_wanted: Callable[[ast.AST], bool]) -> ast.AST | None:
        """Return the nearest node around `node` that is wanted, None if there is none."""
        current = self.parents.get(node)
        while current is not None and not is_wanted(current):
            current = self.parents.get(current)
        return current


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.Assert):
            yield from _walk(child)


def named(node: ast.AST) -> set[str]:
    """Return the names and attributes that stand in a node."""
    found = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    return found | {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}
