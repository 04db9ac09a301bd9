"""A module and a chain of attributes → the first of these that it is certain not to have."""

from __future__ import annotations

import sys
from typing import Any

from near import near  # type: ignore[import-not-found] # run as a folder, this one is on sys.path

CALLED = "()"
SOURCES: dict[str, str] = {}
Answer = dict[str, Any]


def member(module: object, item: Answer) -> Answer:
    """Return the position of the missing part, who lacks it, and what may be meant; nothing where that is uncertain."""
    names = [*filter(None, [item["start"]]), *item["parts"]]
    offset = len(names) - len(item["parts"])
    found, path = module, str(item["module"])
    for position, name in enumerate(names):
        if name == CALLED:
            return _of_instance(found, path, names[position + 1 :], position + 1 - offset)
        try:
            found = getattr(found, name)
        except AttributeError:
            submodule = _submodule(found, path, name)
            if submodule is None:
                return _lacking(found, path, name, position - offset) if position >= offset else {}
            found = submodule
        except BaseException:  # noqa: BLE001 - it may be made when it is asked for, and that may fail in any way
            return {}
        path = f"{path}.{name}"
    return {}


def _submodule(found: object, path: str, name: str) -> object:
    import importlib  # noqa: PLC0415

    if not hasattr(found, "__path__"):
        return None
    try:
        return importlib.import_module(f"{path}.{name}")
    except ModuleNotFoundError as error:
        return None if error.name == f"{path}.{name}" else found
    except BaseException:  # noqa: BLE001 - a module may raise anything when it is imported
        return found


def _lacking(found: object, path: str, name: str, position: int) -> Answer:
    if not _is_fixed(found):
        return {}
    return {"part": position, "owner": path, "near": near(name, dir(found))} | sharing(path)


def sharing(path: str) -> Answer:
    """Return the installed distributions that all bring the module a path begins with: one overwrote the others."""
    import importlib.metadata  # noqa: PLC0415

    root = path.partition(".")[0]
    if root in sys.stdlib_module_names or not getattr(sys.modules.get(root), "__file__", None):
        return {}  # parts of a namespace lie beside one another
    found = sorted(set(importlib.metadata.packages_distributions().get(root, ())))
    return {"sharing": found} if len(found) > 1 else {}


def _is_fixed(found: object) -> bool:
    """Whether what an object has now is all that it will ever have."""
    if isinstance(found, type(sys)):
        return getattr(found, "__file__", None) is not None or found.__name__ in sys.builtin_module_names
    return isinstance(found, type) or not hasattr(found, "__dict__")


def _of_instance(kind: object, path: str, rest: list[str], position: int) -> Answer:
    """Return the same of what calling a class gives: only its first attribute can be known."""
    if not rest or rest[0] == CALLED or not isinstance(kind, type) or type(kind) is not type:
        return {}
    name = rest[0]
    if hasattr(kind, name) or any(_may_have(each, name) for each in kind.__mro__):
        return {}
    return {"part": position, "owner": path, "near": near(name, dir(kind))} | sharing(path)


def _may_have(kind: type, name: str) -> bool:
    """Whether instances may get that attribute from a class otherwise than by a plain attribute of it."""
    own, known = vars(kind), kind.__module__.partition(".")[0] in sys.stdlib_module_names
    if kind is object or (known and not kind.__dictoffset__ and "__getattr__" not in own):
        return False  # nothing but what the class has fits into an instance
    if {"__getattr__", "__getattribute__"}.intersection(own) or name in own.get("__annotations__", {}):
        return True
    if "__new__" in own and not known:
        return True  # it may give something else
    source = _source(kind)
    return source is None or _says(source, name)


def _says(source: str, name: str) -> bool:
    import re  # noqa: PLC0415

    return re.search(rf"\b{re.escape(name)}\b|\bsetattr\(|__dict__", source) is not None


def _source(kind: type) -> str | None:
    """Return the text of the module that defines a class, None for one that is not written in Python."""
    import inspect  # noqa: PLC0415

    if kind.__module__ not in SOURCES:
        try:
            SOURCES[kind.__module__] = inspect.getsource(sys.modules[kind.__module__])
        except (OSError, TypeError):
            return None
    return SOURCES[kind.__module__]
