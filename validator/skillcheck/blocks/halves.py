"""A block that shows what is wrong and what is right, one below the other -> the same without what is wrong."""

from __future__ import annotations

import ast
from collections.abc import Set as AbstractSet
from dataclasses import replace

from skillcheck.blocks import languages
from skillcheck.blocks.lent import imports_in
from skillcheck.blocks.markers import verdict
from skillcheck.blocks.names import names
from skillcheck.blocks.parsing import parse
from skillcheck.model import Block

_READ = frozenset({"python", "bash", "javascript", "typescript", "jsx", "tsx"})


def without_wrong(block: Block, language: str) -> Block | None:
    """Return the block with the lines blank that its own comments call wrong, None where they don't part it in two.

    A part begins with a comment at the left margin that calls what follows right or wrong. What the wrong parts of
    Python import stays, and what the right ones use that only those bind.
    """
    known = languages.named(language)
    if language not in _READ or known is None:
        return None
    lines = block.text.split("\n")
    found = [_called(line, known.comment) for line in lines]
    if True not in found or False not in found:
        return None
    text = "\n".join(_kept(lines, found))
    if language != "python":
        return replace(block, text=text)
    kept = "\n".join(_with_imports(text.split("\n"), imports_in(block.text).split("\n")))
    return replace(block, text=_with_bound(kept, block.text)) if parse(kept) is not None else None


def _called(line: str, mark: str) -> bool | None:
    """Return whether a comment at the left margin calls wrong what follows (true) or right (false)."""
    return verdict(line.removeprefix(mark).strip()) if mark and line.startswith(mark) else None


def _kept(lines: list[str], found: list[bool | None]) -> list[str]:
    wrong, kept = False, list[str]()
    for line, called in zip(lines, found, strict=True):
        wrong = wrong if called is None else called
        kept.append("" if wrong else line)
    return kept


def _with_imports(kept: list[str], imported: list[str]) -> list[str]:
    imported += [""] * (len(kept) - len(imported))
    return [line or other for line, other in zip(kept, imported, strict=False)]


def _with_bound(kept: str, whole: str) -> str:
    """Return the lines that are kept, with the statements of the whole text that alone bind what they use."""
    tree = parse(whole)
    statements = [*tree.body] if tree else []
    while binding := next((each for each in statements if _binds(each, names(kept).needs.keys())), None):
        statements.remove(binding)
        kept = _with_lines(kept.split("\n"), whole.split("\n"), binding)
    return kept


def _binds(statement: ast.stmt, wanted: AbstractSet[str]) -> bool:
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return name in wanted
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr()):
            return name in wanted
    return False


def _with_lines(kept: list[str], whole: list[str], statement: ast.stmt) -> str:
    """Return the lines with those of a statement, which starts with its first decorator, where they were."""
    first = min([statement.lineno, *(each.lineno for each in getattr(statement, "decorator_list", ()))]) - 1
    last = statement.end_lineno or statement.lineno
    return "\n".join([*kept[:first], *whole[first:last], *kept[last:]])
