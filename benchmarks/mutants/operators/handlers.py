"""Weak handling of failures: too much is caught, or swallowed, or not cleaned up, or answered with another status."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from benchmarks.mutants.source import Edit, Source

STATUSES = range(100, 600)
ANSWERING = re.compile(r"status|code|abort|response|close|errorhandler|redirect|Error|Conflict", re.IGNORECASE)


def widen_except(source: Source) -> Iterator[Edit]:
    """Catch every exception."""
    for handler in source.nodes(ast.ExceptHandler):
        if handler.type is not None:
            wider = "BaseException" if source.part(handler.type) == "Exception" else "Exception"
            yield source.replaced(handler.type, wider)


def swallow(source: Source) -> Iterator[Edit]:
    """Catch an exception and do nothing."""
    for handler in source.nodes(ast.ExceptHandler):
        if not _checks(handler.body):
            yield source.body(handler.body, "pass")


def _checks(body: list[ast.stmt]) -> bool:
    return any(isinstance(node, ast.Assert) for node in body)


def drop_raise(source: Source) -> Iterator[Edit]:
    """Leave out a `raise`, or a call that stands for one."""
    for node in source.nodes(ast.stmt):
        if isinstance(node, ast.Raise) or (isinstance(node, ast.Expr) and source.part(node).startswith("abort(")):
            yield source.replaced(node, "pass")


def drop_finally(source: Source) -> Iterator[Edit]:
    """Leave out what is to be done in the end."""
    for node in source.nodes(ast.Try):
        if node.finalbody and not _checks(node.finalbody):
            yield source.body(node.finalbody, "pass")


def drop_with(source: Source) -> Iterator[Edit]:
    """Do what stands in a `with` outside it: nothing is entered, nothing left."""
    for node in source.nodes(ast.AST):
        if isinstance(node, ast.With | ast.AsyncWith):
            for item in node.items:
                bound = source.part(item.optional_vars) if isinstance(item.optional_vars, ast.Name) else "_"
                text = f"if ({bound} := {source.part(item.context_expr)}) is not None:"
                if len(node.items) == 1:
                    yield Edit(source.start(node), _colon(source, node), text)


def _colon(source: Source, node: ast.With | ast.AsyncWith) -> int:
    last = node.items[-1].optional_vars or node.items[-1].context_expr
    return source.text.index(":", source.end(last)) + 1


def change_status(source: Source) -> Iterator[Edit]:
    """Answer with another status."""
    for node in source.nodes(ast.Constant):
        if type(node.value) is int and node.value in STATUSES and _is_status(source, node):
            yield source.replaced(node, "201" if node.value == 200 else "200")  # noqa: PLR2004 - the status for success


def _is_status(source: Source, node: ast.Constant) -> bool:
    parent = source.parents[node]
    match parent:
        case ast.Tuple():
            return isinstance(source.parents[parent], ast.Return)
        case ast.keyword(arg=str(name)):
            return bool(ANSWERING.search(name))
        case ast.Call(func=function):
            return bool(ANSWERING.search(source.part(function)))
        case ast.Assign(targets=[target]) | ast.AnnAssign(target=target):
            return bool(ANSWERING.search(source.part(target)))
        case _:
            return False


OPERATORS = (widen_except, swallow, drop_raise, drop_finally, drop_with, change_status)
