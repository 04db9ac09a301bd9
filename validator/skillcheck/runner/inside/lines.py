"""Source → its statements, and which of its lines are executed."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from types import CodeType, FrameType
from typing import Any

TOOL = 4  # of sys.monitoring's six, one that no debugger, profiler or coverage tool claims
Span = tuple[int, int]


def statements(tree: ast.Module) -> list[Span]:
    """Return first and last line of each executable statement, a compound one's header alone.

    What no run reaches by design is left out: docstrings, bare annotations, `...` bodies and blocks for type checkers.
    """
    return sorted(_spans(tree.body))


def _spans(body: list[ast.stmt]) -> Iterator[Span]:
    for node in body:
        if _is_never_executed(node):
            continue
        yield _header(node)
        if not _is_for_type_checkers(node):
            for child in _bodies(node):
                yield from _spans(child)


def _is_never_executed(node: ast.stmt) -> bool:
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Global() | ast.Nonlocal():
            return True
        case ast.AnnAssign(value=None):
            return True
    return False


def _is_for_type_checkers(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) in {"TYPE_CHECKING", "typing.TYPE_CHECKING"}


def _bodies(node: ast.stmt) -> Iterator[list[ast.stmt]]:
    for field in ("body", "orelse", "finalbody"):
        yield getattr(node, field, [])
    for part in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
        yield part.body


def _header(node: ast.stmt) -> Span:
    decorators = [decorator.lineno for decorator in getattr(node, "decorator_list", ())]
    first = min([node.lineno, *decorators])
    inner = [child.lineno for body in _bodies(node) for child in body]
    if not inner:
        return first, node.end_lineno or node.lineno
    return first, max(node.lineno, min(inner) - 1)


class Recorder:
    """Notes which lines of the files under `roots` are executed, at little cost where sys.monitoring exists."""

    def __init__(self, roots: tuple[str, ...]) -> None:
        """Make one that records nothing before its start."""
        self.roots = roots
        self.lines: dict[str, set[int]] = {}

    def start(self) -> None:
        """Begin, in this and every later thread."""
        if sys.version_info >= (3, 12):
            self._monitor()
        else:
            import threading  # noqa: PLC0415 - a program must not find modules loaded that it didn't import

            threading.settrace(self._enter)
            sys.settrace(self._enter)

    def _monitor(self) -> None:
        monitoring: Any = sys.monitoring  # type: ignore[attr-defined,unused-ignore] # from 3.12 on
        monitoring.use_tool_id(TOOL, "skillcheck")

        def on_line(code: CodeType, line: int) -> object:
            if code.co_filename.startswith(self.roots):
                self.lines.setdefault(code.co_filename, set()).add(line)
            return monitoring.DISABLE

        monitoring.register_callback(TOOL, monitoring.events.LINE, on_line)
        monitoring.set_events(TOOL, monitoring.events.LINE)

    def _enter(self, frame: FrameType, event: str, arg: object) -> Any:  # noqa: ANN401, ARG002 - settrace's own shape
        if not frame.f_code.co_filename.startswith(self.roots):
            return None
        seen = self.lines.setdefault(frame.f_code.co_filename, set())
        seen.add(frame.f_lineno)

        def on_line(inner: FrameType, kind: str, value: object) -> Any:  # noqa: ANN401, ARG001
            seen.add(inner.f_lineno)
            return on_line

        return on_line
