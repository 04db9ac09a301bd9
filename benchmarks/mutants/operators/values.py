"""Wrong values: one off, the opposite, a key or an address with a slip of the pen."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from benchmarks.mutants.source import Edit, Source

OTHER = {ast.Add: "-", ast.Sub: "+", ast.Mult: "/", ast.Div: "*", ast.FloorDiv: "*", ast.Mod: "*"}


def change_number(source: Source) -> Iterator[Edit]:
    """Be one off."""
    for node in source.nodes(ast.Constant):
        if type(node.value) in {int, float}:
            yield source.replaced(node, str(node.value + 1))  # type: ignore[operator] # it is a number


def flip_boolean(source: Source) -> Iterator[Edit]:
    """Say the opposite."""
    for node in source.nodes(ast.Constant):
        if isinstance(node.value, bool):
            yield source.replaced(node, str(not node.value))


def change_operator(source: Source) -> Iterator[Edit]:
    """Calculate the other way."""
    for node in source.nodes(ast.BinOp):
        if type(node.op) in OTHER:
            left, right = source.part(node.left), source.part(node.right)
            yield source.replaced(node, f"{left} {OTHER[type(node.op)]} {right}")


def change_key(source: Source) -> Iterator[Edit]:
    """Misspell a key, an address, or a word that is compared."""
    for node in source.nodes(ast.Constant):
        if isinstance(node.value, str) and node.value and _is_key(source, node):
            yield source.replaced(node, repr(f"{node.value}x"))


def _is_key(source: Source, node: ast.Constant) -> bool:
    if isinstance(source.parents[node], ast.JoinedStr):
        return False
    value = str(node.value)
    match source.parents[node]:
        case ast.Dict(keys=keys):
            return node in keys or "://" in value
        case ast.Subscript() | ast.Compare():
            return True
        case ast.Call(func=ast.Attribute(attr="get" | "pop" | "setdefault" | "getenv"), args=[first, *_]):
            return first is node
        case ast.Expr():
            return False
        case _:
            return value.startswith("/") or "://" in value


OPERATORS = (change_number, flip_boolean, change_operator, change_key)
