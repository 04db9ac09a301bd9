"""Source of a SKILL.md -> Frontmatter, read as Claude Code reads it."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from skillcheck.load.grants import grants, surplus
from skillcheck.load.placed_yaml import BadYamlError, parse
from skillcheck.load.repair import paired, quoting, repaired
from skillcheck.load.source import Source
from skillcheck.load.yaml_faults import bad_yaml
from skillcheck.model import Data, Edit, Fault, FaultKind, Frontmatter, Place
from skillcheck.model.lean import dataclass

# measured with the client: `^---\s*\n([\s\S]*?)---\s*\n?`, so the first three dashes anywhere close it
_OPENING = re.compile(r"---\s*\n")
_BLANK = re.compile(r"[\ufeff\s]+")
_FENCES = ("```", "~~~")
_FIELD = re.compile(r"(?:name|description)[ \t]*:")
_LONGEST_LINK = 300
_LINK = re.compile(r"(?:\.{1,2}/)+[\w.@/-]+\s*")
_DASHES = "---"
_TOP = 20  # lines among which frontmatter that opens too late is looked for
_ADD = "begin the file with `---`, then `name: …` and `description: …`, then `---`"


@dataclass(frozen=True, slots=True)
class Extent:
    """Where the YAML starts and ends in a text, the line of the first body line, and the text down to there."""

    start: int
    end: int
    body_line: int
    head: Source


def extent(source: Source) -> Extent | None:
    """Find the frontmatter; None where the client finds none."""
    opening = _OPENING.match(source.text)
    if not opening:
        return None
    end = source.text.find(_DASHES, opening.end())
    if end < 0:
        return None
    below = source.text.find("\n", end)
    head = Source(source.path, source.text[:below]) if below >= 0 else source
    return Extent(opening.end(), end, head.line(end) + 1, head)


def frontmatter(source: Source) -> tuple[Frontmatter, int]:
    """Read the frontmatter; return it with the line on which the body begins."""
    found = extent(source)
    if found is None:
        return unread(_missing(source)), 1
    read, line = _frontmatter(source, found), found.head.line(found.start)
    return read if line == read.line else replace(read, line=line), found.body_line


def unread(*faults: Fault) -> Frontmatter:
    """Return the frontmatter of a file in which none could be read."""
    place = Place(faults[0].place.path)
    return Frontmatter(Data({}, {(): place}), place, "", faults)


def is_frontmatter(found: Extent) -> bool:
    """Whether what looks like frontmatter is a mapping, not text between two rules."""
    try:
        return isinstance(parse(found.head, found.start, found.end).value, dict)
    except BadYamlError:
        return False


def _frontmatter(source: Source, found: Extent) -> Frontmatter:
    cut = _cut(found.head, found)
    text = source.text[found.start : found.end]
    place = found.head.place(0, len(_DASHES))
    try:
        data = _parsed(source, found)
    except BadYamlError as error:
        fault = bad_yaml(source, found.start, error)
        mended = repaired(source, found.start, found.end)
        if mended is not None or "\r" in text:  # in such lines Claude Code does not quote, though it would help
            fault = replace(fault, edits=fault.edits or quoting(source, error.offset), safe=not fault.edits)
        faults = cut or (fault,)
        if mended is None or not isinstance(mended.value, dict):
            cut = tuple(replace(each, fact=f"{each.fact}, and what is left of it is no YAML") for each in cut)
            faults = (*cut, fault) if cut and _is_before(source, error.offset, cut[0].place) else cut or faults
            is_empty = mended is not None and mended.value is None and not cut
            return Frontmatter(_empty(source, found), place, text, faults, repaired=is_empty)
        return Frontmatter(mended, place, text, faults, repaired=not cut, grants=grants(source, mended))
    if isinstance(data.value, dict):
        named = grants(found.head, data)
        return Frontmatter(data, place, text, (*cut, *surplus(named)), grants=named)
    faults = cut if data.value is None else (*cut, _not_a_mapping(data))
    return Frontmatter(_empty(source, found), place, text, faults)


def _parsed(source: Source, found: Extent) -> Data:
    try:
        return parse(found.head, found.start, found.end)
    except BadYamlError:
        data = paired(source, found.start, found.end)
        if data is None:
            raise
        return data


def _is_before(source: Source, offset: int, cut: Place) -> bool:
    """Return whether what is refused stands before the value that was cut off, and so does not come of that."""
    colon = source.text.find(":", source.starts[cut.line - 1])
    return offset <= colon


def _empty(source: Source, found: Extent) -> Data:
    return Data({}, {(): source.place(found.start, found.end)})


def _cut(source: Source, found: Extent) -> tuple[Fault, ...]:
    """Tell dashes in the middle of a line, which end the frontmatter where nobody expects it."""
    line = source.lines[source.line(found.end) - 1]
    place = source.place(found.end, found.end + len(_DASHES))
    before = line[: place.column - 1]
    if not before.strip():
        return ()
    fact = f"`---` after `{before.strip()[-40:]}` ends the frontmatter in the middle of the line"
    return (Fault(FaultKind.BAD_YAML, place, fact, "write a dash `—` or a comma instead of `---`"),)


def _not_a_mapping(data: Data) -> Fault:
    shape = "a list" if isinstance(data.value, list) else f"the single value `{str(data.value)[:40]}`"
    fact = f"the frontmatter is {shape}, not `key: value` pairs"
    return Fault(FaultKind.NOT_A_MAPPING, data.place(), fact, "write one `key: value` a line")


def _missing(source: Source) -> Fault:
    fact, remedy = _why_missing(source)
    return Fault(FaultKind.NO_FRONTMATTER, Place(source.path), fact, remedy, _uncovered(source))


def _uncovered(source: Source) -> tuple[Edit, ...]:
    """Return the edit that deletes blank lines and marks before the first `---`, if that makes it frontmatter."""
    blank = _BLANK.match(source.text)
    end = blank.end() if blank else 0
    rest = Source(source.path, source.text[end:])
    return (Edit(source.place(0, end), ""),) if end and extent(rest) else ()


def _opened_later(source: Source) -> int:
    """Return the line at the top of a text on which frontmatter opens below other lines, 0 if on none."""
    top = tuple(enumerate(source.lines[:_TOP], 1))
    pairs = ((number, below) for (number, line), (_, below) in pairwise(top) if line.rstrip() == _DASHES)
    return next((number for number, below in pairs if _FIELD.match(below)), 0)


def _why_missing(source: Source) -> tuple[str, str]:
    first = next((number for number, line in enumerate(source.lines, 1) if line.strip("\ufeff \t")), 1)
    line = source.lines[first - 1]
    below = source.lines[first] if len(source.lines) > first else ""
    later = 0 if line.lstrip("\ufeff \t").startswith((_DASHES, *_FENCES)) else _opened_later(source)
    is_cr = "\n" not in source.text and "\r" in source.text
    causes = (
        (not source.text.strip(), "the file is empty", _ADD),
        (
            len(source.text) <= _LONGEST_LINK and _LINK.fullmatch(source.text) is not None,
            "the file holds a path alone, as git leaves it of a symbolic link that it cannot make",
            "commit it as a symbolic link, or copy the file",
        ),
        (
            line.startswith(_FENCES) and below.strip() == _DASHES,
            f"line {first} opens a code fence around the whole file, frontmatter and all",
            "delete the lines of the fence",
        ),
        (
            line.startswith(_FENCES) and _FIELD.match(below) is not None,
            f"the fields stand in a code fence, which line {first} opens, not between lines of `---`",
            "put `---` in the place of both marks",
        ),
        (
            bool(later),
            f"the frontmatter opens on line {later}, not on line 1",
            "move what stands before it below it, or delete that",
        ),
        (
            _FIELD.match(line) is not None,
            f"the fields from line {first} on do not stand between lines of `---`",
            "write `---` on a line before them, and on one after them",
        ),
        (
            not line.lstrip("\ufeff \t").startswith(_DASHES),
            f"the file has no frontmatter: line {first} is not `---`",
            _ADD,
        ),
        (
            first > 1,
            f"the frontmatter opens on line {first}, not on line 1",
            "delete what stands before the first `---`",
        ),
        (is_cr, "lines end in a carriage return alone, so no frontmatter is found", "save the file with line feeds"),
        (
            line.startswith("\ufeff"),
            "a second byte order mark stands before the first `---`",
            "delete the byte order marks",
        ),
        (line.rstrip() != _DASHES, f"line 1 is `{line[:40]}`, not `---`", "write exactly `---` on line 1"),
        (True, "the frontmatter that line 1 opens is never closed", "put `---` on a line after the last field"),
    )
    return next((fact, remedy) for applies, fact, remedy in causes if applies)
