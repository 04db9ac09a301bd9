"""The tree of a Python block -> its names that are bound, but not where they are used."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from skillcheck.blocks.origins import bindings, imported
from skillcheck.blocks.parsing import children, every_node
from skillcheck.model import MisuseKind

Wrong = tuple[ast.expr | ast.stmt, MisuseKind, str, str]
_Function = ast.FunctionDef | ast.AsyncFunctionDef
_CHECKING = "TYPE_CHECKING"
_SCOPES = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef


def misnamed(tree: ast.Module, unbound: AbstractSet[str] = frozenset()) -> Iterator[Wrong]:
    """Yield what is wrong with the names of a block that are bound somewhere: the node, the fact, the remedy."""
    yield from _for_checkers(tree)
    for node in every_node(tree):
        if isinstance(node, _Function):
            yield from _only_updated(node, unbound)


def _only_updated(function: _Function, unbound: AbstractSet[str]) -> Iterator[Wrong]:
    """Yield the first update of each name that a function updates, never binds, and takes from nowhere else."""
    arguments = {node.arg for node in ast.walk(function.args) if isinstance(node, ast.arg)}
    bound = {*arguments, *unbound}
    updates: dict[str, ast.AugAssign] = {}
    for node in _own(function):
        match node:
            case ast.AugAssign(target=ast.Name(id=name)):
                updates.setdefault(name, node)
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                bound.update(names)
    targets = {id(node.target) for node in _own(function) if isinstance(node, ast.AugAssign)}
    bound.update(name for node in _own(function) if id(node) not in targets for name in _bound(node))
    for name, node in updates.items():
        if name not in bound:
            fact = f"`{name}` is not bound when `{function.name}` updates it, which makes it a name of its own there"
            yield node, MisuseKind.NAME, fact, f"bind `{name}` in `{function.name}`, or declare it `global` there"


def _bound(node: ast.AST) -> Iterator[str]:
    yield from bindings(node)
    yield from imported(node)


def _own(function: _Function) -> Iterator[ast.AST]:
    """Yield the nodes of a function's own scope."""
    pending: list[ast.AST] = [*function.body]
    while pending:
        node = pending.pop(0)
        yield node
        pending[:0] = [] if isinstance(node, _SCOPES) else children(node)


def _for_checkers(tree: ast.Module) -> Iterator[Wrong]:
    """Yield the first use, when the block runs, of each name that is imported for type checkers alone."""
    only = _checked(tree)
    if not only:
        return
    annotated = {id(part) for node in every_node(tree) for note in _annotations(node) for part in ast.walk(note)}
    inside = {id(part) for branch in _branches(tree) for statement in branch.body for part in ast.walk(statement)}
    for node in sorted(_loaded(tree, only), key=lambda node: (node.lineno, node.col_offset)):
        if node.id in only and id(node) not in annotated | inside:
            only.discard(node.id)
            fact = f"`{node.id}` is not bound when the block runs: it is imported for type checkers alone"
            yield node, MisuseKind.NAME, fact, f"import `{node.id}` outside of `if {_CHECKING}`"


def _loaded(tree: ast.Module, names: AbstractSet[str]) -> list[ast.Name]:
    return [
        node
        for node in every_node(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names
    ]


def _branches(tree: ast.Module) -> Iterator[ast.If]:
    """Yield the branches that only type checkers enter."""
    for node in tree.body:
        match node:
            case ast.If(test=ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING"), orelse=[]):
                yield node


def _checked(tree: ast.Module) -> set[str]:
    """Return the names that only type checkers see bound."""
    times = Counter(name for node in every_node(tree) for name in _bound(node))
    statements = (statement for branch in _branches(tree) for statement in branch.body)
    checked = Counter(name for statement in statements for node in ast.walk(statement) for name in _bound(node))
    return {name for name, count in checked.items() if times[name] == count}


def _annotations(node: ast.AST) -> Iterator[ast.expr]:
    match node:
        case ast.FunctionDef(returns=ast.expr() as note) | ast.AsyncFunctionDef(returns=ast.expr() as note):
            yield note
        case ast.AnnAssign(annotation=note) | ast.arg(annotation=ast.expr() as note):
            yield note
