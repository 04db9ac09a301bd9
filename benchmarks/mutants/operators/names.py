"""What is not there: an import, a decorator."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from benchmarks.mutants.source import Edit, Source


def drop_import(source: Source) -> Iterator[Edit]:
    """Forget to import a name."""
    for node in source.nodes(ast.stmt):
        if not isinstance(node, ast.Import | ast.ImportFrom) or getattr(node, "module", "") == "__future__":
            continue
        for alias in node.names:
            others = [ast.unparse(other) for other in node.names if other is not alias]
            yield source.replaced(node, _imported(node, others))


def _imported(node: ast.Import | ast.ImportFrom, names: list[str]) -> str:
    if not names:
        return "pass"
    origin = f"from {'.' * node.level}{node.module or ''} " if isinstance(node, ast.ImportFrom) else ""
    return f"{origin}import {', '.join(names)}"


def drop_decorator(source: Source) -> Iterator[Edit]:
    """Forget a decorator."""
    for node in source.nodes(ast.AST):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            for decorator in node.decorator_list:
                start = source.text.rindex("@", 0, source.start(decorator))
                yield Edit(start, source.end(decorator), "")


OPERATORS = (drop_import, drop_decorator)
