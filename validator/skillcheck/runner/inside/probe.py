"""Sources and imports → what this interpreter says of them, without running a block."""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Iterable
from typing import Any

from lines import statements  # type: ignore[import-not-found] # run as a folder, this one is on sys.path

NEAR = 0.7
SECONDS = 60
Answer = dict[str, Any]


def parse(sources: list[str]) -> list[Answer]:
    """Return for each source its statements' spans, or its syntax error with line and column."""
    return [_parsed(source) for source in sources]


def _parsed(source: str) -> Answer:
    try:
        compile(source, "<block>", "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
        compile(source, "<block>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
        return {"statements": statements(source)}
    except SyntaxError as error:
        return {"error": error.msg, "line": error.lineno or 1, "column": error.offset or 1}
    except (ValueError, RecursionError, MemoryError) as error:  # NUL bytes, lone surrogates, nesting without end
        return {"error": str(error) or type(error).__name__, "line": 1, "column": 1}


def attributes(pairs: list[tuple[str, str]]) -> list[bool]:
    """Return for each module and dotted name in it whether importing the module alone makes that name reachable."""
    found: dict[tuple[str, str], bool] = {}
    for module in {module for module, _ in pairs}:
        names = [name for owner, name in pairs if owner == module]
        answers = _apart([{"module": module, "reach": name} for name in names])
        found |= {(module, name): "reached" in answer for name, answer in zip(names, answers, strict=True)}
    return [found[module, name] for module, name in pairs]


def resolve(wanted: list[Answer]) -> list[Answer]:
    """Return for each `{module, attribute, keywords}` what is wrong with it, an empty answer if nothing is.

    Modules are imported, in a process for each distribution's own, since one that ends its process must not end this.
    What has a `path` is found there too, if nowhere else.
    """
    roots: dict[tuple[str, ...], list[int]] = {}
    for index, item in enumerate(wanted):
        roots.setdefault((item["module"].partition(".")[0], *item.get("path", ())), []).append(index)
    answers: list[Answer] = [{} for _ in wanted]
    for indices in roots.values():
        for index, answer in zip(indices, _apart([wanted[index] for index in indices]), strict=True):
            answers[index] = answer
    return answers


def _apart(items: list[Answer]) -> list[Answer]:
    import json  # noqa: PLC0415
    import select  # noqa: PLC0415
    import signal  # noqa: PLC0415

    readable, writable = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(readable)
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        sys.path.extend(items[0].get("path", ()))
        said = json.dumps([_resolved(item) for item in items]).encode()
        with os.fdopen(writable, "wb") as pipe:
            pipe.write(said)
        os._exit(0)
    os.close(writable)
    with os.fdopen(readable, "rb") as pipe:
        ready, _, _ = select.select([pipe], [], [], SECONDS)  # it is written all at once, when all are imported
        if not ready:
            os.kill(child, signal.SIGKILL)
        said = pipe.read()
    os.waitpid(child, 0)
    return json.loads(said) if said else [{"unknown": "importing it does not end, or ends the process"}] * len(items)


def _resolved(item: Answer) -> Answer:
    import importlib  # noqa: PLC0415

    name = item["module"]
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as error:
        return _missing(name, error.name or name)
    except BaseException as error:  # noqa: BLE001 - a module may raise anything when it is imported
        return {"unknown": f"{type(error).__name__}: {error}"[:300]}
    if "reach" in item:
        return _reached(module, item["reach"].removeprefix(f"{name}.").split("."))
    if item["attribute"] is None:
        return {}
    found = _attribute(module, name, item["attribute"])
    if found is None:
        return {"attribute": item["attribute"], "near": _near(item["attribute"].split(".")[0], dir(module))}
    return _called(found[0], item["keywords"])


def _reached(found: object, names: list[str]) -> Answer:
    for part in names:
        found = getattr(found, part, None)
    return {} if found is None else {"reached": True}


def _missing(name: str, missing: str) -> Answer:
    if not (name + ".").startswith(missing + "."):
        return {"needs": missing}
    parent, _, last = missing.rpartition(".")
    answer = {"module": missing, "near": _near(last, _children(parent))}
    brought = [] if parent else _brought(missing)
    return answer | {"brings": brought} if brought else answer


def _brought(name: str) -> list[str]:
    """Return the modules that the installed distribution of that name brings."""
    import importlib.metadata  # noqa: PLC0415

    modules = importlib.metadata.packages_distributions().items()
    return sorted({module for module, names in modules if _plain(name) in map(_plain, names) and module != name})


def _plain(name: str) -> str:
    import re  # noqa: PLC0415

    return re.sub(r"[-_.]+", "-", name).lower()


def _children(parent: str) -> Iterable[str]:
    import importlib  # noqa: PLC0415
    import pkgutil  # noqa: PLC0415

    if not parent:
        return sys.stdlib_module_names
    package = importlib.import_module(parent)
    return [*dir(package), *(child.name for child in pkgutil.iter_modules(getattr(package, "__path__", [])))]


def _attribute(module: object, name: str, path: str) -> tuple[object] | None:
    import importlib  # noqa: PLC0415

    found = module
    for part in path.split("."):
        try:
            found = getattr(found, part)
        except AttributeError:
            try:
                found = importlib.import_module(f"{name}.{path}")
            except BaseException:  # noqa: BLE001 - a submodule may raise anything when it is imported
                return None
    return (found,)


def _called(function: object, keywords: list[str] | None) -> Answer:
    import inspect  # noqa: PLC0415

    plain = function.__init__ if isinstance(function, type) else function  # type: ignore[misc]
    if keywords is None or not inspect.isfunction(plain) or hasattr(function, "__signature__"):
        return {}
    if isinstance(function, type) and _makes_itself(function):
        return {}
    taken = inspect.signature(plain, follow_wrapped=False).parameters.values()
    if any(parameter.kind is parameter.VAR_KEYWORD for parameter in taken):
        return {}
    names = [parameter.name for parameter in taken if parameter.kind is not parameter.POSITIONAL_ONLY]
    wrong = [keyword for keyword in keywords if keyword not in names]
    return {"keywords": {keyword: _near(keyword, names) for keyword in wrong}, "takes": names} if wrong else {}


def _makes_itself(kind: type) -> bool:
    """Whether calling `kind` is more than calling its `__init__`."""
    metas, kinds = type(kind).mro(type(kind)), kind.mro()
    return any("__call__" in vars(meta) for meta in metas if meta is not type and meta is not object) or any(
        "__new__" in vars(parent) for parent in kinds if parent is not object
    )


def _near(name: str, names: Iterable[str]) -> str | None:
    import difflib  # noqa: PLC0415

    return next(iter(difflib.get_close_matches(name, list(names), 1, NEAR)), None)
