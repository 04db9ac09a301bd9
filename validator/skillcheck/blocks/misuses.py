"""A Python program -> the calls of its own functions that these cannot take, and those that it forgets to await."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from difflib import get_close_matches

from skillcheck.blocks.calls import given
from skillcheck.blocks.imports import nodes, place, provides
from skillcheck.blocks.misnamed import Wrong, misnamed
from skillcheck.blocks.names import spot
from skillcheck.blocks.parsing import every_node, parse
from skillcheck.blocks.uses import bound
from skillcheck.model import Misuse, MisuseKind, Unit

AWAIT = "await it, or hand it to what does"
_PROVIDED = frozenset({"TypeError", "Exception", "BaseException"})
_Function = ast.FunctionDef | ast.AsyncFunctionDef
_Owned = Mapping[int, ast.ClassDef]


def misuses(unit: Unit, context: Sequence[Unit] = (), unbound: AbstractSet[str] = frozenset()) -> tuple[Misuse, ...]:
    """Return what reading a unit shows to be wrong, beyond the names that are `unbound` anyway.

    Of calls, those are judged whose function it or its context defines once and decorates never.
    """
    tree = parse(unit.block.text)
    if tree is None:
        return ()
    functions = _functions([*(other.block.text for other in context), unit.block.text])
    lines = unit.block.text.split("\n")
    wrong = [*_calls(tree, functions), *_forgotten(tree, functions), *misnamed(tree, unbound)]
    found = (
        Misuse(kind, place(unit.block, *spot(lines, node.lineno, node.col_offset)), fact, remedy)
        for node, kind, fact, remedy in wrong
    )
    return tuple(sorted(found, key=lambda misuse: misuse.place))


def _calls(tree: ast.Module, functions: Mapping[str, _Function]) -> Iterator[Wrong]:
    for node, guarded in nodes(tree, _guards):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not guarded:
            for fact, remedy in _refusals(node, functions.get(node.func.id)):
                yield node, MisuseKind.CALL, fact, remedy


def _forgotten(tree: ast.Module, functions: Mapping[str, _Function]) -> Iterator[Wrong]:
    owned = {id(node): kind for kind in every_node(tree) if isinstance(kind, ast.ClassDef) for node in ast.walk(kind)}
    for node in every_node(tree):
        match node:
            case ast.Expr(value=ast.Call() as call) if _is_forgotten(call, functions, owned):
                fact = f"`{ast.unparse(call.func)}` is async, and its call is never awaited"
                yield call, MisuseKind.AWAIT, fact, AWAIT


def _guards(node: ast.AST) -> bool:
    match node:
        case ast.Try(handlers=handlers) if any(handler.type is None for handler in handlers):
            return True
    return provides(node, _PROVIDED)


def _functions(texts: Sequence[str]) -> Mapping[str, _Function]:
    times = Counter(name for text in texts for name in bound(text))
    trees = filter(None, map(parse, texts))
    return {
        node.name: node
        for tree in trees
        for node in tree.body
        if isinstance(node, _Function) and not node.decorator_list and times[node.name] == 1
    }


def _is_forgotten(node: ast.Call, functions: Mapping[str, _Function], owned: _Owned) -> bool:
    """Whether a value that nobody takes is the call of an asynchronous function."""
    match node:
        case ast.Call(func=ast.Name(id=name)):
            return _is_coroutine(functions.get(name))
        case ast.Call(func=ast.Attribute(value=ast.Name(id="self"), attr=name)) if id(node) in owned:
            methods = [child for child in owned[id(node)].body if isinstance(child, _Function) and child.name == name]
            return len(methods) == 1 and not methods[0].decorator_list and _is_coroutine(methods[0])
    return False


def _is_coroutine(function: _Function | None) -> bool:
    return isinstance(function, ast.AsyncFunctionDef) and not any(
        isinstance(node, ast.Yield) for node in ast.walk(function)
    )


def _refusals(call: ast.Call, function: _Function | None) -> Iterator[tuple[str, str]]:
    """Yield why a function cannot take the arguments of a call, each with the remedy."""
    if function is None:
        return
    taken, count = function.args, given(call)
    positional = [argument.arg for argument in (*taken.posonlyargs, *taken.args)]
    by_name = [argument.arg for argument in (*taken.args, *taken.kwonlyargs)]
    keywords = [keyword.arg for keyword in call.keywords]
    takes = ", ".join(f"`{name}`" for name in dict.fromkeys((*positional, *by_name))) or "nothing"
    if count is not None and count > len(positional) and not taken.vararg:
        plural = "" if len(positional) == 1 else "s"
        yield (
            f"`{function.name}` takes {len(positional)} argument{plural} by position, not {count}",
            f"it takes {takes}",
        )
    unknown = [name for name in keywords if name and name not in by_name and not taken.kwarg]
    for name in unknown:
        near = get_close_matches(name, by_name, 1)
        remedy = f"did you mean `{near[0]}`?" if near else f"it takes {takes}"
        yield f"`{function.name}` takes no argument `{name}`", remedy
    if count is not None and None not in keywords and not unknown:
        missing = [name for name in _required(taken, count) if name not in keywords]
        if missing:
            names = ", ".join(f"`{name}`" for name in missing)
            yield f"`{function.name}` also needs {names}", f"it takes {takes}"


def _required(taken: ast.arguments, count: int) -> Iterator[str]:
    """Yield the arguments without a default that `count` of them by position leave out."""
    positional = [argument.arg for argument in (*taken.posonlyargs, *taken.args)]
    yield from positional[count : len(positional) - len(taken.defaults)]
    pairs = zip(taken.kwonlyargs, taken.kw_defaults, strict=True)
    yield from (argument.arg for argument, default in pairs if default is None)
