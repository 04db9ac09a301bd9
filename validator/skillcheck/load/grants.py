"""`allowed-tools` -> Grants, split as Claude Code splits it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from skillcheck.load.source import Source
from skillcheck.model import Data, Fault, FaultKind, Grant, Place, Pointer

OF_SKILLS = ("allowed-tools", "disallowed-tools", "disallowedTools")
OF_AGENTS = ("tools", "disallowedTools")
MOST = 1000
"""So many entries of a field are read, and one more; authors write a dozen."""

_SEPARATORS = " ,"
_OPEN = re.compile(r"(?<!\\)(?:\\\\)*\(")
_CLOSE = re.compile(r"(?<!\\)(?:\\\\)*\)")
_LISTED = re.compile(r"(?:[ \t]*-[ \t]+[^\n]*(?:\n|$))+\n*")
_AFTER_TOOL = re.compile(r"[\s(].*", re.DOTALL)
_ESCAPED = re.compile(r"\\([()\\])")


def grants(source: Source, data: Data, fields: tuple[str, ...] = OF_SKILLS) -> tuple[Grant, ...]:
    """Read the grants of the fields, each a string or a list of strings; other types give none."""
    named = [field for field in fields if field in data.mapping()]
    return tuple(chain.from_iterable(islice(_of_field(source, data, field), MOST + 1) for field in named))


def surplus(named: Sequence[Grant]) -> Iterator[Fault]:
    """Tell the fields that hold more entries than are read."""
    last = {grant.field: grant for grant in named} if len(named) > MOST else {}
    for field, grant in last.items():
        if sum(each.field == field for each in named) > MOST:
            fact = f"`{field}` holds more than the {MOST:,} entries that are read"
            yield Fault(FaultKind.TOO_LARGE, grant.place, fact, "grant less, or the tool as a whole")


def _of_field(source: Source, data: Data, field: str) -> Iterator[Grant]:
    value = data.mapping().get(field)
    if isinstance(value, str):
        yield from _of_text(source, data, (field,), value)
    for index, item in enumerate(value if isinstance(value, list) else ()):
        if isinstance(item, str):
            yield from _of_text(source, data, (field, index), item)


def split(text: str) -> Iterator[str]:
    """Split on commas and spaces outside parentheses; the first `)` closes, nothing nests."""
    if "(" not in text:
        yield from filter(None, map(str.strip, text.replace(",", " ").split(" ")))
        return
    current = ""
    inside = False
    for char in text:
        inside = char == "(" or (inside and char != ")")
        if char in _SEPARATORS and not inside:
            yield from _nonempty(current)
            current = ""
        else:
            current += char
    yield from _nonempty(current)


def _nonempty(text: str) -> Iterator[str]:
    if text.strip():
        yield text.strip()


def _of_text(source: Source, data: Data, pointer: Pointer, text: str) -> Iterator[Grant]:
    whole = data.place(*pointer)
    if not text.strip():
        yield Grant(text, "", None, whole, "an empty entry grants nothing", f"{pointer[0]}")
        return
    start, end = _span(source, whole)
    if _LISTED.fullmatch(text):
        first = text.split("\n", 1)[0].strip()
        place, _ = _find(source, first, start, end, whole)
        fact = "the lines are a text, not a list, for a `|` or `>` stands before them"
        yield Grant(first, "", None, place, fact, f"{pointer[0]}")
        return
    for part in split(text):
        place, start = _find(source, part, start, end, whole)
        tool, specifier, malformed = _read(part)
        yield Grant(part, tool, specifier, place, malformed, f"{pointer[0]}")


def _span(source: Source, place: Place) -> tuple[int, int]:
    end_line, end_column = place.end_line or place.line, place.end_column or place.column
    return source.starts[place.line - 1] + place.column - 1, source.starts[end_line - 1] + end_column - 1


def _find(source: Source, part: str, start: int, end: int, whole: Place) -> tuple[Place, int]:
    """Find the entry as written; where escapes or folds hide it, its tool, else the value as a whole."""
    found = source.text.find(part, start, end)
    if found < 0:
        part = _AFTER_TOOL.sub("", part)
        found = source.text.find(part, start, end) if part else -1
    return (source.place(found, found + len(part)), found + len(part)) if found >= 0 else (whole, start)


def _read(text: str) -> tuple[str, str | None, str | None]:
    """Return the tool of an entry, its specifier, and what is wrong with it."""
    opening = _OPEN.search(text) if "(" in text else None
    if opening is None:
        return text, None, "`)` closes no parenthesis" if ")" in text else _broken(text)
    tool = text[: opening.end() - 1]
    closings = list(_CLOSE.finditer(text, opening.end()))
    if not closings:
        return tool, text[opening.end() :], "the parenthesis is never closed"
    specifier = _ESCAPED.sub(r"\1", text[opening.end() : closings[-1].end() - 1])
    is_surplus = len(closings) > len(_OPEN.findall(text))
    malformed = f"one `)` of {len(closings)} closes no parenthesis" if is_surplus else None
    return tool, specifier, _misplaced(tool, text[closings[-1].end() :]) or malformed


def _broken(text: str) -> str | None:
    blank = re.search(r"\s", text)
    if blank is None:
        return None
    kind = {"\n": "a line break", "\r": "a line break", "\t": "a tab"}.get(blank[0], f"U+{ord(blank[0]):04X}")
    return f"{kind} does not separate tools, a comma or a space does"


def _misplaced(tool: str, after: str) -> str | None:
    if after:
        return f"`{after}` follows the closing parenthesis"
    if not tool:
        return "no tool stands before the parenthesis"
    if ")" in tool:
        return "`)` stands before the opening parenthesis"
    return _broken(tool)
