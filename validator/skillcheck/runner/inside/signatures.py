"""A function and the arguments of a call → what it does not take."""

from __future__ import annotations

from typing import Any

from near import near  # type: ignore[import-not-found] # run as a folder, this one is on sys.path

Answer = dict[str, Any]


def called(function: object, item: Answer) -> Answer:
    """Return what is wrong with a call of `function`: `keywords` that it does not take, arguments too many or too few.

    `coroutine` says that what the call gives has to be awaited, and is not. Nothing is said of what may take its
    arguments in a way of its own.
    """
    import inspect  # noqa: PLC0415

    answer: Answer = {}
    if item.get("dropped") and inspect.iscoroutinefunction(function):
        answer["coroutine"] = True
    plain = function.__init__ if isinstance(function, type) else function  # type: ignore[misc]
    if item["keywords"] is None or hasattr(function, "__signature__"):
        return answer
    if inspect.isbuiltin(function) and getattr(function, "__text_signature__", None):
        return answer | _of_builtin(function, item)
    if not inspect.isfunction(plain):
        return answer
    if isinstance(function, type) and _makes_itself(function):
        return answer
    taken = [*inspect.signature(plain, follow_wrapped=False).parameters.values()][isinstance(function, type) :]
    return answer | _keywords(taken, item["keywords"]) | _counted(taken, item)


def _of_builtin(function: Any, item: Answer) -> Answer:  # noqa: ANN401 - there is no common type of what C defines
    import inspect  # noqa: PLC0415

    try:
        taken = [*inspect.signature(function).parameters.values()]
    except (ValueError, TypeError):  # what C has as a default cannot always be written in Python
        return {}
    return _keywords(taken, item["keywords"]) | _counted(taken, item)


def _keywords(taken: list[Any], keywords: list[str]) -> Answer:
    if any(parameter.kind is parameter.VAR_KEYWORD for parameter in taken):
        return {}
    names = [name.name for name in taken if name.kind in {name.POSITIONAL_OR_KEYWORD, name.KEYWORD_ONLY}]
    wrong = [keyword for keyword in keywords if keyword not in names]
    return {"keywords": {keyword: near(keyword, names) for keyword in wrong}, "takes": names} if wrong else {}


def _counted(taken: list[Any], item: Answer) -> Answer:
    """Return how many arguments are taken by position where more are given, and the names of those that are missing."""
    count = item.get("count")
    if count is None:
        return {}
    positional = [name for name in taken if name.kind in {name.POSITIONAL_ONLY, name.POSITIONAL_OR_KEYWORD}]
    if count > len(positional) and not any(name.kind is name.VAR_POSITIONAL for name in taken):
        return {"most": len(positional)}
    left = [*positional[count:], *(name for name in taken if name.kind is name.KEYWORD_ONLY)]
    missing = [name.name for name in left if name.default is name.empty and name.name not in item["keywords"]]
    return {"missing": missing} if missing and not item.get("open") else {}


def _makes_itself(kind: type) -> bool:
    """Whether calling `kind` is more than calling its `__init__`."""
    metas, kinds = type(kind).mro(type(kind)), kind.mro()
    return any("__call__" in vars(meta) for meta in metas if meta is not type and meta is not object) or any(
        "__new__" in vars(parent) for parent in kinds if parent is not object
    )
