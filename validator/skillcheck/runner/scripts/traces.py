"""What a runtime of JavaScript wrote → the error that ended the program, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from skillcheck.model import Unit
from skillcheck.runner.layout import Layout

_HEAD = re.compile(
    r"(?m)^(?:Uncaught |error: |\(in promise\) |\[)*(?P<type>[A-Z]\w*(?:Error|Exception)|Error|error|ENOENT)"
    r"(?: \[(?P<code>[A-Z][A-Z_0-9]+)\])?:(?: (?P<message>.*))?$"
)
_BRACKET = re.compile(r"\](?: \{)?$")
_CODE = re.compile(r"(?m)^\s*code: ['\"](?P<code>[A-Z][A-Z_0-9]+)['\"]")
_FRAME = re.compile(r"(?:file://)?(?P<path>/[^\s():]+):(?P<line>\d+)(?::(?P<column>\d+))?")
_CARET = re.compile(r"[^\n]*\n[^\n]*\n(?P<before> *)\^")


@dataclass(frozen=True, slots=True)
class Raised:
    """An error: its type, its code where it has one, its message, and the line of a unit where it came up.

    `line` is the Markdown's, `column` the one in the block's text; `told` is all that was written of it.
    """

    type: str
    code: str
    message: str
    told: str
    unit: Unit | None = None
    line: int = 0
    column: int = 1

    @property
    def said(self) -> str:
        """The type and the message, as a runtime says them."""
        return f"{self.type}: {self.message}" if self.message else self.type


def raised(output: str, layout: Layout) -> Raised | None:
    """Return the last error that the output tells of, None if it tells of none."""
    head = next(reversed(list(_HEAD.finditer(output))), None)
    if head is None:
        return None
    told = output[head.start() :]
    code = head["code"] or next((found["code"] for found in _CODE.finditer(told)), "")
    message = " ".join((head["message"] or "").split())
    message = _BRACKET.sub("", message) if "[" in head[0][: head.start("type") - head.start()] else message
    kind = "Error" if head["type"] == "error" else head["type"]
    spots = [*_spots(told, layout), *reversed([*_spots(output[: head.start()], layout)])]
    unit, line, column = spots[0] if spots else (None, 0, 1)
    return Raised(kind, code, message, told, unit, line, column)


def _spots(text: str, layout: Layout) -> Iterator[tuple[Unit, int, int]]:
    """Yield the places in the program's own files that a text names."""
    for found in _FRAME.finditer(text):
        origin = layout.origin(found["path"], int(found["line"]))
        if origin is not None:
            caret = _CARET.match(text, found.end())
            column = int(found["column"] or (len(caret["before"]) + 1 if caret else 1))
            yield (*origin, column)
