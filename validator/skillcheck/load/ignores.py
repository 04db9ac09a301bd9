"""Comments → Ignores: what their author does not want to be told of, and on which lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from skillcheck.load.inline import Comment
from skillcheck.load.source import Source
from skillcheck.model import Block, Fault, FaultKind, Ignore, Place

_ASKED = re.compile(r"\s*(?i:skillcheck)\s*:\s*ignore\b(?P<rest>.*)", re.DOTALL)
_YAML = re.compile(r"(?P<before>.*?)(?P<comment>(?:^|(?<=\s))#[ \t]*(?i:skillcheck)[ \t]*:[ \t]*ignore\b(?P<rest>.*))")
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
    """Read YAML comments: one behind a value is about its line, one alone about the next, or both around it.

    Those that stand together are all about the line below them.
    """
    if not any("skillcheck" in line.casefold() for line in source.lines[1 : body_line - 1]):
        return
    below = _below(source, {number for number in range(2, body_line) if _is_comment(source.lines[number - 1])})
    for number in range(2, body_line - 1):
        line = source.lines[number - 1]
        if "skillcheck" in line.casefold() and (asked := _YAML.fullmatch(line)):
            start = source.starts[number - 1] + asked.start("comment")
            place = source.place(start, start + len(asked["comment"].rstrip()))
            first = 1 if _is_comment(line) and number == 2 else number  # noqa: PLR2004 - the line below the first `---`
            last = number + 1 if _is_comment(line) else number
            if _is_comment(line) and _is_comment(source.lines[number]):
                first = last = below[number]  # which is there: the frontmatter ends with a line of its own
            yield _ignore(place, asked["rest"], first, last)


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")


def _below(source: Source, comments: Collection[int]) -> Sequence[int]:
    """Return for each line the next one at or below it that holds more than a comment, 0 where there is none."""
    found = [0] * (len(source.lines) + 2)
    for number in range(len(source.lines), 0, -1):
        is_text = number not in comments and source.lines[number - 1].strip()
        found[number] = number if is_text else found[number + 1]
    return found


def _of_text(source: Source, blocks: Sequence[Block], comments: Iterable[Comment]) -> Iterator[Ignore | Fault]:
    """Read HTML comments: one in a line is about that line, one alone about the next line or block.

    Those that stand together are all about what stands below them.
    """
    every = list(comments)
    if not any(_ASKED.fullmatch(comment.text) for comment in every):
        return
    lines = {comment: (source.line(comment.start), source.line(comment.end)) for comment in every}
    alone = {comment for comment in every if _is_alone(source, comment, *lines[comment])}
    inside = {number for comment in alone for number in range(lines[comment][0], lines[comment][1] + 1)}
    ends = {block.place.line: block.line + block.text.count("\n") for block in blocks}
    near, below = _below(source, ()), _below(source, inside)
    for comment in every:
        if asked := _ASKED.fullmatch(comment.text):
            first, last = lines[comment]
            if comment in alone and (following := below[last + 1]):
                first = first if near[last + 1] == following else following
                last = ends.get(following, following)
            yield _ignore(source.place(comment.start, comment.end), asked["rest"], first, last)


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
