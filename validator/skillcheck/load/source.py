"""Bytes of a file -> its text, with a place for every offset."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate

from skillcheck.model import Fault, FaultKind, Place
from skillcheck.model.lean import dataclass

_LINE_END = re.compile(r"\r\n?|\n")
_BOM = "\ufeff"
_MARKS = {  # the longer first, for the mark of UTF-32 begins with that of UTF-16
    b"\xff\xfe\0\0": "utf-32-le",
    b"\0\0\xfe\xff": "utf-32-be",
    b"\xff\xfe": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
}
_SAMPLE = 8  # bytes: four letters


@dataclass(frozen=True)
class Source:
    """The text of a file, without its byte order mark; offsets count characters from 0."""

    path: str
    text: str

    @cached_property
    def starts(self) -> list[int]:
        """Offsets at which lines start."""
        if "\r" not in self.text:
            return [0, *accumulate(map((1).__add__, map(len, self.lines[:-1])))]  # a loop takes six times as long
        return [0, *(end.end() for end in _LINE_END.finditer(self.text))]

    @cached_property
    def lines(self) -> list[str]:
        """Lines without their ends; the last is empty where the text ends in one."""
        return _LINE_END.split(self.text) if "\r" in self.text else self.text.split("\n")

    def line(self, offset: int) -> int:
        """Return the number, from 1, of the line that holds `offset`."""
        return bisect_right(self.starts, offset)

    def place(self, start: int, end: int | None = None) -> Place:
        """Return the point at `start`, or the span up to `end`."""
        starts = self.starts
        line = bisect_right(starts, start)
        column = start - starts[line - 1] + 1
        if end is None:
            return Place(self.path, line, column)
        end_line = bisect_right(starts, end)
        return Place(self.path, line, column, end_line, end - starts[end_line - 1] + 1)


def decode(path: str, content: bytes) -> tuple[Source, tuple[Fault, ...]]:
    """Read `content` as UTF-8; a wrong byte is told once and stands as U+FFFD in the text."""
    if wide := _wide(content):
        fact = f"the file is {wide.upper().removesuffix('-LE').removesuffix('-BE')}, not UTF-8"
        text = content.decode(wide, "replace").removeprefix(_BOM)
        return Source(path, text), (Fault(FaultKind.NOT_UTF8, Place(path), fact, "save the file as UTF-8"),)
    try:
        return Source(path, content.decode("utf-8").removeprefix(_BOM)), ()
    except UnicodeDecodeError as error:
        source = Source(path, content.decode("utf-8", "replace").removeprefix(_BOM))
        before = content[: error.start].decode("utf-8").removeprefix(_BOM)
        return source, (_not_utf8(source.place(len(before)), content, error),)


def _wide(content: bytes) -> str | None:
    """Return the encoding of two or four bytes a character that a file is in: by its mark, or by its first letters."""
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return encoding
    start = content[:_SAMPLE]
    for encoding, zeros in (("utf-16-le", start[1::2]), ("utf-16-be", start[::2])):
        if len(start) == _SAMPLE and not any(zeros) and len(set(start)) > 1:
            return encoding
    return None


def _not_utf8(place: Place, content: bytes, error: UnicodeDecodeError) -> Fault:
    fact = f"byte 0x{content[error.start]:02x} at offset {error.start} is not UTF-8"
    return Fault(FaultKind.NOT_UTF8, place, fact, "save the file as UTF-8")
