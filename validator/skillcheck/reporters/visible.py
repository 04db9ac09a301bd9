"""Any text → one line of characters that a terminal shows and never obeys."""

from __future__ import annotations

import re
from unicodedata import bidirectional, category

BREAKS = re.compile(r"[ \t]*[\r\n\t\x85\u2028\u2029][\s\x85]*")
HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
CONTROLLING = HIDDEN - {"Cf"}
REORDERING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


def visible(text: str) -> str:
    """Return the text on one line: breaks become a space, characters that control or hide are spelled out."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_spelled, BREAKS.sub(" ", text)))


def cut(text: str, width: int) -> str:
    """Return the text made visible, in at most `width` characters."""
    shown = visible(text)
    return shown if len(shown) <= width else shown[: width - 1] + "…"


def patchable(line: str) -> str:
    """Return a line of a difference as `patch` reads it, with its blanks, its marks and its own end.

    Only what controls a terminal is spelled out all the same, and what shows the text in another order.
    """
    text = line.removesuffix("\r")
    if not text.isprintable():
        text = "".join(_spelled(each) if _controls(each) else each for each in text)
    return text + line[len(line.removesuffix("\r")) :]


def _controls(character: str) -> bool:
    return character != "\t" and (category(character) in CONTROLLING or bidirectional(character) in REORDERING)


def _spelled(character: str) -> str:
    return character.encode("unicode_escape").decode() if category(character) in HIDDEN else character
