"""Comments → Ignores: what their author does not want to be told of, and on which lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from skillcheck.load.inline import Comment
from skillcheck.load.source import Source
from skillcheck.model import Block, Fault, FaultKind, Ignore, Place

_ASKED = re.compile(r"\s*skillcheck\s*:\s*ignore\b(?P<rest>.*)", re.DOTALL)
_YAML = re.compile(r"(?P<before>.*?)(?P<comment>(?:^|(?<=\s))#[ \t]*skillcheck[ \t]*:[ \t]*ignore\b(?P<rest>.*))")
_CODES = re.compile(r"\s*(?P<codes>SK\d{0,3}(?:\s*,?\s*\bSK\d{0,3}\b)*)\b(?P<reason>.*)", re.DOTALL)
_BLANK = re.compile(r"\s*\Z")
_REMEDY = "name the code and why, as in `skillcheck: ignore SK409 the tables are long`"


def ignored(
    source: Source, body_line: int, blocks: Sequence[Block], comments: Iterable[Comment]
) -> tuple[tuple[Ignore, ...], tuple[Fault, ...]]:
    """Return what the comments of the frontmatter and of the text ask for; a fault for each that names no code."""
    found = [*_of_frontmatter(source, body_line), *_of_text(source, blocks, comments)]
    return (
        tuple(each for each in found if isinstance(each, Ignore)),
        tuple(each for each in found if isinstance(each, Fault)),
    )


def _of_frontmatter(source: Source, body_line: int) -> Iterator[Ignore | Fault]:
    """Read YAML comments: one behind a value is about its line, one alone about the next, or both around it."""
    for number in range(2, body_line - 1):
        line = source.lines[number - 1]
        if "skillcheck" in line and (asked := _YAML.fullmatch(line)):
            start = source.starts[number - 1] + asked.start("comment")
            place = source.place(start, start + len(asked["comment"].rstrip()))
            alone = not asked["before"].strip()
            first = 1 if alone and number == 2 else number  # noqa: PLR2004 - the line below the first `---`
            yield _ignore(place, asked["rest"], first, number + alone)


def _of_text(source: Source, blocks: Sequence[Block], comments: Iterable[Comment]) -> Iterator[Ignore | Fault]:
    """Read HTML comments: one in a line is about that line, one alone about the next line or block."""
    ends = {block.place.line: block.line + block.text.count("\n") for block in blocks}
    for comment in comments:
        if asked := _ASKED.fullmatch(comment.text):
            place = source.place(comment.start, comment.end)
            first, last = source.line(comment.start), source.line(comment.end)
            if _is_alone(source, comment, first, last):
                following = (line for line in range(last + 1, len(source.lines) + 1) if source.lines[line - 1].strip())
                last = next(following, last)
                last = ends.get(last, last)
            yield _ignore(place, asked["rest"], first, last)


def _is_alone(source: Source, comment: Comment, first: int, last: int) -> bool:
    """Return whether nothing else stands in the lines of a comment; a line may hold as many as a file does."""
    after = _BLANK.match(source.lines[last - 1], comment.end - source.starts[last - 1])
    start = comment.start
    while start > source.starts[first - 1] and source.text[start - 1].isspace():
        start -= 1
    return start == source.starts[first - 1] and after is not None


def _ignore(place: Place, rest: str, first: int, last: int) -> Ignore | Fault:
    said = _CODES.fullmatch(rest)
    if said is None:
        return Fault(FaultKind.BAD_DIRECTIVE, place, "the comment names no code to ignore", _REMEDY)
    codes = tuple(re.findall(r"SK\d{0,3}", said["codes"]))
    return Ignore(codes, " ".join(said["reason"].split()).strip(" :-"), place, first, last)
