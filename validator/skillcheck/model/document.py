"""A Markdown file: its blocks, headings, links and prose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from skillcheck.model.fault import Fault
from skillcheck.model.lean import dataclass
from skillcheck.model.place import Place


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `anchor` is its GitHub-style slug, unique in the document."""

    text: str
    level: int
    anchor: str
    place: Place


@dataclass(frozen=True, slots=True)
class Link:
    """A Markdown link, image or reference; `target` is as written, `text` what is shown."""

    target: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Directive:
    """What an HTML comment `<!-- skillcheck: … -->` before a fence asks for.

    `options` holds only known keys; a bare word such as `hidden` has the value `""`. Unknown keys and malformed
    comments are faults.
    """

    options: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Ignore:
    """A comment that asks not to be told of some codes, given by their beginnings, on the lines `first` to `last`."""

    codes: tuple[str, ...]
    reason: str
    place: Place
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class UnusedIgnore:
    """An ignore on whose lines nothing of its codes was found."""

    ignore: Ignore


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced code block.

    `text` is the content as CommonMark gives it (container indent and quote marks removed), ending in a newline unless
    empty. `line` is the Markdown line of its first content line, `column` that of its first character there; `place`
    is the opening fence. `language` is the first word of the info string in lower case, `info` the whole of it.
    """

    document: str
    index: int
    language: str
    info: str
    text: str
    line: int
    column: int
    place: Place
    headings: tuple[str, ...] = ()
    intro: str = ""
    directive: Directive = field(default_factory=Directive)
    closed: bool = True
    in_container: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A Markdown file of a skill.

    `relative` is its path inside the skill; `body_line` the line on which the text after the frontmatter begins.
    `prose` holds the lines outside frontmatter, fences and comments, each with its number.
    """

    path: str
    relative: str
    text: str
    body_line: int = 1
    blocks: tuple[Block, ...] = ()
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    prose: tuple[tuple[int, str], ...] = ()
    anchors: frozenset[str] = frozenset()
    ignores: tuple[Ignore, ...] = ()
