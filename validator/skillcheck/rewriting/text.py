"""A file's text and the mismatches in it -> the text that says what is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from skillcheck.model import Expectation, Form, Mismatch

LONGEST = 1 << 16
"""What is kept of what is printed; as much as that may be only the beginning."""
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|\Z)")
_NOT_OF_PREFIX = re.compile(r"[^>\s]")
PROMPT = len(">>> ")
TRACEBACK = "Traceback (most recent call last):"
_TYPED = re.compile(r"\s*(?:>>>|\.\.\.)(?: |$)")
_FENCE = re.compile(r"\s*(?:`{3,}|~{3,})")


def rewritten(text: str, found: Sequence[Mismatch]) -> tuple[str, tuple[Mismatch, ...]]:
    """Return `text`, in which each mismatch now says what is printed, and those for which that cannot be written.

    Only their own lines change. What changes from run to run is left alone, and so is what cannot stand in Markdown.
    """
    lines = _LINE.findall(text)
    left = []
    for mismatch in sorted(found, key=lambda each: each.expectation.body, reverse=True):
        expected = mismatch.expectation
        made = _replacement(lines, mismatch) if mismatch.steady and _is_writable(mismatch) else None
        if made is None:
            left.append(mismatch)
        else:
            lines[expected.body - 1 : max(expected.place.end_line or 0, expected.body - 1)] = made
    return "".join(lines), tuple(reversed(left))


def _is_writable(mismatch: Mismatch) -> bool:
    return len(mismatch.got) < LONGEST and all(char.isprintable() or char in "\t\n" for char in mismatch.becomes)


def _replacement(lines: Sequence[str], mismatch: Mismatch) -> list[str] | None:
    """Return the lines that take the place of the expectation's, None where they cannot be made."""
    expected, printed = mismatch.expectation, mismatch.becomes.split("\n") if mismatch.becomes else []
    head, column = lines[expected.place.line - 1], expected.place.column - 1
    old = lines[expected.body - 1 : max(expected.place.end_line or 0, expected.body - 1)]
    end = _end(head) or "\n"
    if expected.form is Form.FENCE:
        prefix = _NOT_OF_PREFIX.sub(" ", head[:column])
        return None if any(map(_FENCE.match, printed)) else _merged(old, [_line(prefix, text, end) for text in printed])
    if expected.form is Form.SESSION:
        return _answered(old, expected, printed, _NOT_OF_PREFIX.sub(" ", head[: column - PROMPT]))
    before, comment = head[:column], head[column:]
    if not comment.startswith("#"):
        return None
    alone = not before.strip(" \t>")
    if expected.form is Form.LINES:
        return _commented(old, before, printed, end, alone=alone)
    if expected.body > expected.place.line:
        return _merged(old, [_line(f"{before}# ", text, end) for text in printed])
    mark = comment[: len(comment.rstrip()) - len(expected.text)]
    return [f"{before}{mark}{printed[0].strip()}{_end(head)}"]


def _answered(old: Sequence[str], expected: Expectation, printed: Sequence[str], prefix: str) -> list[str] | None:
    """Return what a session answers; what stands there for the stack of an exception is kept."""
    wanted, end = expected.text.split("\n"), _end(old[0]) or "\n"
    if printed[:1] == [TRACEBACK]:
        pairs = zip(old, wanted, printed, strict=False)
        made = [line if one == other else _line(prefix, other, end) for line, one, other in pairs]
        return made if len(wanted) == len(printed) else None
    if any(map(_TYPED.match, printed)):
        return None
    return _merged(old, [_line(prefix, text or "<BLANKLINE>", end) for text in printed])


def _commented(old: Sequence[str], before: str, printed: Sequence[str], end: str, *, alone: bool) -> list[str] | None:
    if alone:
        return _merged(old, [_line(f"{before}#> ", text, end) for text in printed])
    if len(printed) > 1:
        return None
    return [_line(f"{before}#> ", text, _end(old[0])) for text in printed] or [before.rstrip() + _end(old[0])]


def _end(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]


def _line(prefix: str, text: str, end: str) -> str:
    return f"{prefix}{text}".rstrip(" \t") + end


def _merged(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """Return the new lines, those that are the same but for blanks at their ends as they stood before."""
    return [*_kept(old, new)]


def _kept(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    plain = [line.rstrip() for line in old], [line.rstrip() for line in new]
    for tag, first, last, start, stop in SequenceMatcher(None, *plain, autojunk=False).get_opcodes():
        yield from old[first:last] if tag == "equal" else new[start:stop]
