"""A block -> the path it is written to in the example project, where it names one."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from skillcheck.blocks import languages

_COMMENT = re.compile(r"\s*(?:#+(?!!)|//+|--|;+|<!--|/\*+|REM\b)\s*(?P<words>.*?)\s*(?:-->|\*+/)?\s*$")
_LABEL = re.compile(r"(?:file(?:\s*name|\s*path)?|path)\s*[:=]\s*", re.IGNORECASE)
_REMARK = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])$")
_SEGMENT = re.compile(r"[^\x00-\x1f\x7f\\/:*?\"<>|]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_LONGEST = 200


def in_comment(text: str, language: str) -> str | None:
    """Return the path that the first line holds, if it is a comment that holds nothing but a path of that language."""
    first, _, _ = text.lstrip("\n").partition("\n")
    comment = _COMMENT.match(first)
    if comment is None or not _is_comment(first, language):
        return None
    words = _REMARK.sub("", _LABEL.sub("", comment["words"], count=1)).strip("`'\"* ")
    words = words.removeprefix("./")
    return words if " " not in words and languages.suits(words, language) and is_safe(words) else None


def further(text: str, language: str) -> tuple[tuple[str, int], ...]:
    """Return the paths in comments further down, each below an empty line, with the number of lines before it."""
    lines = text.split("\n")
    begins = (
        number for number, line in enumerate(lines) if number and line[:1].strip() and not lines[number - 1].strip()
    )
    found = ((in_comment(lines[number], language), number) for number in begins)
    return tuple((path, number) for path, number in found if path)


def is_safe(path: str) -> bool:
    """Whether a path stays inside the folder it is written to, on every system."""
    segments = path.split("/")
    return len(path) <= _LONGEST and all(_is_safe_segment(segment) for segment in segments)


def is_path(words: str) -> bool:
    """Whether the words of a title could name a file: no spaces, and a suffix or a known name."""
    pure = PurePosixPath(words)
    return " " not in words and bool(pure.suffix or languages.of_path(words) or "/" in words)


def _is_safe_segment(segment: str) -> bool:
    return (
        _SEGMENT.fullmatch(segment) is not None
        and segment not in {".", ".."}
        and segment[-1] not in ". "
        and segment[0] not in "~ "
        and _RESERVED.fullmatch(segment) is None
    )


def _is_comment(line: str, language: str) -> bool:
    known = languages.named(language)
    if known is None:
        return False
    return line.lstrip().startswith(known.comment or "//")
