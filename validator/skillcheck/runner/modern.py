"""Python that does not parse → the release that reads it, where nothing else is wrong with it."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable

TYPE = re.compile(r"(?m)^(?P<before>[ \t]*)type[ \t]+(?P<name>\w+)(?=[ \t]*=)")
GENERIC = re.compile(r"(?m)^[ \t]*(?:(?:async[ \t]+)?def|class|type)[ \t]+\w+(?=\[)")
EXCEPT = re.compile(
    r"(?m)^(?P<before>[ \t]*except\*?[ \t]+)(?P<types>TYPE(?:[ \t]*,[ \t]*TYPE)+)(?=[ \t]*:)".replace(
        "TYPE", r"(?:\w+\.)*[A-Z]\w*"
    )
)
TEMPLATE = re.compile(r"(?<![\w'\"])(?P<raw>[rR]?)[tT](?P<more>[rR]?)(?=['\"])")
FORMATTED = re.compile(r"(?<![\w'\"])(?:[fF][rR]?|[rR][fF])(?P<quote>\"\"\"|'''|\"|')")
LONGEST = 100_000


def needed(text: str) -> str:
    """Return the first release of Python that reads a text, empty where none does or this one would.

    What is new is written as earlier releases have it; what then parses has nothing else wrong with it.
    """
    if len(text) > LONGEST:
        return ""
    since = ""
    for release, written in WAYS:
        if (older := written(text)) != text:
            since, text = max(since, release), older
            if _parses(text):
                return since
    return ""


def _parses(text: str) -> bool:
    """Whether this Python compiles a text: some of what is wrong is found only behind the parser."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what the text says: it is none of ours
        try:
            compile(text, "<block>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False
    return True


def _without_parameters(text: str) -> str:
    """Return a text whose functions, classes and aliases of types have no parameters of types."""
    kept, end = list[str](), 0
    for found in GENERIC.finditer(text):
        if found.start() >= end:
            kept.append(text[end : found.end()])
            end = _closed(text, found.end())
    return TYPE.sub(r"\g<before>\g<name>", "".join([*kept, text[end:]]))


def _closed(text: str, start: int) -> int:
    """Return where the bracket at `start` is closed, the end of the text where it never is."""
    depth = 0
    for position in range(start, len(text)):
        depth += {"[": 1, "]": -1}.get(text[position], 0)
        if not depth:
            return position + 1
    return len(text)


def _without_formatted(text: str) -> str:
    """Return a text with an empty string for each that is formatted on one line."""
    kept, end = list[str](), 0
    for found in FORMATTED.finditer(text):
        if found.start() >= end:
            last = _string_end(text, found.end(), found["quote"])
            whole = text[found.start() : last]
            kept += [text[end : found.start()], whole if "\n" in whole else '""']
            end = last
    return "".join([*kept, text[end:]])


def _string_end(text: str, start: int, quote: str) -> int:
    """Return where a formatted string ends: its quote counts outside of braces alone."""
    depth, position = 0, start
    while position < len(text):
        if not depth and text.startswith(quote, position):
            return position + len(quote)
        if text.startswith(("{{", "}}"), position) and not depth:
            position += 1
        elif text[position] in "{}":
            depth += 1 if text[position] == "{" else -1
        elif text[position] == "\\":
            position += 1
        position += 1
    return len(text)


def _with_tuples(text: str) -> str:
    return EXCEPT.sub(r"\g<before>(\g<types>)", text)


def _without_templates(text: str) -> str:
    return TEMPLATE.sub(r"\g<raw>f\g<more>", text)


WAYS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("3.12", _without_parameters),
    ("3.14", _with_tuples),
    ("3.14", _without_templates),
    ("3.12", _without_formatted),
)
"""What is new in the syntax of a release; most texts have formatted strings, so what these may hold is tried last."""
