"""A Python unit -> what it imports."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import PurePosixPath

from skillcheck.blocks.names import spot
from skillcheck.blocks.parsing import children, parse
from skillcheck.model import Block, Import, Place, Unit

_ABSENCE = frozenset({"ImportError", "ModuleNotFoundError"})
_PLATFORM = frozenset({"TYPE_CHECKING", "platform", "version_info", "find_spec", "system", "hexversion"})


def module_of(path: str) -> str | None:
    """Return the dotted module of a project's file, None where its path is not importable; `src/` is a root."""
    pure = PurePosixPath(path.removeprefix("src/"))
    parts = [*pure.parent.parts, *([] if pure.name == "__init__.py" else [pure.stem])]
    return ".".join(parts) if pure.suffix == ".py" and parts and all(map(str.isidentifier, parts)) else None


def place(block: Block, line: int, column: int, width: int = 0) -> Place:
    """Return the place in the Markdown of a spot in the block's text, as a span if it has a width."""
    at, start = block.line + line - 1, block.column + column - 1
    return Place(block.place.path, at, start, at, start + width) if width else Place(block.place.path, at, start)


def imports(unit: Unit) -> tuple[Import, ...]:
    """Return every import of a unit, also those inside functions, in the order of the text."""
    tree = parse(unit.block.text)
    if tree is None:
        return ()
    lines = unit.block.text.split("\n")
    found = (
        replace(entry, guarded=guarded) for node, guarded in statements(tree) for entry in _imported(unit, lines, node)
    )
    return tuple(sorted(found, key=lambda entry: entry.place))


def _imported(unit: Unit, lines: list[str], node: ast.Import | ast.ImportFrom) -> Iterator[Import]:
    origin = _origin(unit, node) if isinstance(node, ast.ImportFrom) else ""
    for alias in node.names:
        line, column = spot(lines, alias.lineno, alias.col_offset)
        at = place(unit.block, line, column, len(alias.name))
        if isinstance(node, ast.Import):
            yield Import(alias.name, None, at)
        else:
            yield Import(origin, None if alias.name == "*" else alias.name, at)


def _origin(unit: Unit, node: ast.ImportFrom) -> str:
    """Return the module that `from … import` names; a relative one that leads nowhere stays as it is written."""
    written = "." * node.level + (node.module or "")
    module = module_of(unit.path) if unit.path else None
    if not node.level or module is None or unit.path is None:
        return written
    package = module.split(".")
    if PurePosixPath(unit.path).name != "__init__.py":
        package = package[:-1]
    if node.level > len(package):
        return written
    return ".".join([*package[: len(package) - node.level + 1], *(node.module or "").split(".")]).rstrip(".")


def statements(tree: ast.Module) -> Iterator[tuple[ast.Import | ast.ImportFrom, bool]]:
    """Yield the import statements of a module, each with whether its failure is provided for."""
    for node, guarded in nodes(tree, _guards):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node, guarded


@lru_cache(maxsize=16)
def nodes(tree: ast.AST, guards: Callable[[ast.AST], bool]) -> tuple[tuple[ast.AST, bool], ...]:
    """Return all nodes of a tree that is only read, each with whether it stands in one that guards it."""
    found: list[tuple[ast.AST, bool]] = []
    pending = [(tree, False)]
    while pending:
        node, guarded = pending.pop()
        found.append((node, guarded))
        guarded = guarded or guards(node)
        pending += [(child, guarded) for child in children(node)]
    return tuple(found)


def _guards(node: ast.AST) -> bool:
    return provides(node, _ABSENCE)


def provides(node: ast.AST, absence: frozenset[str]) -> bool:
    """Whether a statement provides for errors of those names, or for another platform, in what it holds."""
    match node:
        case ast.Try():
            return any(mentioned(handler.type) & absence for handler in node.handlers if handler.type)
        case ast.With():
            return any(mentioned(item.context_expr) & absence for item in node.items)
        case ast.If() | ast.IfExp():
            return bool(mentioned(node.test) & _PLATFORM) or _is_os_name(node.test)
    return False


def _is_os_name(test: ast.AST) -> bool:
    attributes = (node for node in ast.walk(test) if isinstance(node, ast.Attribute) and node.attr == "name")
    return any(isinstance(node.value, ast.Name) and node.value.id == "os" for node in attributes)


def mentioned(node: ast.AST) -> set[str]:
    """Return the plain names and the last parts of dotted ones below a node."""
    plain = {child.id for child in ast.walk(node) if isinstance(child, ast.Name)}
    return plain | {child.attr for child in ast.walk(node) if isinstance(child, ast.Attribute)}
