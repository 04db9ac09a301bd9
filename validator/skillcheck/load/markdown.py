"""Source of a Markdown file -> Document: blocks, headings, links and prose."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import cache
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from skillcheck.load import inline
from skillcheck.load.directives import attach
from skillcheck.load.fences import block
from skillcheck.load.ignores import ignored
from skillcheck.load.inline import Comment
from skillcheck.load.lean_state import is_marked
from skillcheck.load.source import Source
from skillcheck.model import Block, Document, Fault, FaultKind, Heading, Link, Place
from skillcheck.model.lean import dataclass

MAX_BRACKETS = 20_000

_NOT_IN_SLUG = re.compile(r"[^\w-]")
_HTML_HEADING = re.compile(r"<h[1-6]\b[^<>]*>(.*?)</h[1-6]>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_MARKED = re.compile(r"[\\`*_<\n]|&[#A-Za-z]")  # without one, and without a link, a text is what a reader sees of it


def document(source: Source, relative: str, body_line: int) -> tuple[Document, tuple[Fault, ...]]:
    """Read a Markdown file whose text begins on `body_line`, with the faults of its directives."""
    reader = _Reader(source)
    reader.read(body_line)
    blocks, faults = attach(source, tuple(reader.blocks), tuple(reader.comments))
    ignores, wrong = ignored(source, body_line, blocks, reader.comments)
    made = Document(
        path=source.path,
        relative=relative,
        text=source.text,
        body_line=body_line,
        blocks=blocks,
        headings=tuple(reader.headings),
        links=tuple(reader.links),
        prose=_prose(source, body_line, reader),
        anchors=frozenset(reader.slugs) | frozenset(reader.anchors),
        ignores=ignores,
    )
    return made, (*reader.faults, *faults, *wrong)


@cache
def _parser() -> MarkdownIt:
    return inline.parser()


@dataclass(slots=True)
class _Reader:
    """Goes once over the tokens and collects what they hold."""

    source: Source
    blocks: list[Block] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    fenced: set[int] = field(default_factory=set)
    chain: list[tuple[int, str]] = field(default_factory=list)
    slugs: dict[str, int] = field(default_factory=dict)
    brackets: int = 0
    references: dict[str, object] = field(default_factory=dict)

    def read(self, body_line: int) -> None:
        text = "\n" * (body_line - 1) + "\n".join(self.source.lines[body_line - 1 :])
        text = text.replace("\0", "\ufffd")  # as CommonMark has it
        text += "" if text.endswith("\n") else "\n"
        for token in _parser().parse(text, self.references):
            if token.type == "inline":
                self.inline(token)
            elif token.type == "fence":
                self.fence(token)
            else:
                self.html(token)

    def fence(self, token: Token) -> None:
        chain = tuple(text for _, text in self.chain)
        self.blocks.append(block(self.source, token, len(self.blocks), chain, token.meta["intro"]))
        self.fenced.update(range(*token.map or ()))

    def html(self, token: Token) -> None:
        first, after = token.map or [0, 0]
        start = self.source.starts[first]
        end = self.source.starts[after] if after < len(self.source.starts) else len(self.source.text)
        text = self.source.text[start:end]
        self.comments += inline.comments(start, text)
        text = inline.without_comments(text)
        self.links += inline.html_links(self.source, start, text)
        self.anchors += inline.anchors(text)
        for heading in _HTML_HEADING.findall(text):
            self.slug(unescape(_TAG.sub("", heading)))

    def inline(self, token: Token) -> None:
        wanted = token.tag != "" and _MARKED.search(token.content) is not None
        if wanted or is_marked(token.content):
            self.parse(token, wanted=wanted)
        if token.tag:
            self.heading(int(token.tag[1:]), token)

    def children(self, token: Token) -> None:
        self.links += inline.links(self.source, token)
        self.comments += inline.inline_comments(self.source, token)
        self.anchors += inline.anchors("".join(child.content for child in token.children or () if _is_html(child)))

    def parse(self, token: Token, *, wanted: bool) -> None:
        self.brackets += token.content.count("[")
        if self.brackets > MAX_BRACKETS:
            self.refuse(token)
        elif not token.tag and inline.has_bare_links(token.content):
            self.links += inline.bare_links(self.source, token)
        elif wanted or self.may_link(token.content) or "<" in token.content:
            parser = _parser()
            token.children = []
            parser.inline.parse(token.content, parser, self.references, token.children)
            self.children(token)

    def may_link(self, content: str) -> bool:
        """Return whether a text may hold a link: most brackets are boxes to tick, or placeholders."""
        return "](" in content or (self.references.get("references") is not None and "[" in content)

    def refuse(self, token: Token) -> None:
        """Tell once that links are no longer read: a bracket costs a parser the most."""
        if not self.faults:
            fact = f"more than {MAX_BRACKETS} opening brackets, so links from here on are not read"
            place = Place(self.source.path, (token.map or [0])[0] + 1)
            self.faults.append(Fault(FaultKind.TOO_LARGE, place, fact, "split the file"))

    def heading(self, level: int, token: Token) -> None:
        text = (inline.plain(token.children) if token.children else "") or token.content
        while self.chain and self.chain[-1][0] >= level:
            self.chain.pop()
        self.chain.append((level, text))
        line = (token.map or [0])[0]
        raw = self.source.lines[line]
        place = Place(self.source.path, line + 1, len(raw) - len(raw.lstrip(" \t>")) + 1)
        self.headings.append(Heading(text, level, self.slug(text), place))

    def slug(self, text: str) -> str:
        """Return GitHub's anchor of a heading, numbered where the document has it already."""
        base = text.strip().lower().replace(" ", "-")
        if not base.replace("-", "").isalnum():
            base = _NOT_IN_SLUG.sub("", base)
        anchor = base
        while anchor in self.slugs:
            self.slugs[base] += 1
            anchor = f"{base}-{self.slugs[base]}"
        self.slugs[anchor] = 0
        return anchor


def _is_html(token: Token) -> bool:
    return token.type == "html_inline" and not token.content.startswith("<!--")


def _prose(source: Source, body_line: int, reader: _Reader) -> tuple[tuple[int, str], ...]:
    """Return the lines that a reader sees as text; those that are blank are left out."""
    if not reader.comments:
        return _seen(enumerate(source.lines[body_line - 1 :], body_line), reader.fenced)
    lines = dict(enumerate(source.lines[body_line - 1 :], body_line))
    lines |= _uncommented(source, lines, reader.comments)
    return _seen(lines.items(), reader.fenced)


def _uncommented(source: Source, lines: Mapping[int, str], comments: Iterable[Comment]) -> Mapping[int, str]:
    """Return what is left of the lines in which comments stand; one line may hold as many as a file does."""
    left: defaultdict[int, list[str]] = defaultdict(list)
    ends: dict[int, int] = {}
    for comment in sorted(comments, key=lambda comment: comment.start):
        place = source.place(comment.start, comment.end)
        first, last = place.line, place.end_line or place.line
        left[first].append(lines[first][ends.get(first, 0) : place.column - 1])
        for number in range(first + 1, last + 1):
            left[number].clear()
        ends |= dict.fromkeys(range(first, last), sys.maxsize)
        ends[last] = (place.end_column or 1) - 1
    return {number: "".join(parts) + lines[number][ends[number] :] for number, parts in left.items()}


def _seen(lines: Iterable[tuple[int, str]], fenced: set[int]) -> tuple[tuple[int, str], ...]:
    return tuple([numbered for numbered in lines if numbered[0] - 1 not in fenced and numbered[1].strip()])
