"""Frontmatter that plain YAML refuses -> Data, by the repair that Claude Code tries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from skillcheck.load.placed_yaml import BadYamlError, parse
from skillcheck.load.source import Source
from skillcheck.model import Data, Edit, Json, Place
from skillcheck.model.lean import dataclass

# measured with the client: a value on its key's line that holds one of these is put in quotes
_FIELD = re.compile("([a-zA-Z_-]+):\\s+([^\r\u2028\u2029]+)")  # thus nothing where lines end in CRLF
_SPECIAL = re.compile(r"[{}\[\]*&#!|>%@`]|: ")
# measured with the client: it reads every character but NUL, takes a tab for two columns of indentation, ends
# a document at `...`, and a tag at the first character that none may hold, and lets a value begin with a comma
_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_END = re.compile(r"^\.\.\.([ \t]*)(?=\r?$|(?<=[ \t])#)", re.MULTILINE)
_MORE = re.compile(r"^(?!\.\.\.|[ \t]*(#|\r?$))", re.MULTILINE)
_EMPTY_FIRST = re.compile(r"(?:[ \t]*(?:#.*)?\r?\n)*\.\.\.(?=\s)")
_NAME = r"![A-Za-z\d-](?:[\w#;/?:@&=+$.~*'()-]|%[\dA-Fa-f]{2})*+"
_TAG = re.compile(_NAME, re.ASCII)
_TAG_WITHIN = re.compile(
    rf"(?P<before>[\[,][ \t]*|[{{,][ \t]*[\w-]+:[ \t]+)(?P<tag>{_NAME})(?=(?P<empty>[ \t]*[,\]}}])?)", re.ASCII
)
_ODD = re.compile(r"[^\w-]", re.ASCII)
_PAIR = re.compile(r"\\u([dD][89abAB][\da-fA-F]{2})\\u([dD][c-fC-F][\da-fA-F]{2})")
_ANCHOR = re.compile(r"(^[ \t]*(?:-[ \t]+)*|:[ \t]+)&([^\s,\[\]{}]+)")
_HEAD = re.compile(r"[ \t]*(?:-[ \t]+)*(?:(?:[\w.-]+|\"[^\"\n]*\"|'[^'\n]*')[ \t]*:[ \t]+)?")
_BLOCK = re.compile(r"(?:^|[:-][ \t]+)[|>][+\-\d]*[ \t]*(?:#.*)?$")
_TABS = re.compile(r"\t+")
_BEFORE_TABS = re.compile(r"\t|.*:[ \t]*$|$")


_COMMA = "\ue000"
"""Stands for a comma that begins a value, which no other parser takes."""
_FILLER = "\ue001"
"""Stands for what a character is written with besides."""


@dataclass(frozen=True, slots=True)
class _Quoted:
    """Columns of a value before it was put in quotes."""

    start: int
    end: int


def repaired(source: Source, start: int, end: int) -> Data | None:
    """Parse as Claude Code's parser does, then with the values quoted; None where even that is not YAML."""
    empty = _EMPTY_FIRST.match(source.text, start, end)
    if empty and _MORE.search(source.text, empty.end(), end):  # `...` ends an empty document, and a second one follows
        return None
    lenient = Source(source.path, source.text[:start] + _lenient(source.text[start:end]))
    try:
        data: Data | None = parse(lenient, start, len(lenient.text), any_tag=True)
    except BadYamlError as error:
        data = None if error.is_limit else _quoted(lenient, start, len(lenient.text))
    if data and (_COMMA in lenient.text or _FILLER in lenient.text):
        data = replace(data, value=_restored(data.value))
    return _narrowed(data, source, lenient) if data and len(lenient.text) > end else data


def paired(source: Source, start: int, end: int) -> Data | None:
    """Parse with two escapes taken for one character, as JSON has it; None where that is no YAML, or there are none."""
    text = source.text[:start] + _PAIR.sub(_character, source.text[start:end])
    if _FILLER not in text or _FILLER in source.text:
        return None
    try:
        data = parse(Source(source.path, text), start, end)
    except BadYamlError:
        return None
    return replace(data, value=_restored(data.value))


def _character(pair: re.Match[str]) -> str:
    """Return the character of two escapes, filled up to their width."""
    high, low = int(pair[1], 16), int(pair[2], 16)
    return chr(0x10000 + (high - 0xD800) * 0x400 + low - 0xDC00) + _FILLER * (len(pair[0]) - 1)


def _lenient(text: str) -> str:
    """Replace what other parsers refuse by what they read alike, character by character but for tabs that indent."""
    shown = _with_blocks(_PAIR.sub(_character, text).split("\n"))
    read = "\n".join(line if is_text else _read_alike(line) for line, is_text in shown)
    lines = _CONTROL.sub("\ufffd", read).split("\n")
    spaced = "\n".join(_spaced(line, before) for before, line in pairwise(("", *lines)))
    return _END.sub(lambda end: ("---" if _MORE.search(spaced, end.end()) else "   ") + " " * len(end[1]), spaced)


