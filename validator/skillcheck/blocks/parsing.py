"""The text of a Python block -> its syntax tree."""

from __future__ import annotations

import ast
import warnings
from functools import lru_cache


@lru_cache(maxsize=16)
def parse(text: str) -> ast.Module | None:
    """Return the tree, to be read alone: who asks for the same text gets the same tree. See `fresh`."""
    return fresh(text)


@lru_cache(maxsize=16)
def every_node(tree: ast.AST | None) -> tuple[ast.AST, ...]:
    """Return all nodes of a tree that is only read, the outer before the inner; none where there is no tree."""
    found = [] if tree is None else [tree]
    for node in found:
        found += children(node)
    return tuple(found)


def children(node: ast.AST) -> list[ast.AST]:
    """Return the nodes right below a node, without operators, and without what says how a name is used.

    `ast.iter_child_nodes` takes three times as long, and most of the time that reading a block takes is spent here.
    """
    found: list[ast.AST] = []
    for value in vars(node).values():
        if isinstance(value, list):
            found += [part for part in value if isinstance(part, ast.AST) and not isinstance(part, ast.cmpop)]
        elif isinstance(value, ast.AST) and value._fields:
            found.append(value)
    return found


def fresh(text: str) -> ast.Module | None:
    """Return the tree, None where this interpreter's grammar refuses the text; `await` is fine outside functions."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
