"""A document of a skill → HTML in which nothing that its author wrote is obeyed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from skillcheck.model import Block, Document
from skillcheck.site.links import Targets

MAX_BRACKETS = 20_000  # a bracket costs the parser the most
LINES = re.compile(r"\r\n?|\n")
DEEPEST = 6
EMPTY = Markup("")
Draw = Callable[[str, str, Block | None], Markup]


def rendered(document: Document, targets: Targets, draw: Draw, *, below: int) -> Markup:
    """Return the document as HTML; `draw` makes a code block of text, language and block.

    Its headings come below level `below`, and none is skipped on the way down.
    """
    text = visible(document)
    if text.count("[") > MAX_BRACKETS:
        return Markup('<pre class="plain" tabindex="0">{}</pre>').format(text)
    return _Page(document, targets, draw, below).html(_parser().parse(text))


def visible(document: Document) -> str:
    """Return the text with its lines where they were, without frontmatter and comments."""
    lines = LINES.split(document.text)
    shown = dict(document.prose)
    for block in document.blocks:
        first = block.place.line
        for number in range(first, first + block.text.count("\n") + 1 + block.closed):
            shown[number] = lines[number - 1] if number <= len(lines) else ""
    return "\n".join(shown.get(number, "") for number in range(1, len(lines) + 1))


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


class _Page:
    """Writes the tokens of one document."""

    def __init__(self, document: Document, targets: Targets, draw: Draw, below: int) -> None:
        self.document = document
        self.targets = targets
        self.draw = draw
        self.below = below
        self.level = below
        self.blocks = {block.place.line: block for block in document.blocks}
        self.anchors = {heading.place.line: heading.anchor for heading in document.headings}

    def html(self, tokens: Sequence[Token]) -> Markup:
        return Markup("").join(self.parts(list(_tidied(tokens))))

    def parts(self, tokens: Sequence[Token]) -> Iterator[Markup]:
        for token in tokens:
            line = (token.map or [0])[0] + 1
            match token.type:
                case "fence" | "code_block":
                    block = self.blocks.get(line)
                    yield self.draw(token.content, block.language if block else "", block)
                case "inline":
                    yield from self.inline(token.children or [])
                case "heading_open":
                    self.level = min(self.below + int(token.tag[1:]), self.level + 1, DEEPEST)
                    anchor = self.anchors.get(line, "")
                    named = Markup(' id="{}-{}"').format(self.prefix, anchor) if anchor else ""
                    yield Markup("<h{}{}>").format(self.level, named)
                case "heading_close":
                    yield Markup("</h{}>").format(self.level)
                case "table_open":
                    yield Markup('<div class="scroll" tabindex="0"><table>')
                case "table_close":
                    yield Markup("</table></div>")
                case _:
                    yield _tag(token)

    @property
    def prefix(self) -> str:
        return self.targets.prefixes[self.document.relative]

    def inline(self, tokens: Iterable[Token]) -> Iterator[Markup]:
        closing: list[Markup] = []
        for token in tokens:
            match token.type:
                case "text":
                    yield escape(token.content)
                case "code_inline":
                    yield Markup("<code>{}</code>").format(token.content)
                case "softbreak":
                    yield Markup("\n")
                case "image":
                    yield Markup('<span class="picture">{}</span>').format(token.content or "picture")
                case "link_open":
                    opening, close = self.link(str(token.attrGet("href") or ""))
                    closing.append(close)
                    yield opening
                case "link_close":
                    yield closing.pop()
                case _:
                    yield _tag(token)

    def link(self, target: str) -> tuple[Markup, Markup]:
        address = self.targets.resolve(target, self.document)
        if not address:
            return Markup('<span class="file">'), Markup("</span>")
        away = Markup("") if address.startswith("#") else Markup(' rel="nofollow noopener noreferrer"')
        return Markup('<a href="{}"{}>').format(address, away), Markup("</a>")


def _tidied(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens without headings, links and table headings that say nothing: they lead a listener nowhere."""
    said = [_says(token) for token in tokens]
    for index, token in enumerate(tokens):
        beside = index + 1 if token.nesting == 1 else index - 1
        silent = 0 <= beside < len(tokens) and tokens[beside].type == "inline" and not said[beside]
        if token.type == "inline":
            token.children = list(_linked(token.children or []))
        if silent and token.type.startswith("heading_"):
            continue
        if silent and token.type.startswith("th_"):
            token.tag = "td"
        yield token


def _linked(children: Sequence[Token]) -> Iterator[Token]:
    """Yield the parts of a line, an empty link with its target as its text."""
    for index, token in enumerate(children):
        yield token
        if token.type == "link_open":
            end = next(at for at in range(index, len(children)) if children[at].type == "link_close")
            if not any(_says(part) for part in children[index:end]):
                yield Token("text", "", 0, content=str(token.attrGet("href") or "link"))


def _says(token: Token) -> bool:
    if token.children:
        return any(map(_says, token.children))
    return bool(token.content.strip()) or token.type == "image"


def _tag(token: Token) -> Markup:
    """Return a tag of Markdown's own: its name comes from the parser, not from the text."""
    if token.hidden or not token.tag:
        return EMPTY
    start = token.attrGet("start") if token.nesting == 1 and token.tag == "ol" else None
    return _bare(token.tag, token.nesting) if start is None else Markup('<ol start="{}">').format(start)


@cache
def _bare(tag: str, nesting: int) -> Markup:
    return Markup("</{}>").format(tag) if nesting == -1 else Markup("<{}>").format(tag)
