"""Python texts -> the names in them that an import binds, and nothing else does."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from skillcheck.blocks.imports import statements
from skillcheck.blocks.parsing import every_node, parse

Dotted = tuple[str, ...]
_Entry = tuple[Dotted, tuple[str, str]]
Origins = Mapping[Dotted, tuple[str, str]]
"""Dotted names as a program writes them, each with its module and the name in that (empty for the module itself)."""


def origins(texts: Sequence[str]) -> Origins:
    """Return what is bound by absolute, unguarded imports and by nothing else."""
    found: dict[Dotted, tuple[str, str]] = {}
    unsure: set[str] = set()
    for text in texts:
        imported, bound = _binding(text)
        unsure |= bound
        unsure |= {name[0] for name, origin in imported if found.setdefault(name, origin) != origin}
    return {name: origin for name, origin in found.items() if name[0] not in unsure}


@lru_cache(maxsize=65_536)
def _binding(text: str) -> tuple[tuple[_Entry, ...], frozenset[str]]:
    """Return what a text imports, and what else it binds or may fail to import."""
    tree = parse(text)
    if tree is None:
        return (), frozenset()
    imported = [(entry, guarded) for node, guarded in statements(tree) for entry in _imported(node)]
    bound = {name for node in every_node(tree) for name in bindings(node)}
    bound |= {name[0] for (name, _), guarded in imported if guarded}
    return tuple(entry for entry, _ in imported), frozenset(bound)


def _imported(node: ast.Import | ast.ImportFrom) -> Iterator[_Entry]:
    for alias in node.names:
        if isinstance(node, ast.Import):
            yield (alias.asname,) if alias.asname else tuple(alias.name.split(".")), (alias.name, "")
            if not alias.asname:
                yield (alias.name.partition(".")[0],), (alias.name.partition(".")[0], "")
        elif node.module and not node.level:
            yield (alias.asname or alias.name,), (node.module, alias.name)


def bindings(node: ast.AST) -> Iterator[str]:
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


def imported(node: ast.AST) -> Iterator[str]:
    """Yield the names that an import binds."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        yield from ((alias.asname or alias.name).partition(".")[0] for alias in node.names)


def dotted(node: ast.expr) -> Dotted:
    """Return the parts of a dotted name, none for any other expression."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return (node.id, *reversed(parts)) if isinstance(node, ast.Name) else ()
