"""A shell's text without branches → its commands, of which a trace tells which ran."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from skillcheck.runner.scripts.shell import HELD, TRACE, TRACED, commands

Span = tuple[int, int]
_BRANCH = re.compile(
    r"&&|\|\||;;|<<|\(\)|(?:^|[;|&])\s*[({})]"
    r"|(?:^|[;|&])\s*(?:if|then|else|elif|fi|for|while|until|do|done|case|esac|select|function|trap|exit|exec|return)\b",
    re.MULTILINE,
)
_COMMENT = re.compile(r"^\s*(?:#.*)?$")


def spans(text: str, first: int) -> tuple[Span, ...] | None:
    """Return the lines of each command of `text`, whose first line has the number `first`.

    None where which of them run is decided by others, or where a command's end is not that of its line.
    """
    typed = commands(text)
    if _BRANCH.search(typed):
        return None
    found = tuple(_commands(typed.split("\n"), first))
    return found if found and all(_is_closed(typed, first, span) for span in found) else None


def _commands(lines: list[str], number: int) -> Iterator[Span]:
    begin = None
    for line in lines:
        if begin is not None or not _COMMENT.match(line):
            begin = number if begin is None else begin
            if not line.endswith("\\"):
                yield begin, number
                begin = None
        number += 1


def _is_closed(text: str, first: int, span: Span) -> bool:
    """Whether each quotation of a command ends in it."""
    own = "\n".join(text.split("\n")[span[0] - first : span[1] - first + 1])
    bare = re.sub(r"\\.", "", own)
    return all(bare.count(mark) % 2 == 0 for mark in "'\"`")


def traced(folder: Path) -> Iterator[tuple[str, int]]:
    """Yield file and line of each command that shells began in this folder, as far as they were to note them."""
    try:
        with (folder / HELD / TRACE).open(encoding="utf-8", errors="replace") as noted:
            for line in noted:
                if found := TRACED.match(line):
                    yield found["path"], int(found["line"])
    except OSError:
        return
