"""Wrong conditions: negated, one off at their limit, joined the other way."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from benchmarks.mutants.source import Edit, Source

OPPOSITE = {
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.Is: "is not",
    ast.IsNot: "is",
    ast.In: "not in",
    ast.NotIn: "in",
}


def negate_condition(source: Source) -> Iterator[Edit]:
    """Ask for the opposite."""
    for node in source.nodes(ast.AST):
        if isinstance(node, ast.If | ast.While | ast.IfExp):
            yield source.replaced(node.test, f"(not ({source.part(node.test)}))")
        if isinstance(node, ast.comprehension):
            for test in node.ifs:
                yield source.replaced(test, f"(not ({source.part(test)}))")


def change_comparison(source: Source) -> Iterator[Edit]:
    """Compare one off at the limit, or for the opposite."""
    for node in source.nodes(ast.Compare):
        if len(node.ops) == 1:
            text = f"{source.part(node.left)} {OPPOSITE[type(node.ops[0])]} {source.part(node.comparators[0])}"
            yield source.replaced(node, text)


def swap_and_or(source: Source) -> Iterator[Edit]:
    """Join conditions by `or` that are joined by `and`, and the other way about."""
    for node in source.nodes(ast.BoolOp):
        word = " or " if isinstance(node.op, ast.And) else " and "
        yield source.replaced(node, f"({word.join(f'({source.part(value)})' for value in node.values)})")


OPERATORS = (negate_condition, change_comparison, swap_and_or)
