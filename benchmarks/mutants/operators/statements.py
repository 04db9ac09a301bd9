"""Statements that are not there."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from benchmarks.mutants.source import Edit, Source

JUMPS = (ast.Break, ast.Continue)


def drop_statement(source: Source) -> Iterator[Edit]:
    """Forget a call, an assignment, a deletion or a jump."""
    for node in source.nodes(ast.stmt):
        if _is_dropped(source, node):
            yield source.replaced(node, "pass")


def _is_dropped(source: Source, node: ast.stmt) -> bool:
    match node:
        case ast.Expr(value=ast.Constant() | ast.Yield() | ast.YieldFrom()):
            return False  # a docstring, an ellipsis; what a generator is made by
        case ast.Expr():
            return not source.part(node).startswith("abort(")
        case ast.AnnAssign(value=None):
            return isinstance(source.parents[node], ast.ClassDef)
        case _:
            return isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign | ast.Delete | ast.Break | ast.Continue)


def return_nothing(source: Source) -> Iterator[Edit]:
    """Return None instead of a value."""
    for node in source.nodes(ast.Return):
        if node.value is not None and source.part(node.value) != "None":
            yield source.replaced(node, "return None")


OPERATORS = (drop_statement, return_nothing)
