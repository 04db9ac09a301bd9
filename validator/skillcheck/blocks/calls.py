"""A Python program -> the calls of what it imports, with their keyword arguments."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from functools import lru_cache

from skillcheck.blocks.imports import place, statements
from skillcheck.blocks.names import spot
from skillcheck.blocks.parsing import parse
from skillcheck.model import Call, Name, Unit

_Entry = tuple[tuple[str, ...], tuple[str, str]]
"""A dotted name as a program writes it, with its module and the name in that (empty for the module itself)."""
_Origins = dict[tuple[str, ...], tuple[str, str]]


def calls(unit: Unit, context: Sequence[Unit] = ()) -> tuple[Call, ...]:
    """Return the calls in a unit of what it or its context imports, in the order of the text.

    A name that is bound in any other way too may be something else: it is left out, and so is what an import brings
    whose failure is provided for.
    """
    tree = parse(unit.block.text)
    if tree is None:
        return ()
    origins = _origins([*(other.block.text for other in context), unit.block.text])
    lines = unit.block.text.split("\n")
    found = (_call(unit, lines, node, origins) for node in ast.walk(tree) if isinstance(node, ast.Call))
    return tuple(sorted((call for call in found if call), key=lambda call: call.place))


def _origins(texts: Sequence[str]) -> _Origins:
    """Return what is bound by absolute, unguarded imports and by nothing else."""
    found: _Origins = {}
    unsure: set[str] = set()
    for text in texts:
        imported, bound = _binding(text)
        unsure |= bound
        unsure |= {dotted[0] for dotted, origin in imported if found.setdefault(dotted, origin) != origin}
    return {dotted: origin for dotted, origin in found.items() if dotted[0] not in unsure}


@lru_cache(maxsize=65_536)
def _binding(text: str) -> tuple[tuple[_Entry, ...], frozenset[str]]:
    """Return what a text imports, and what else it binds or may fail to import."""
    tree = parse(text)
    if tree is None:
        return (), frozenset()
    imported = [(entry, guarded) for node, guarded in statements(tree) for entry in _imported(node)]
    bound = {name for node in ast.walk(tree) for name in _bindings(node)}
    bound |= {dotted[0] for (dotted, _), guarded in imported if guarded}
    return tuple(entry for entry, _ in imported), frozenset(bound)


def _imported(node: ast.Import | ast.ImportFrom) -> Iterator[_Entry]:
    for alias in node.names:
        if isinstance(node, ast.Import):
            yield (alias.asname,) if alias.asname else tuple(alias.name.split(".")), (alias.name, "")
        elif node.module and not node.level:
            yield (alias.asname or alias.name,), (node.module, alias.name)


def _bindings(node: ast.AST) -> Iterator[str]:
    """Yield the names that a node binds other than by an import."""
    match node:
        case ast.Name(id=name, ctx=ast.Store() | ast.Del()) | ast.arg(arg=name):
            yield name
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            yield name
        case ast.MatchMapping(rest=str(name)):
            yield name
        case ast.ImportFrom(level=level) if level:
            yield from (alias.asname or alias.name for alias in node.names)


def _call(unit: Unit, lines: list[str], node: ast.Call, origins: _Origins) -> Call | None:
    dotted = _dotted(node.func)
    known = next((dotted[:size] for size in range(len(dotted), 0, -1) if dotted[:size] in origins), None)
    if known is None:
        return None
    module, attribute = origins[known]
    name = ".".join(filter(None, (attribute, *dotted[len(known) :])))
    at = place(unit.block, *spot(lines, node.lineno, node.col_offset))
    return Call(module, name, tuple(_keywords(unit, lines, node)), at) if name else None


def _keywords(unit: Unit, lines: list[str], node: ast.Call) -> Iterator[Name]:
    for keyword in node.keywords:
        if keyword.arg is not None:
            line, column = spot(lines, keyword.lineno, keyword.col_offset)
            yield Name(keyword.arg, place(unit.block, line, column, len(keyword.arg)))


def _dotted(node: ast.expr) -> tuple[str, ...]:
    """Return the parts of a dotted name, none for any other expression."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return (node.id, *reversed(parts)) if isinstance(node, ast.Name) else ()
