"""The text of a Python block -> the names it needs, the names it gives."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from pyflakes import checker, messages  # type: ignore[import-untyped]  # pyflakes ships no types

from skillcheck.blocks.parsing import fresh

Spot = tuple[int, int]
"""A line and a column in the block's text, both from 1."""

_GUESS = re.compile(
    r"(?m)^(?:(?:async\s+)?def|class)\s+(?P<made>\w+)"
    r"|^(?P<bound>\w+)\s*(?::[^=\n]+)?=(?!=)"
    r"|^(?:import\s+(?:[\w.]+\s+as\s+)?|from\s+[\w.]+\s+import\s+(?:\w+\s+as\s+)?)(?P<imported>\w+)"
    r"|^(?:async\s+)?with\s[^\n]*\sas\s+(?P<entered>\w+)\s*:"
)


@dataclass(frozen=True, slots=True)
class Names:
    """What a block needs and gives.

    `needs` are names that it uses and nothing in it binds, each with its first spot; `likes` those that it may get
    elsewhere (a star import, a function that assigns a global). `gives` are bound at module level, `imports` those of
    them that an import binds; `stars` are the modules whose names it imports wholesale. `parsed` is false where `gives`
    could only be guessed. `starred` are those of `likes` that only a star import may give, each with its first spot.
    """

    needs: dict[str, Spot] = field(default_factory=dict)
    likes: frozenset[str] = frozenset()
    gives: frozenset[str] = frozenset()
    stars: tuple[str, ...] = ()
    parsed: bool = True
    imports: frozenset[str] = frozenset()
    starred: dict[str, Spot] = field(default_factory=dict)


@lru_cache(maxsize=65_536)
def names(text: str, filename: str = "") -> Names:
    """Return the names of a block; `filename` matters for `__init__.py` only, which has a `__path__`."""
    tree = fresh(text)  # it is changed below
    try:
        flakes = None if tree is None else _Checker(_Unawaited().visit(tree), filename, withDoctest=False)
    except RecursionError:
        flakes = None
    if tree is None or flakes is None:
        matches = list(_GUESS.finditer(text))
        guessed = frozenset(next(filter(None, match.groups())) for match in matches)
        return Names(gives=guessed, parsed=False, imports=frozenset(filter(None, (m["imported"] for m in matches))))
    return _collected(text, tree, flakes)


class _Checker(checker.Checker):  # type: ignore[misc] # pyflakes ships no types
    """Enters the built-in names, of which each block gets all, without looking for what they might redefine."""

    def addBinding(self, node: ast.AST | None, value: checker.Binding) -> None:  # noqa: N802 - pyflakes's name
        """Bind a name in the scope that is being read."""
        if isinstance(value, checker.Builtin):
            self.scope[value.name] = value
        else:
            super().addBinding(node, value)


class _Unawaited(ast.NodeTransformer):
    """Takes the `await` off what is awaited: pyflakes passes over it outside functions."""

    def visit_Await(self, node: ast.Await) -> ast.AST:
        """Return the expression alone."""
        visited: ast.AST = self.visit(node.value)
        return visited


def _collected(text: str, tree: ast.Module, flakes: checker.Checker) -> Names:
    lines = re.split(r"\r\n?|\n", text)  # as the parser counts them
    needs: dict[str, Spot] = {}
    likes: set[str] = set()
    starred: dict[str, Spot] = {}
    for message in sorted(flakes.messages, key=lambda message: (message.lineno, message.col)):
        name = str(message.message_args[0]) if message.message_args else ""
        if isinstance(message, messages.UndefinedName | messages.UndefinedExport):
            needs.setdefault(name, spot(lines, message.lineno, message.col))
        elif isinstance(message, messages.ImportStarUsage):
            likes.add(name)
            starred.setdefault(name, spot(lines, message.lineno, message.col))
    gives = _given(flakes)
    for name, node in _global_only(flakes, tree):
        likes.add(name)
        if node is not None:
            needs.setdefault(name, spot(lines, node.lineno, node.col_offset))
            gives.discard(name)
    stars = (node.module for node in tree.body if isinstance(node, ast.ImportFrom) and node.names[0].name == "*")
    imports = {name for name, bound in _module_bindings(flakes).items() if isinstance(bound, checker.Importation)}
    found = Names(needs, frozenset(likes - needs.keys()), frozenset(gives), tuple(filter(None, stars)))
    return replace(found, imports=found.gives & imports, starred=starred)


def spot(lines: list[str], line: int, offset: int) -> Spot:
    """Return the line and the column of a point that `ast` gives in UTF-8 bytes."""
    before = lines[line - 1].encode("utf-8", "surrogatepass")[:offset]
    return line, len(before.decode("utf-8", "replace")) + 1


def _module_bindings(flakes: checker.Checker) -> dict[str, checker.Binding]:
    scopes = [scope for scope in flakes.deadScopes if isinstance(scope, checker.ModuleScope)]
    return {name: binding for scope in scopes for name, binding in scope.items()}


def _given(flakes: checker.Checker) -> set[str]:
    silent = (checker.Builtin, checker.Annotation, checker.StarImportation)
    return {name for name, binding in _module_bindings(flakes).items() if not isinstance(binding, silent)}


def _global_only(flakes: checker.Checker, tree: ast.Module) -> list[tuple[str, ast.Name | None]]:
    """Return the names that only `global` statements bind, each with its first use if no function assigns it."""
    bindings = _module_bindings(flakes).items()
    declared = {name for name, binding in bindings if isinstance(binding.source, ast.Global)}
    if not declared:
        return []
    updated = {id(node.target) for node in ast.walk(tree) if isinstance(node, ast.AugAssign)}
    used = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id in declared]
    made = {node.id for node in used if isinstance(node.ctx, ast.Store) and id(node) not in updated}
    made |= {name for node in ast.walk(tree) for name in _made(node)}
    first: dict[str, ast.Name] = {}
    for node in sorted(used, key=lambda node: (node.lineno, node.col_offset)):
        first.setdefault(node.id, node)
    return [(name, None if name in made else first.get(name)) for name in sorted(declared)]


def _made(node: ast.AST) -> tuple[str, ...]:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return (node.name,)
        case ast.Import() | ast.ImportFrom():
            return tuple((alias.asname or alias.name).partition(".")[0] for alias in node.names)
        case ast.ExceptHandler(name=str(name)):
            return (name,)
    return ()
