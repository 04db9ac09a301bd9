"""Sources and imports → what this interpreter says of them, without running a block."""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

from lines import statements  # type: ignore[import-not-found] # run as a folder, this one is on sys.path
from members import member, sharing  # type: ignore[import-not-found]
from near import near  # type: ignore[import-not-found]
from signatures import called  # type: ignore[import-not-found]

SECONDS = 60
Answer = dict[str, Any]


def parse(sources: list[str]) -> list[Answer]:
    """Return for each source its statements' spans, or its syntax error with line and column."""
    return [_parsed(source) for source in sources]


def _parsed(source: str) -> Answer:
    try:
        flags = ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        tree: Any = compile(source, "<block>", "exec", flags, dont_inherit=True)
        compile(source, "<block>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
        return {"statements": statements(tree)}
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
    answers: list[Answer] = [{} for _ in wanted]
    everyone = range(len(wanted))
    _answer(answers, wanted, everyone, lambda item: (item["module"].partition(".")[0], *item.get("path", ())))
    # what a module lacks may be added by another one that the program imports too
    lacking = [index for index in everyone if "part" in answers[index]]
    _answer(answers, wanted, lacking, lambda item: (*item["beside"], "", *item.get("path", ())), beside=True)
    return answers


def _answer(
    answers: list[Answer],
    wanted: list[Answer],
    indices: Iterable[int],
    group: Callable[[Answer], tuple[str, ...]],
    *,
    beside: bool = False,
) -> None:
    groups: dict[tuple[str, ...], list[int]] = {}
    for index in indices:
        groups.setdefault(group(wanted[index]), []).append(index)
    for members in groups.values():
        items = [wanted[index] for index in members]
        first = items[0]["beside"] if beside else ()
        for index, answer in zip(members, _apart(items, first), strict=True):
            answers[index] = answer


def _apart(items: list[Answer], first: Iterable[str] = ()) -> list[Answer]:
    import json  # noqa: PLC0415
    import select  # noqa: PLC0415
    import signal  # noqa: PLC0415

    readable, writable = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(readable)
            _answered(items, first, writable)
        finally:  # whatever a module raises where nobody expects it, this process is not to go on as its parent
            os._exit(0)
    os.close(writable)
    with os.fdopen(readable, "rb") as pipe:
        ready, _, _ = select.select([pipe], [], [], SECONDS)  # it is written all at once, when all are imported
        if not ready:
            os.kill(child, signal.SIGKILL)
        said = pipe.read()
    os.waitpid(child, 0)
    return json.loads(said) if said else [{"unknown": "importing it does not end, or ends the process"}] * len(items)


def _answered(items: list[Answer], first: Iterable[str], writable: int) -> None:
    """Import what is asked for, with nothing of what that prints, and write what is found all at once."""
    import json  # noqa: PLC0415

    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    sys.path.extend(items[0].get("path", ()))
    _bring(first)
    said = json.dumps([_resolved(item) for item in items]).encode()
    with os.fdopen(writable, "wb") as pipe:
        pipe.write(said)


def _bring(modules: Iterable[str]) -> None:
    import contextlib  # noqa: PLC0415
    import importlib  # noqa: PLC0415

    for name in modules:
        with contextlib.suppress(BaseException):  # what is wrong with it, its own import tells
            importlib.import_module(name)


def _resolved(item: Answer) -> Answer:
    import importlib  # noqa: PLC0415

    name = item["module"]
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as error:
        return _missing(name, error.name or name)
    except BaseException as error:  # noqa: BLE001 - a module may raise anything when it is imported
        return _unknown(error)
    if "reach" in item:
        return _reached(module, item["reach"].removeprefix(f"{name}.").split("."))
    try:
        return _imported(module, name, item)
    except BaseException as error:  # noqa: BLE001 - what a module gives only when it is asked for may be refused
        return _unknown(error)


def _unknown(error: BaseException) -> Answer:
    return {"unknown": f"{type(error).__name__}: {error}"[:300]}


def _imported(module: object, name: str, item: Answer) -> Answer:
    if "parts" in item:
        return member(module, item)  # type: ignore[no-any-return] # as below
    if item["attribute"] is None:
        return {}
    found = _attribute(module, name, item["attribute"])
    if found is None:
        told: Answer = {"attribute": item["attribute"], "near": near(item["attribute"].split(".")[0], dir(module))}
        told.update(sharing(name))
        return told
    return called(found[0], item)  # type: ignore[no-any-return] # of a module that only its own folder finds


def _reached(found: object, names: list[str]) -> Answer:
    for part in names:
        found = getattr(found, part, None)
    return {} if found is None else {"reached": True}


def _missing(name: str, missing: str) -> Answer:
    if not (name + ".").startswith(missing + "."):
        return {"needs": missing}
    parent, _, last = missing.rpartition(".")
    answer = {"module": missing, "near": near(last, _children(parent))}
    if parent and _is_shared(parent):
        answer["shared"] = True
    brought = [] if parent else _brought(missing)
    return answer | {"brings": brought} if brought else answer


def _is_shared(package: str) -> bool:
    """Whether a package is a namespace of what is installed, to which other distributions may bring their parts."""
    import importlib  # noqa: PLC0415

    module = importlib.import_module(package)
    return getattr(module, "__file__", None) is None and any(
        "-packages" in path for path in getattr(module, "__path__", ())
    )


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
