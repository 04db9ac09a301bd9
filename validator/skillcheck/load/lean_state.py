"""markdown-it's state of reading blocks, which measures the lines at once and keeps only the tokens that are read.

What is read of Markdown are its headings, its fences, its HTML and the text in between: one token of five. Leaving out
the others takes a third off what it costs to read a page.
"""

from __future__ import annotations

from itertools import accumulate, repeat
from operator import add, sub
from typing import Final, Literal

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from markdown_it.utils import EnvType

READ: Final = frozenset({"fence", "html_block"})
"""What the library's rules add that is read; what is text they leave to `LeanState.text`."""
BLANK: Final = "\t\n\v\f\r \xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"
"""What the library strips off a text."""
_INTRO = 300  # characters of a text that introduce the fence behind it
_UNREAD: Final = Token("", "", 0)


class LeanState(StateBlock):
    """The state, of a text that ends in a line feed."""

    def __init__(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> None:
        """Measure the lines: where each begins and ends, and how far it is indented."""
        super().__init__("", md, env, tokens)
        self.src = src
        lines = src.split("\n")
        lengths = list(map(len, lines))
        self.bMarks = [0, *accumulate(map((1).__add__, lengths[:-1]))]  # of nothing behind the last line too
        self.eMarks = list(map(add, self.bMarks, lengths))
        self.tShift = list(map(sub, lengths, map(len, map(str.lstrip, lines, repeat(" \t")))))
        self.sCount = list(self.tShift)
        for number in [number for number, line in enumerate(lines) if "\t" in line] if "\t" in src else ():
            self.sCount[number] = len(lines[number][: self.tShift[number]].expandtabs(4))
        self.bsCount = [0] * len(lines)
        self.lineMax = len(lines) - 1
        self.deepest: int = md.options.maxNesting
        self.intro = ""

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """Add a token; one that nobody reads is none of those. What is read closes nothing."""
        token = _UNREAD
        if ttype in READ:
            token = Token(ttype, tag, nesting, level=self.level, block=True)
            self.tokens.append(token)
        if ttype == "fence":
            token.meta["intro"], self.intro = self.intro, ""
        self.level += nesting
        return token

    def text(self, tag: str, lines: range, content: str) -> None:
        """Add the text of a heading, whose `tag` it has, or of a paragraph that may hold a link or HTML.

        It stands on `lines`. Any other paragraph only introduces the fence behind it.
        """
        if tag or is_marked(content):
            self.tokens.append(_Text(tag, [lines.start, lines.stop], self.level + 1, content))
        self.intro = "" if tag else content[-_INTRO:]


def is_marked(content: str) -> bool:
    """Return whether a text may hold a link or HTML."""
    return "[" in content or "<" in content


class _Text(Token):
    """A token of which nothing is set that nobody reads: what the library sets besides takes twice the time."""

    __slots__ = ()

    def __init__(self, tag: str, lines: list[int], level: int, content: str) -> None:
        self.type, self.tag, self.map, self.level = "inline", tag, lines, level
        self.content, self.children = content, None
