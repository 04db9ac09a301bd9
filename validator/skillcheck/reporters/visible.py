"""Any text → one line of characters that a terminal shows and never obeys."""

from __future__ import annotations

import re
from unicodedata import category

BREAKS = re.compile(r"[ \t]*[\r\n\t\x85\u2028\u2029][\s\x85]*")
HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def visible(text: str) -> str:
    """Return the text on one line: breaks become a space, characters that control or hide are spelled out."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_spelled, BREAKS.sub(" ", text)))


def cut(text: str, width: int) -> str:
    """Return the text made visible, in at most `width` characters."""
    shown = visible(text)
    return shown if len(shown) <= width else shown[: width - 1] + "…"


def _spelled(character: str) -> str:
    return character.encode("unicode_escape").decode() if category(character) in HIDDEN else character
