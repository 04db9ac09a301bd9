"""A Python program -> the calls of what it imports, with their arguments."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from skillcheck.blocks.imports import place
from skillcheck.blocks.names import spot
from skillcheck.blocks.origins import Origins, dotted, origins
from skillcheck.blocks.parsing import every_node, parse
from skillcheck.model import Call, Name, Unit


def calls(unit: Unit, context: Sequence[Unit] = ()) -> tuple[Call, ...]:
    """Return the calls in a unit of what it or its context imports, in the order of the text.

    A name that is bound in any other way too may be something else: it is left out, and so is what an import brings
    whose failure is provided for.
    """
    tree = parse(unit.block.text)
    made = [node for node in every_node(tree) if isinstance(node, ast.Call)]
    if not made:
        return ()
    known = origins([*(other.block.text for other in context), unit.block.text])
    lines = unit.block.text.split("\n")
    dropped = {id(node.value) for node in every_node(tree) if isinstance(node, ast.Expr)}
    found = (_call(unit, lines, node, known, dropped=id(node) in dropped) for node in made)
    return tuple(sorted((call for call in found if call), key=lambda call: call.place))


def _call(unit: Unit, lines: list[str], node: ast.Call, known: Origins, *, dropped: bool) -> Call | None:
    names = dotted(node.func)
    start = next((names[:size] for size in range(len(names), 0, -1) if names[:size] in known), None)
    if start is None:
        return None
    module, attribute = known[start]
    name = ".".join(filter(None, (attribute, *names[len(start) :])))
    at = place(unit.block, *spot(lines, node.lineno, node.col_offset))
    keywords, unpacked = tuple(_keywords(unit, lines, node)), any(keyword.arg is None for keyword in node.keywords)
    return Call(module, name, keywords, at, given(node), unpacked, dropped) if name else None


def given(node: ast.Call) -> int | None:
    """Return how many arguments a call gives by position, None where one of them may stand for several."""
    return None if any(map(_is_several, node.args)) else len(node.args)


def _is_several(value: ast.expr) -> bool:
    """Whether an argument is a sequence that is unpacked, or dots, by which writers leave out what is not the point."""
    return isinstance(value, ast.Starred) or (isinstance(value, ast.Constant) and value.value is ...)


def _keywords(unit: Unit, lines: list[str], node: ast.Call) -> Iterator[Name]:
    for keyword in node.keywords:
        if keyword.arg is not None:
            line, column = spot(lines, keyword.lineno, keyword.col_offset)
            yield Name(keyword.arg, place(unit.block, line, column, len(keyword.arg)))
