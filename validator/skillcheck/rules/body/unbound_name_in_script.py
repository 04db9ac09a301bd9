"""Script -> unbound-name-in-script."""

from __future__ import annotations

import ast
import builtins
import re
import symtable
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from unicodedata import normalize

from skillcheck.model import Place, Script
from skillcheck.rules.lines import split
from skillcheck.rules.rule import Told, rule
from skillcheck.rules.tables import has_blanks, is_python, tables

_UNSEEN = (
    " import *",
    "exec(",
    "globals()",
    "builtins",
    "NameError",
    "gettext.install",
    "# Databricks",
    "version_info",
    "ghidra",
)
"""What binds names that no table shows, or provides for their absence."""
_KNOWN = frozenset(dir(builtins)) | {
    *("__file__", "__path__", "__annotations__", "__module__", "__qualname__", "__class__", "WindowsError"),
    *("display", "get_ipython", "dbutils", "spark", "reveal_type", "snakemake", "profile", "__revit__"),
}
"""What is there without being bound, in one host or another."""

_WORD = re.compile(r"\w+")
_ENDS = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


@rule("SK444", source="https://agentskills.io/specification#scripts")
def unbound_name_in_script(script: Script) -> Iterator[Told]:
    """A Python script of the skill uses a name that it never binds.

    It ends with a NameError as soon as it comes to that line. Mostly an import was forgotten.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    Run `python scripts/fill.py form.pdf`.
    ```

    ```python with path=skills/pdf-forms/scripts/fill.py
    import sys

    print("filled", Path(sys.argv[1]).name)
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    Run `python scripts/fill.py form.pdf`.
    ```

    ```python with path=skills/pdf-forms/scripts/fill.py
    import sys
    from pathlib import Path

    print("filled", Path(sys.argv[1]).name)
    ```
    """
    table = tables(script) if is_python(script) else None
    if not isinstance(table, symtable.SymbolTable) or any(word in script.text for word in _UNSEEN):
        return
    names = _unbound(table, may_declare="global " in script.text)
    if not names or has_blanks(script.text):
        return
    lines = split(script.text)
    for node, is_annotation in _first_uses(script.text, names):
        when = " before Python 3.14, which reads annotations later" if is_annotation else ""
        message = f"{script.relative} uses `{node.id}` and never binds it: a NameError{when}"
        yield Told(_place(script, lines[node.lineno - 1], node), message, f"import or define `{node.id}`")


def _place(script: Script, line: str, node: ast.Name) -> Place:
    """Return where a name stands, whose column a tree counts in bytes."""
    column = len(line.encode()[: node.col_offset].decode()) + 1
    return Place(script.path, node.lineno, column, node.lineno, column + len(node.id))


def _unbound(top: symtable.SymbolTable, *, may_declare: bool) -> AbstractSet[str]:
    """Return the names that a module or something in it takes of the module, which does not have them."""
    bound, used = set[str](), set[str]()
    for symbol in top.get_symbols():
        if symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace():
            bound.add(symbol.get_name())
        else:
            used.add(symbol.get_name())
    waiting = top.get_children()
    while waiting:
        table = waiting.pop()
        waiting += table.get_children()
        if isinstance(table, symtable.Function):
            names: AbstractSet[str] = set(table.get_globals())
        else:
            names = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_global()}
        used |= names
        if may_declare:
            bound.update(name for name in names if table.lookup(name).is_assigned())
    return used - bound - _KNOWN


def _read(tree: ast.AST, names: AbstractSet[str]) -> Iterator[tuple[ast.Name, AbstractSet[str]]]:
    """Yield where any of the names is read, with those of them that the functions around it bind themselves."""
    waiting: list[tuple[ast.AST, AbstractSet[str]]] = [(tree, frozenset())]
    while waiting:
        node, bound = waiting.pop()
        if isinstance(node, ast.Name) and node.id in names and isinstance(node.ctx, ast.Load):
            yield node, bound
        if isinstance(node, _FUNCTIONS):
            bound = bound | (_own(node) & names)
        waiting += ((inner, bound) for inner in ast.iter_child_nodes(node))


def _unreached(tree: ast.AST) -> set[int]:
    """Return the identities of the nodes behind an end of their statements: nothing runs them."""
    found = set[int]()
    for node in ast.walk(tree):
        for _, value in ast.iter_fields(node):
            statements = value if isinstance(value, list) else ()
            end = next((at for at, inner in enumerate(statements, 1) if isinstance(inner, _ENDS)), len(statements))
            for behind in statements[end:]:
                found.update(map(id, ast.walk(behind)))
    return found


def _own(function: ast.AST) -> AbstractSet[str]:
    """Return the names that a function binds itself: its parameters, and what it assigns or imports."""
    found = set[str]()
    waiting = list(ast.iter_child_nodes(function))
    while waiting:
        match node := waiting.pop():
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()) | ast.ExceptHandler(name=str(name)):
                found.add(name)
            case ast.alias(name=name, asname=other):
                found.add(other or name.partition(".")[0])
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
                continue
            case ast.Lambda():
                continue
            case _:
                pass
        waiting += ast.iter_child_nodes(node)
    return found


def _first_uses(text: str, names: AbstractSet[str]) -> Iterator[tuple[ast.Name, bool]]:
    """Yield where each of the names is first read when the script runs, and whether that is in an annotation alone."""
    tree = _part(text, names)
    lazy = "from __future__ import annotations" in text
    annotations, passed = set[int](), set[int]()
    for node in ast.walk(tree):
        match node:
            case ast.arg(annotation=ast.expr() as part) | ast.FunctionDef(returns=ast.expr() as part):
                annotations.update(map(id, ast.walk(part)))
            case ast.AsyncFunctionDef(returns=ast.expr() as part):
                annotations.update(map(id, ast.walk(part)))
            case ast.AnnAssign(annotation=part):  # of a name in a function it is never read
                passed.update(map(id, ast.walk(part)))
    read = [(node.id in bound, id(node) in annotations, node) for node, bound in _read(tree, names)]
    first: dict[str, tuple[ast.Name, bool]] = {}
    unreached = _unreached(tree)
    order = sorted(read, key=lambda found: (found[0], id(found[2]) in unreached, found[1], _start(found[2])))
    for _, _, node in order:
        if id(node) not in passed and not (lazy and id(node) in annotations):
            first.setdefault(node.id, (node, id(node) in annotations))
    told = (found for found in first.values() if id(found[0]) not in unreached)
    yield from sorted(told, key=lambda found: _start(found[0]))


def _part(text: str, names: AbstractSet[str]) -> ast.Module:
    """Return the tree without the statements of the module in whose lines none of the names stands, but its ends."""
    tree, lines = ast.parse(text), split(normalize("NFKC", text))  # as Python reads names
    named = {number for number, line in enumerate(lines, 1) if not names.isdisjoint(_WORD.findall(line))}
    tree.body = [
        each
        for each in tree.body
        if isinstance(each, _ENDS) or not named.isdisjoint(range(_first_line(each), (each.end_lineno or 0) + 1))
    ]
    return tree


def _first_line(statement: ast.stmt) -> int:
    """Return the line on which a statement begins, where it may have decorators above it."""
    return min((each.lineno for each in getattr(statement, "decorator_list", ())), default=statement.lineno)


def _start(node: ast.Name) -> tuple[int, int]:
    return node.lineno, node.col_offset
