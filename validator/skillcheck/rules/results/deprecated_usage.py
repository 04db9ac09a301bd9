"""Result -> deprecated-usage."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillcheck.model import Place, Result, Severity
from skillcheck.rules.rule import Told, rule

_WARNED = re.compile(
    r"^(?P<path>[^\n:]+):(?P<line>\d+): (?P<kind>\w*(?:Deprecat\w*|RemovedIn\w*|FutureWarning)): (?P<text>[^\n]*)$",
    re.MULTILINE,
)
"""What Python writes of a warning that says so by its name: `SKILL.md:3: DeprecationWarning: use y()`."""
_LONGEST = 160


@rule("SK873", severity=Severity.WARNING)
def deprecated_usage(result: Result) -> Iterator[Told]:
    """A block uses what its library has deprecated.

    It runs with the releases that are installed. Whoever copies it copies what a later release takes away, and the
    library says what is to be used instead.
    """
    told = set[int]()
    for found in _WARNED.finditer(result.output):
        line = _line(result, found["path"], int(found["line"]))
        if line is not None and line not in told and result.block.directive.options.get("raises") != found["kind"]:
            told.add(line)
            place = Place(result.block.place.path, line, result.block.column)
            yield Told(
                place, f"{found['kind']}: {_shortened(found['text'])}", "use what the library names in its place"
            )


def _line(result: Result, path: str, line: int) -> int | None:
    """Return the Markdown line of the block that a program's line is, None if it is none of its own."""
    block = result.block
    if path != block.place.path:
        line += block.line - 1
    is_own = path in {block.place.path, result.unit.path} and block.line <= line < block.line + block.text.count("\n")
    return line if is_own else None


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
