"""Fence tokens -> Blocks, each with the exact place of its content."""

from __future__ import annotations

import re

from markdown_it.token import Token

from skillcheck.load.source import Source
from skillcheck.model import Block, Directive

_BRACED = re.compile(r"\{\s*\.?([^\s,}.]*)[^}]*\}?\s*(.*)")
_WORD = re.compile(r"[^\s,{:]+|$")
_CODE_ROLES = {"code", "code-block", "code-cell", "sourcecode"}


def language(info: str) -> str:
    """Return the language that an info string names, in lower case; empty without one.

    >>> [language(info) for info in ("python title='a'", "{python}", "{.python .num}", "js {1}", "python:src/a.py")]
    ['python', 'python', 'python', 'js', 'python']
    """
    info = info.strip()
    if info.isalnum():  # as nearly always
        return info.lower()
    if braced := _BRACED.match(info):
        if braced[1] in _CODE_ROLES:  # MyST: the language follows the role
            return language(braced[2])
        return braced[1].lower() if "=" not in braced[1] else ""
    word = _WORD.match(info)
    return word[0].lower().removeprefix(".") if word else ""


def block(source: Source, token: Token, index: int, headings: tuple[str, ...], intro: str) -> Block:
    """Make the block of a fence; its directive is read elsewhere."""
    first, after = token.map or [0, 0]
    text = token.content
    line = min(first + 1, len(source.lines) - 1)
    opening = source.lines[first]
    start = source.starts[first] + len(opening) - len(opening.lstrip(" \t>"))
    fence = opening.find(token.markup)
    return Block(
        document=source.path,
        index=index,
        language=language(token.info),
        info=token.info.strip(),
        text=text,
        line=line + 1,
        column=_column(source.lines[line], text.split("\n", 1)[0]) if text else 1,
        place=source.place(source.starts[first] + fence if fence >= 0 else start, source.starts[first] + len(opening)),
        headings=headings,
        intro=intro,
        directive=Directive(),
        closed=after - first - 1 > text.count("\n"),
        in_container=token.level > 0,
    )


def _column(raw: str, content: str) -> int:
    """Return the column at which the content starts in its line; a tab cut in two counts as content."""
    raw = raw.replace("\0", "\ufffd")
    if raw.endswith(content):
        return len(raw) - len(content) + 1
    return len(raw) - len(content.lstrip(" ")) + 1
