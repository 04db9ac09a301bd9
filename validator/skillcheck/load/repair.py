"""Frontmatter that plain YAML refuses -> Data, by the repair that Claude Code tries."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from skillcheck.load.placed_yaml import BadYamlError, parse
from skillcheck.load.source import Source
from skillcheck.model import Data, Edit, Place

# measured with the client: a value on its key's line that holds one of these is put in quotes
_FIELD = re.compile(r"([a-zA-Z_-]+):\s+(.+)")
_SPECIAL = re.compile(r"[{}\[\]*&#!|>%@`]|: ")


@dataclass(frozen=True, slots=True)
class _Quoted:
    """Columns of a value before it was put in quotes."""

    start: int
    end: int


def repaired(source: Source, start: int, end: int) -> Data | None:
    """Parse with the values quoted; None where even that is not YAML."""
    first = source.line(start)
    quoted: dict[int, _Quoted] = {}
    lines: list[str] = []
    for number, line in enumerate(re.split(r"\r\n?|\n", source.text[start:end]), first):
        field = _FIELD.fullmatch(line)
        if field and _needs_quotes(field[2]):
            quoted[number] = _Quoted(field.start(2) + 1, len(line) + 1)
            lines.append(f"{field[1]}: {_quote(field[2])}")
        else:
            lines.append(line)
    text = "\n" * (first - 1) + "\n".join(lines)
    try:
        data = parse(Source(source.path, text), first - 1, len(text))
    except BadYamlError:
        return None
    return replace(
        data,
        values={pointer: _moved(place, quoted) for pointer, place in data.values.items()},
    )


def quoting(source: Source, offset: int) -> tuple[Edit, ...]:
    """Return the edit that puts the value on the line of `offset` in quotes, where the repair does so too."""
    number = source.line(offset)
    line = source.lines[number - 1]
    field = _FIELD.fullmatch(line)
    if field is None or not _needs_quotes(field[2]):
        return ()
    start = source.starts[number - 1] + field.start(2)
    return (Edit(source.place(start, start + len(field[2])), _quote(field[2])),)


def _needs_quotes(value: str) -> bool:
    is_quoted = any(value.startswith(mark) and value.endswith(mark) for mark in ('"', "'"))
    return not is_quoted and bool(_SPECIAL.search(value))


def _quote(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _moved(place: Place, quoted: dict[int, _Quoted]) -> Place:
    """Give a place in the quoted text its columns in the file."""
    column, end_column = place.column, place.end_column
    if column > 1 and place.line in quoted:
        column = quoted[place.line].start
    if place.end_line in quoted:
        end_column = quoted[place.end_line].end
    return replace(place, column=column, end_column=end_column)
