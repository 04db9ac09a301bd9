"""What a YAML parser refuses -> the slip that it comes from, where that stands elsewhere or has a name of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillcheck import facts
from skillcheck.load.placed_yaml import BadYamlError
from skillcheck.load.source import Source
from skillcheck.model.lean import dataclass

_UNSPACED = re.compile(r"[ \t]*(?P<key>[A-Za-z][\w-]*):(?P<next>[^ \t\r\n:/\\'\"])")
_WIDE_COLON = re.compile(r"[ \t]*(?P<key>[A-Za-z][\w-]*)[ \t]*(?P<colon>\uff1a)")
_EQUALS = re.compile(r"[ \t]*(?P<key>[A-Za-z][\w-]*)[ \t]*(?P<sign>[=-]>|=)")
_INDENTED = re.compile(r"[ \t]+(?P<key>[A-Za-z][\w-]*):(?:\s|$)")
_ODD_SPACE = re.compile("[\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff]")
_ESCAPE = re.compile(r"\\.")
_BACKSLASH = "write the backslash twice, or put the value in single quotes"
_END = "..."


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong, at which offset of the source, and what to do."""

    offset: int
    fact: str
    remedy: str


def slip(source: Source, start: int, error: BadYamlError) -> Slip | None:
    """Return the slip behind what was refused in the YAML that starts at `start`, None where the words are all."""
    found = list(_slips(source, start, error))
    return found[0] if found else None


def _slips(source: Source, start: int, error: BadYamlError) -> Iterator[Slip]:
    problem = error.problem
    if "nested deeper" in problem or "aliases written out" in problem:
        yield Slip(error.offset, problem, "flatten the value")
    elif "escape" in problem or "hexdecimal" in problem:
        yield from _escape(source, error.offset)
    elif "<document start>" in problem:
        yield from _directive(source, error.offset)
        yield from _ended(source, start, error.offset)
    elif "expected comment or line break" in problem:
        yield from _block(source, error.offset)
    elif source.text[error.offset : error.offset + 1] == "[":
        yield from _braced(source, error.offset)
    elif "mapping values are not allowed" in problem:
        yield from _of_colons(source, source.line(error.offset) - 1, source.line(start))
        yield from _indented(source, error.offset)
    elif "expected ':'" in problem:
        yield from _of_colons(source, source.line(error.offset), source.line(start))


def _of_colons(source: Source, number: int, first: int) -> Iterator[Slip]:
    """Look at a line whose colon makes no pair: for what stands behind it, or in its place."""
    line = source.lines[number - 1] if number >= first else ""
    at = source.starts[number - 1]
    if found := _WIDE_COLON.match(line):
        fact = f"`\uff1a` (U+FF1A) stands after `{found['key']}` where `:` belongs"
        yield Slip(at + found.start("colon"), fact, "write `: `")
    elif (found := _EQUALS.match(line)) and _is_field(found["key"]):
        fact = f"`{found['sign']}` stands after `{found['key']}` where `:` belongs"
        yield Slip(at + found.start("sign"), fact, "write `: `")
    elif (found := _UNSPACED.match(line)) and _is_field(found["key"]):
        odd = _ODD_SPACE.match(found["next"])
        fact = f"no space stands after `{found['key']}:`"
        if odd:
            fact = f"U+{ord(odd[0]):04X} stands after `{found['key']}:` where a space belongs"
        yield Slip(at + found.start("next"), fact, "write a space" if odd else "write a space after the colon")


def _indented(source: Source, offset: int) -> Iterator[Slip]:
    """Tell a field whose own colon is refused; another one in its line stands in its value."""
    number = source.line(offset)
    found = _INDENTED.match(source.lines[number - 1])
    colon = source.starts[number - 1] + (found.end("key") if found else 0)
    if found and colon == offset and _is_field(found["key"]):
        fact = f"`{found['key']}:` is indented, so YAML takes it for more of the field above"
        fix = f"write `{found['key']}` at the beginning of the line"
        yield Slip(source.starts[number - 1] + found.start("key"), fact, fix)


def _braced(source: Source, offset: int) -> Iterator[Slip]:
    """Tell a brace in an entry of the list that begins there; the parser points at its beginning."""
    brace, end = source.text.find("{", offset), source.text.find("]", offset)
    if 0 <= brace < end:
        yield Slip(
            brace, "`{` stands in an entry of the list unquoted, and YAML reserves it", "put the entry in quotes"
        )


def _escape(source: Source, offset: int) -> Iterator[Slip]:
    """Name the escape in quotes; the parser points behind the backslash."""
    for found in [*_ESCAPE.finditer(source.text, max(0, offset - 2), offset + 2)][:1]:
        yield Slip(found.start(), f"`{found[0]}` in double quotes is no escape of YAML", _BACKSLASH)


def _directive(source: Source, offset: int) -> Iterator[Slip]:
    """Tell a line that begins with `%`, which the parser takes for the beginning of another document."""
    number = source.line(offset)
    for at in (number, number - 1):
        if source.lines[at - 1].startswith("%"):
            fact = f"`{source.lines[at - 1][:40].rstrip()}` begins with `%`, which YAML reserves for directives"
            yield Slip(source.starts[at - 1], fact, "delete the line")


def _ended(source: Source, start: int, offset: int) -> Iterator[Slip]:
    for number in range(source.line(offset), source.line(start) - 1, -1):
        if source.lines[number - 1].rstrip() == _END:
            fact = f"`{_END}` ends the YAML, but more of it follows"
            yield Slip(source.starts[number - 1], fact, f"delete the line `{_END}`")


def _block(source: Source, offset: int) -> Iterator[Slip]:
    line = source.line(offset)
    begin = source.starts[line - 1]
    mark = max(begin, *(source.text.rfind(char, begin, offset + 1) for char in "|>"))
    fact = f"`{source.text[mark]}` begins a block, and text follows it on its line"
    yield Slip(mark, fact, "put the text on the next line, indented, or put the whole value in quotes")


def _is_field(key: str) -> bool:
    known = facts.frontmatter()
    return key in known.fields or key in known.aliases
