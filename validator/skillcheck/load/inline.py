"""Inline tokens -> links, anchors and comments, each with its offset in the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, autolink, html_inline, image, link
from markdown_it.token import Token

from skillcheck.load.blocks_by_mark import LeanBlocks
from skillcheck.load.source import Source
from skillcheck.model import Link
from skillcheck.model.lean import dataclass

_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_LINKED = re.compile(
    r"<(?:a|img)\b[^<>]*?\b(?:href|src)\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'<>=]+))", re.IGNORECASE
)
_ANCHOR = re.compile(r"<[a-z][^<>]*?\s(?:id|name)\s*=\s*(?:\"([^\"<>]+)\"|'([^'<>]+)')", re.IGNORECASE)
_BARE = re.compile(
    r"(?:[^\\`<\[\]!\n]++|\[[^\\`*_<&!\[\]\n]+\]\([\w./#:?=%~@+,;-]+\))*+",
    re.ASCII,
)
"""A line of text with links, and with nothing else by which their text or their target might be other than it looks."""
_BARE_LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
_MARKED = {"link_open", "image", "html_inline"}


@dataclass(frozen=True, slots=True)
class Comment:
    """An HTML comment: what stands in it, and its offsets in the file."""

    text: str
    start: int
    end: int


class _Parser(MarkdownIt):
    """CommonMark that keeps link targets as they are written."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the library's name
        return url

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - the library's signature
        return True


def parser() -> MarkdownIt:
    """Return a CommonMark parser whose inline tokens know where they start and end."""
    made = _Parser("commonmark", {"maxNesting": 60})
    made.core.ruler.enableOnly(["block"])  # the text comes without carriage returns and NUL
    made.block = LeanBlocks()
    for name, rule in (("link", link), ("image", image), ("autolink", autolink), ("html_inline", html_inline)):
        made.inline.ruler.at(name, _located(rule))
    return made


def _located(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    def located(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the library's signature
        start, before = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        opened = (token for token in state.tokens[before:] if token.type in _MARKED)
        if token := next(opened, None):
            token.meta = {"start": start, "end": state.pos}
        return True

    return located


class Span:
    """Where the content of an inline token stands in the file."""

    def __init__(self, source: Source, token: Token) -> None:
        """Line up the token's lines with the file's."""
        first = (token.map or [0])[0]
        self._starts: list[int] = []
        self._offsets: list[int] = []
        position = 0
        for number, content in enumerate(token.content.split("\n"), first):
            stripped = content.strip()
            column = max(0, source.lines[number].replace("\0", "\ufffd").rfind(stripped))
            lead = len(content) - len(content.lstrip())
            self._starts.append(position)
            self._offsets.append(source.starts[number] + column - lead)
            position += len(content) + 1

    def offset(self, position: int) -> int:
        """Return the offset in the file of a position in the token's content."""
        line = bisect_right(self._starts, position) - 1
        return self._offsets[line] + position - self._starts[line]


def links(source: Source, token: Token) -> Iterator[Link]:
    """Yield the links and images of an inline token, in their order."""
    span: Span | None = None
    for index, child in enumerate(token.children or ()):
        if child.type not in _MARKED:
            continue
        span = span or Span(source, token)
        start, end = span.offset(child.meta["start"]), span.offset(child.meta["end"])
        match child.type:
            case "link_open":
                yield Link(f"{child.attrGet('href')}", _text(token, index), source.place(start, end))
            case "image":
                yield Link(f"{child.attrGet('src')}", child.content, source.place(start, end))
            case _:
                yield from html_links(source, start, without_comments(child.content))


def has_bare_links(content: str) -> bool:
    """Return whether a text has no other inline tokens of interest than `bare_links` finds, at a tenth of the cost."""
    return _BARE.fullmatch(content) is not None


def bare_links(source: Source, token: Token) -> Iterator[Link]:
    """Yield the links of such a text, in their order."""
    span = Span(source, token)
    for found in _BARE_LINK.finditer(token.content):
        yield Link(found[2], found[1], source.place(span.offset(found.start()), span.offset(found.end())))


def without_comments(html: str) -> str:
    """Blank the comments, so that offsets stay."""
    return _COMMENT.sub(lambda comment: " " * len(comment[0]), html)


def html_links(source: Source, start: int, html: str) -> Iterator[Link]:
    """Yield the links of HTML that starts at an offset of the file."""
    for found in _LINKED.finditer(html):
        place = source.place(start + found.start(), start + found.end())
        yield Link(found[1] or found[2] or found[3] or "", "", place)


def anchors(html: str) -> Iterator[str]:
    """Yield the ids and names that HTML gives to its elements."""
    for found in _ANCHOR.finditer(html):
        yield found[1] or found[2]


def comments(start: int, html: str) -> Iterator[Comment]:
    """Yield the comments of HTML that starts at an offset of the file."""
    for found in _COMMENT.finditer(html):
        yield Comment(found[1], start + found.start(), start + found.end())


def inline_comments(source: Source, token: Token) -> Iterator[Comment]:
    """Yield the comments inside a paragraph."""
    span: Span | None = None
    for child in token.children or ():
        if child.type == "html_inline" and child.content.startswith("<!--"):
            span = span or Span(source, token)
            text = child.content.removeprefix("<!--").removesuffix("-->")
            yield Comment(text, span.offset(child.meta["start"]), span.offset(child.meta["end"]))


def plain(tokens: list[Token]) -> str:
    """Return what a reader sees of inline tokens."""
    return "".join(" " if token.type in {"softbreak", "hardbreak"} else _shown(token) for token in tokens)


def _shown(token: Token) -> str:
    return token.content if token.type in {"text", "code_inline", "image"} else ""


def _text(token: Token, index: int) -> str:
    children = token.children or []
    level = children[index].level
    closing = next(
        number
        for number in range(index + 1, len(children))
        if children[number].type == "link_close" and children[number].level == level
    )
    return plain(children[index + 1 : closing])
