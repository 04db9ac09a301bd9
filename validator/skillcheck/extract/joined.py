"""The segments of a program -> the text of one Python file that does the same."""

from __future__ import annotations

import ast
import inspect
import warnings
from collections.abc import Iterator, Sequence

from skillcheck.model import Segment


def joined(segments: Sequence[Segment]) -> tuple[str, str]:
    """Return the `from __future__` lines that have to come first, and the rest of the text.

    Where the first `await` outside a function stands, a coroutine begins: what follows runs in it, its names being
    the module's.
    """
    futures: list[str] = []
    texts: list[str] = []
    for segment in segments:
        future, text = _without_future(_ended(segment.text))
        futures += (line for line in future if line not in futures)
        texts.append(text)
    awaiting = next((index for index, text in enumerate(texts) if _awaits(text)), len(texts))
    plain = "\n".join(texts[:awaiting])
    if awaiting == len(texts):
        return "".join(futures), plain
    return "".join(futures), "\n\n".join(filter(None, (plain, _coroutine("\n".join(texts[awaiting:])))))


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"


def _tree(text: str) -> ast.Module | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


def _without_future(text: str) -> tuple[list[str], str]:
    """Return the future statements of a text and the text without them, if each has its lines for itself."""
    tree = _tree(text)
    nodes = [node for node in tree.body if _is_future(node)] if tree else []
    taken = {line for node in nodes for line in _lines(node)}
    if tree is None or any(not taken.isdisjoint(_lines(node)) for node in tree.body if not _is_future(node)):
        return [], text
    lines = text.split("\n")
    kept = "\n".join(line for number, line in enumerate(lines, 1) if number not in taken)
    return [f"{ast.unparse(node)}\n" for node in nodes], kept.lstrip("\n") if nodes else text


def _lines(node: ast.stmt) -> range:
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)


def _is_future(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module == "__future__"


def _awaits(text: str) -> bool:
    """Whether the text awaits outside of functions."""
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            code = compile(text, "<block>", "exec", flags, dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False
    return bool(code.co_flags & inspect.CO_COROUTINE)


def _coroutine(text: str) -> str:
    """Return the text as the body of a coroutine that is run at once."""
    tree = _tree(text)
    if tree is None or not _is_movable(tree):
        return text
    inside = {line for node in ast.walk(tree) for line in _continued(node)}
    lines = text.rstrip("\n").split("\n")
    body = [line if number in inside or not line else f"    {line}" for number, line in enumerate(lines, 1)]
    shared = sorted(set(_bound(tree)))
    declared = [f"    global {', '.join(shared)}"] if shared else []
    head = ["import asyncio as _asyncio", "", "", "async def _main() -> None:", *declared]
    return "\n".join([*head, *body, "", "", "_asyncio.run(_main())"]) + "\n"


def _is_movable(tree: ast.Module) -> bool:
    return not any(isinstance(node, ast.ImportFrom) and node.names[0].name == "*" for node in ast.walk(tree))


def _continued(node: ast.AST) -> range:
    """Return the lines that a string of several lines goes on in: their indent is part of it."""
    if isinstance(node, ast.Constant | ast.JoinedStr) and isinstance(getattr(node, "value", ""), str | bytes):
        return range(node.lineno + 1, (node.end_lineno or node.lineno) + 1)
    return range(0)


def _bound(tree: ast.Module) -> Iterator[str]:
    """Yield the names that a module binds in itself, without those it annotates, which cannot be declared global."""
    pending: list[ast.AST] = list(tree.body)
    while pending:
        node = pending.pop()
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
                continue
            case ast.AnnAssign() | ast.Lambda() | ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                continue
            case ast.Name(id=name, ctx=ast.Store()):
                yield name
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                yield name
            case ast.MatchMapping(rest=str(name)):
                yield name
            case ast.alias(name=name, asname=asname):
                yield asname or name.partition(".")[0]
        pending += ast.iter_child_nodes(node)
