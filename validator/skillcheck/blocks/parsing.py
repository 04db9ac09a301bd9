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
    """Return all nodes of a tree that is only read; none where there is no tree."""
    return () if tree is None else tuple(ast.walk(tree))


def fresh(text: str) -> ast.Module | None:
    """Return the tree, None where this interpreter's grammar refuses the text; `await` is fine outside functions."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
