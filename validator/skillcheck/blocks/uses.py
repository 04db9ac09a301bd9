"""A Python program -> the attributes that it takes of what it imports."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from skillcheck.blocks.imports import imports, mentioned, nodes, place, provides
from skillcheck.blocks.names import spot
from skillcheck.blocks.origins import Dotted, Origins, bindings, imported, origins
from skillcheck.blocks.parsing import every_node, parse
from skillcheck.model import Name, Unit, Use

CALLED = "()"
_ABSENCE = frozenset({"AttributeError", "ImportError", "ModuleNotFoundError", "Exception", "BaseException"})
_ASKED = frozenset({"hasattr", "getattr", "__version__", "version", "VERSION"})
_Made = dict[str, ast.Call]


def uses(unit: Unit, context: Sequence[Unit] = ()) -> tuple[Use, ...]:
    """Return the longest chains of attributes in a unit whose first name is certain to be what an import brings.

    What a call of it gives counts too, also by a name that nothing else is ever bound to. Attributes whose absence is
    provided for are left out, and those that the program itself sets or speaks of in a string.
    """
    tree = parse(unit.block.text)
    if tree is None:
        return ()
    texts = [*(other.block.text for other in context), unit.block.text]
    known, own = origins(texts), frozenset[str]().union(*map(_own, texts))
    if not known:
        return ()
    beside = tuple(sorted({item.module for other in (*context, unit) for item in imports(other) if not item.guarded}))
    lines, made = unit.block.text.split("\n"), _made(texts, tree)
    found = []
    for node in _chains(tree):
        use = _use(unit, lines, node, known, made)
        if use is not None and not own.intersection(part.name for part in use.parts):
            found.append(Use(use.module, use.start, use.parts, beside))
    return tuple(sorted(found, key=lambda use: use.parts[0].place))


def _chains(tree: ast.Module) -> Iterator[ast.Attribute]:
    """Yield the attributes that are read and are not the beginning of a longer chain."""
    inner: set[int] = set()
    for node, guarded in nodes(tree, _guards):  # what holds others comes before them
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            if not guarded and id(node) not in inner:
                yield node
            inner.add(id(node.value))
            if isinstance(node.value, ast.Call):
                inner.add(id(node.value.func))


def _guards(node: ast.AST) -> bool:
    match node:
        case ast.Try(handlers=handlers) if any(handler.type is None for handler in handlers):
            return True
        case ast.If() | ast.IfExp() | ast.BoolOp() | ast.Assert():
            return provides(node, _ABSENCE) or bool(mentioned(getattr(node, "test", node)) & _ASKED)
    return provides(node, _ABSENCE)


def _use(unit: Unit, lines: list[str], node: ast.expr, known: Origins, made: _Made) -> Use | None:
    parts: list[Name] = []
    left = dict(made)
    while True:
        match node:
            case ast.Attribute(value=value, attr=attr):
                parts.append(_part(unit, lines, node, attr))
                node = value
            case ast.Call(func=func):
                parts.append(_part(unit, lines, node, CALLED))
                node = func
            case ast.Name(id=name) if name in left:
                parts.append(_part(unit, lines, node, CALLED))
                node = left.pop(name).func
            case ast.Name(id=name):
                return _rooted((name,), parts[::-1], known)
            case _:
                return None


def _rooted(names: Dotted, parts: list[Name], known: Origins) -> Use | None:
    chain = (*names, *(part.name for part in parts))
    start = next((chain[:size] for size in range(len(chain), 0, -1) if chain[:size] in known), None)
    rest = tuple(parts[len(start) - 1 :]) if start else ()
    return Use(*known[start], rest) if start and rest else None


def _part(unit: Unit, lines: list[str], node: ast.expr, name: str) -> Name:
    line, end = node.end_lineno or node.lineno, node.end_col_offset or 0
    row, column = spot(lines, line, end - len(name.encode()))
    return Name(name, place(unit.block, row, column, len(name)))


def _made(texts: Sequence[str], tree: ast.Module) -> _Made:
    """Return the names that one statement of the tree binds to the result of a call, and nothing else does."""
    times = Counter(name for text in texts for name in bound(text))
    found: _Made = {}
    for node in every_node(tree):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() as value) if times[name] == 1:
                found[name] = value
    return found


@lru_cache(maxsize=65_536)
def bound(text: str) -> tuple[str, ...]:
    """Return the names that a text binds anywhere, each as often as it does."""
    tree = parse(text)
    return tuple(name for node in every_node(tree) for name in (*bindings(node), *imported(node))) if tree else ()


@lru_cache(maxsize=65_536)
def _own(text: str) -> frozenset[str]:
    """Return the attributes that a text sets, and all its strings that could be their names."""
    tree = parse(text)
    if tree is None:
        return frozenset()
    stored = {n.attr for n in every_node(tree) if isinstance(n, ast.Attribute) and not isinstance(n.ctx, ast.Load)}
    strings = (
        node.value for node in every_node(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return frozenset(stored.union(text for text in strings if text.isidentifier()))