def _with_blocks(lines: list[str]) -> Iterator[tuple[str, bool]]:
    """Yield each line with whether it is of a text that a `|` or `>` begins."""
    depth = -1
    for line in lines:
        indent = len(line) - len(line.lstrip(" "))
        is_text = depth >= 0 and (indent > depth or not line.strip())
        yield line, is_text
        if not is_text:
            depth = indent if _BLOCK.search(line.rstrip("\r")) else -1


def _read_alike(line: str) -> str:
    """Take out of a line the tags that end where others go on, and what no other parser takes in names and values."""
    line = _ANCHOR.sub(lambda anchor: f"{anchor[1]}&{_ODD.sub('_', anchor[2])}", line) if "&" in line else line
    head = _HEAD.match(line)
    before, value = line[: head.end() if head else 0], line[head.end() if head else 0 :]
    if not before.strip():
        return line
    if value.startswith(("[", "{")):
        return before + _TAG_WITHIN.sub(_emptied, value)
    tag = _TAG.match(value)
    if tag and _ends_early(tag[0], value[tag.end() : tag.end() + 1]):
        before, value = before + " " * tag.end(), value[tag.end() :]
    return before + (f"{_COMMA}{value[1:]}" if value.startswith(",") else value)


def _ends_early(tag: str, follows: str) -> bool:
    """Return whether a tag holds, or is followed by, what no tag of other parsers may hold."""
    return "#" in tag or follows not in {"", "!", " ", "\t", "\r"}


def _emptied(found: re.Match[str]) -> str:
    """Return what stands between brackets without the tag, and nothing in its place where no value follows."""
    return f"{found['before']}{'~' if found['empty'] else ' '}{' ' * (len(found['tag']) - 1)}"


def _restored(value: Json) -> Json:
    """Return a value with its commas."""
    match value:
        case dict():
            return {key: _restored(inner) for key, inner in value.items()}
        case list():
            return [_restored(inner) for inner in value]
        case str():
            return (f",{value[1:]}" if value.startswith(_COMMA) else value).replace(_FILLER, "")
        case _:
            return value


def _spaced(line: str, before: str) -> str:
    """Indent with two spaces for each tab, where Claude Code's parser takes them."""
    tabs = _TABS.match(line)
    if not tabs or (line.strip() and not _BEFORE_TABS.match(before.rstrip("\r"))):
        return line
    return "  " * len(tabs[0]) + line[tabs.end() :]


def _quoted(source: Source, start: int, end: int) -> Data | None:
    first = source.line(start)
    quoted: dict[int, _Quoted] = {}
    lines: list[str] = []
    for number, line in enumerate(source.text[start:end].split("\n"), first):
        field = _FIELD.fullmatch(line)
        if field and _needs_quotes(field[2]):
            quoted[number] = _Quoted(field.start(2) + 1, len(line) + 1)
            lines.append(f"{field[1]}: {_quote(field[2])}")
        else:
            lines.append(line)
    text = "\n" * (first - 1) + "\n".join(lines)
    try:
        data = parse(Source(source.path, text), first - 1, len(text), any_tag=True)
    except BadYamlError:
        return None
    return replace(
        data,
        values={pointer: _moved(place, quoted) for pointer, place in data.values.items()},
    )


def _narrowed(data: Data, source: Source, lenient: Source) -> Data:
    """Give all places on lines that tabs indent the columns of the file."""
    pairs = enumerate(zip(source.lines, lenient.lines, strict=False), 1)
    wider = {number: len(after) - len(before) for number, (before, after) in pairs}

    def narrow(place: Place) -> Place:
        column = max(1, place.column - wider.get(place.line, 0))
        end_column = place.end_column and max(1, place.end_column - wider.get(place.end_line or place.line, 0))
        return replace(place, column=column, end_column=end_column)

    return replace(
        data,
        values={pointer: narrow(place) for pointer, place in data.values.items()},
        keys={pointer: narrow(place) for pointer, place in data.keys.items()},
        duplicates=tuple((pointer, narrow(place)) for pointer, place in data.duplicates),
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
    return not is_quoted and bool(_SPECIAL.search(value)) and not _is_list(value)


def _is_list(value: str) -> bool:
    """Whether a value is a whole list in brackets, which is left as it is."""
    if not (value.startswith("[") and value.endswith("]")):
        return False
    try:
        return isinstance(parse(Source("", value), 0, len(value)).value, list)
    except BadYamlError as error:
        return error.is_limit


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
