"""Comments and info strings -> Directives on the fences they stand before."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from difflib import get_close_matches

from skillcheck.load.info import options_of
from skillcheck.load.inline import Comment
from skillcheck.load.source import Source
from skillcheck.model import Block, Directive, Fault, FaultKind, Place
from skillcheck.model.lean import dataclass

FLAGS = frozenset({"skip", "network", "hidden", "run", "output"})
LEVELS = ("shown", "parsed", "resolved", "ran", "covered")
_VALUED = {
    "reason": 'reason="needs a database"',
    "level": "level=parsed",
    "file": "file=src/app.py",
    "after": "after=setup",
    "raises": "raises=ValueError",
    "timeout": "timeout=5",
}
_KNOWN = (*sorted(FLAGS), *sorted(_VALUED))
_MARK = re.compile(r"\s*(?i:skillcheck)\s*:")
_UNMARKED = re.compile(rf"\s*(?i:skillcheck)\s+(?:{'|'.join(_KNOWN)})(?:[\s=]|$)")
_IGNORE = re.compile(r"\s*(?i:skillcheck)\s*:\s*ignore\b")
_CONTINUED = re.compile(r"(\r\n?|\n)[ \t>]*")
_CONTAINER = re.compile(r"[\s>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*[\s>]*")
_NAME = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")


@dataclass(slots=True)
class _Reading:
    """A comment's options while they are read."""

    place: Place
    options: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, fact: str, remedy: str) -> None:
        self.faults.append(Fault(FaultKind.BAD_DIRECTIVE, self.place, fact, remedy))


def attach(
    source: Source, blocks: tuple[Block, ...], comments: tuple[Comment, ...]
) -> tuple[tuple[Block, ...], tuple[Fault, ...]]:
    """Give each block its directive; directives before no fence are faults."""
    if not comments:
        return tuple(_directed(source, block, ()) for block in blocks), ()
    comments = tuple(sorted(comments, key=lambda comment: comment.start))
    before: dict[int, list[Comment]] = {}
    faults: list[Fault] = []
    for comment, index in _targets(source, blocks, comments):
        if index is None:
            faults.append(_dangling(source, comment))
        else:
            before.setdefault(index, []).append(comment)
    return tuple(_directed(source, block, before.get(block.index, ())) for block in blocks), tuple(faults)


def _is_directive(comment: Comment) -> bool:
    marked = _MARK.match(comment.text) or _UNMARKED.match(comment.text)
    return bool(marked) and not _IGNORE.match(comment.text)


def _targets(
    source: Source, blocks: Sequence[Block], comments: Sequence[Comment]
) -> Iterator[tuple[Comment, int | None]]:
    """Pair each directive with the block that it stands directly before, other comments between allowed."""
    fences = [(source.starts[block.place.line - 1] + block.place.column - 1, block.index) for block in blocks]
    stops = sorted(
        [(comment.start, None, comment) for comment in comments] + [(at, i, None) for at, i in fences],
        key=lambda stop: stop[0],
    )
    target: int | None = None
    found: list[tuple[Comment, int | None]] = []
    following = len(source.text)
    for at, index, comment in reversed(stops):
        if comment is None:
            target = index
        else:
            if not _CONTAINER.fullmatch(source.text, comment.end, max(comment.end, following)):
                target = None
            if _is_directive(comment):
                found.append((comment, target))
        following = at
    yield from reversed(found)


def _directed(source: Source, block: Block, comments: Sequence[Comment]) -> Block:
    options = options_of(block.info)
    if not comments:
        return replace(block, directive=Directive(options)) if options else block
    reading = _Reading(source.place(comments[0].start, comments[-1].end), {})
    for comment in comments:
        reading.place = source.place(comment.start, comment.end)
        _read(reading, comment.text)
    place = source.place(comments[0].start, comments[0].end)
    return replace(block, directive=Directive({**options, **reading.options}, tuple(reading.faults), place))


def _dangling(source: Source, comment: Comment) -> Fault:
    place = source.place(comment.start, comment.end)
    fact = f"the directive `{' '.join(comment.text.split())[:60]}` stands directly before no fence"
    return Fault(FaultKind.BAD_DIRECTIVE, place, fact, "put it on the line above the fence, or delete it")


def _read(reading: _Reading, text: str) -> None:
    marked = _MARK.match(text)
    if not marked:
        reading.fault("`skillcheck` without a colon is not read", "write `<!-- skillcheck: … -->`")
        return
    try:
        words = shlex.split(_CONTINUED.sub("\n", text[marked.end() :]))
    except ValueError as error:
        reading.fault(f"the directive is not closed: {str(error).lower()}", 'quote values as in reason="needs a key"')
        return
    if not words:
        reading.fault("the directive asks for nothing", f"name one of {', '.join(_KNOWN)}")
    for word in words:
        _option(reading, *word.rstrip(",").partition("="))


def _option(reading: _Reading, key: str, equals: str, value: str) -> None:
    if key not in _KNOWN:
        _unknown(reading, key)
    elif key in reading.options:
        reading.fault(f"`{key}` is given twice", "keep one of them")
    elif key in FLAGS and equals:
        reading.fault(f"`{key}` takes no value, got `{value}`", f"write `{key}` alone")
    elif key in _VALUED and (problem := _problem(key, value.strip())):
        reading.fault(problem, f"write as in `{_VALUED[key]}`")
    else:
        reading.options[key] = value.strip()


def _unknown(reading: _Reading, key: str) -> None:
    close = get_close_matches(key.lower(), _KNOWN, n=1)
    remedy = f"did you mean `{close[0]}`" if close else f"use one of {', '.join(_KNOWN)}"
    reading.fault(f"unknown option `{key}`", remedy)


def _problem(key: str, value: str) -> str | None:
    if not value:
        return f"`{key}` has no value"
    match key:
        case "level" if value not in LEVELS:
            return f"`level` is `{value}`, not one of {', '.join(LEVELS)}"
        case "timeout" if not _is_seconds(value):
            return f"`timeout` is `{value}`, not a number of seconds above 0"
        case "raises" if not _NAME.fullmatch(value):
            return f"`raises` is `{value}`, not the name of an exception"
        case "file" if _leaves(value):
            return f"`file` is `{value}`, not a path inside the project"
        case _:
            return None


def _is_seconds(value: str) -> bool:
    return bool(re.fullmatch(r"\d{1,6}(?:\.\d{1,6})?|\.\d{1,6}", value, re.ASCII)) and float(value) > 0


def _leaves(path: str) -> bool:
    return path.startswith(("/", "~", "\\")) or ".." in re.split(r"[/\\]", path) or path[1:2] == ":"
