"""What a YAML parser says -> a Fault in words that an author can act on."""

from __future__ import annotations

import re

from skillcheck.load.placed_yaml import BadYamlError
from skillcheck.load.source import Source
from skillcheck.load.yaml_slips import slip
from skillcheck.model import Edit, Fault, FaultKind, Place

_KEY = re.compile(r"\s*(?:-\s+)*([\w.-]+|\"[\w.-]+\"|'[\w.-]+')\s*:(?:\s+(.*)|$)")
_INDENT = re.compile(r"[ \t]*\t[ \t]*")
_RESERVED = frozenset(",]}")
_MARKS = "\"'"
_QUOTES = "put the whole value in quotes"
_QUOTED = "put it in quotes"
_BLOCK = "write the value that it belongs to as a block after `|`, with its lines indented"
_BEFORE_ENTRY = frozenset("[{,")


def bad_yaml(source: Source, start: int, error: BadYamlError) -> Fault:
    """Tell why the YAML that starts at `start` could not be parsed, at its exact place."""
    slipped = slip(source, start, error)
    if slipped:
        return Fault(FaultKind.BAD_YAML, source.place(slipped.offset), slipped.fact, slipped.remedy)
    fact, remedy = _explained(source, start, error)
    return Fault(FaultKind.BAD_YAML, source.place(error.offset), fact, remedy, _untabbed(source, error), safe=False)


def _untabbed(source: Source, error: BadYamlError) -> tuple[Edit, ...]:
    """Return the edit that indents the line with spaces, where a tab is what was refused."""
    number = source.line(error.offset)
    indent = _INDENT.match(source.lines[number - 1])
    if indent is None or source.text[error.offset : error.offset + 1] != "\t":
        return ()
    start = source.starts[number - 1]
    return (Edit(source.place(start, start + indent.end()), indent[0].replace("\t", "  ")),)


def _explained(source: Source, start: int, error: BadYamlError) -> tuple[str, str]:
    where = _where(source, start, error.offset)
    char = source.text[error.offset : error.offset + 1]
    problem = error.problem
    is_pair = "expected key" in problem or "expected ':'" in problem or "expected <block end>" in problem
    is_begun = "expected node content" in problem and char in _RESERVED
    reserved = is_begun or "cannot start any token" in problem or "not allowed in this context" in problem
    causes = (
        (
            "mapping values are not allowed" in problem,
            f"unquoted `: ` in {where}",
            _BLOCK if _is_spread(source, error.offset) else f"{_QUOTES}, or write it as a block after `>-`",
        ),
        (reserved and char == "\t", "a tab indents this line, and YAML takes only spaces", "indent with spaces"),
        (
            reserved and _is_entry(source, error.offset),
            f"{_shown(char)} starts an entry of {where} unquoted, which YAML reserves",
            _QUOTED,
        ),
        (reserved, f"{_shown(char)} starts {where} unquoted, which YAML reserves", _QUOTES),
        (
            problem.startswith("the tag ") or "tag handle" in problem or _is_in_tag(source, error.offset),
            f"unquoted `!` starts {where}, which YAML reads as a tag",
            _QUOTES,
        ),
        (
            "alphabetic or numeric" in problem or problem.endswith(("its own anchor", "`")),
            f"unquoted `*` or `&` starts {where}, which YAML reads as an alias or anchor",
            _QUOTES,
        ),
        (is_pair, *_stray(source, error.offset, where)),
        (char in {'"', "'"}, f"the quote `{char}` that opens {where} is never closed", "close the quote"),
        (
            char in {"{", "["},
            f"the `{char}` that opens {where} is never closed, or a comma is missing after it",
            _QUOTES,
        ),
        (
            "expected '-' indicator" in problem,
            f"`{_line(source, error.offset).strip()[:40]}` stands among the items of a list and is none",
            "begin it where the field above the list begins, or write `- ` before it",
        ),
        ("not indented deeper" in problem, f"{problem} in {where}", "indent the lines of that value"),
        (True, f"{problem} in {where}", "delete it, or quote the value"),
    )
    return next((fact, remedy) for applies, fact, remedy in causes if applies)


def _shown(char: str) -> str:
    return "a backtick" if char == "`" else f"`{char}`"


def _is_entry(source: Source, offset: int) -> bool:
    """Return whether an entry of a list or a mapping in brackets begins there."""
    return source.text[:offset].rstrip()[-1:] in _BEFORE_ENTRY


def _is_in_tag(source: Source, offset: int) -> bool:
    """Return whether the word that is refused there begins with an exclamation mark."""
    word = re.split(r"[\s\[{]", source.lines[source.line(offset) - 1][: source.place(offset).column - 1])[-1]
    return word.startswith("!")


def _stray(source: Source, offset: int, where: str) -> tuple[str, str]:
    place = source.place(offset)
    line = source.lines[place.line - 1]
    before, after = line[: place.column - 1].strip(), line[place.column - 1 :].strip()[:40]
    if before.strip("- "):
        return f"`{after}` follows the closing `{before[-1]}` of {where}", _QUOTES
    if _is_among_items(source, place):
        return f"`{after}` stands among the items of a list and is none", "write `- ` before it"
    above = source.lines[place.line - 2].rstrip()
    if place.column > 1 and above[-1:] in {'"', "'"} and not _KEY.match(line):
        return f"`{after}` follows the closing `{above[-1]}` of {where}", "put it before the quote, or delete it"
    if place.column > 1:
        return (
            f"`{after}` is indented by {place.column - 1} and belongs to no field above",
            "align it with its siblings",
        )
    if after.startswith("- "):
        return f"`{after}` is indented less than the items above it", "indent it as they are"
    return f"`{after}` is no `key: value` pair", f"write `key: value`, or {_BLOCK}"


def _line(source: Source, offset: int) -> str:
    return source.lines[source.line(offset) - 1]


def _is_spread(source: Source, offset: int) -> bool:
    """Return whether a value goes on below its line at the very beginning of lines, where quotes are of no help."""
    below = next(filter(str.strip, source.lines[source.line(offset) :]), "")
    return below[:1] not in " \t#-." and _KEY.match(below) is None


def _is_among_items(source: Source, place: Place) -> bool:
    """Return whether the line above is an item of a list, indented as far."""
    above = source.lines[place.line - 2]
    return above.startswith(f"{' ' * (place.column - 1)}- ")


def _where(source: Source, start: int, offset: int) -> str:
    """Name the value that holds `offset` by the nearest key before it."""
    first = source.line(start)
    for number in range(source.line(offset), first - 1, -1):
        match = _KEY.match(source.lines[number - 1])
        if match and source.starts[number - 1] + match.end(1) != offset:  # a key's own colon is what was refused
            return f"the value of `{match[1].strip(_MARKS)}`"
    return "the frontmatter"
