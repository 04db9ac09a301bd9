"""Document -> invisible-text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillcheck.model import Document, Place
from skillcheck.rules.lines import lines
from skillcheck.rules.rule import Told, rule

_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f\U000e0000-\U000e007f\u202d\u202e]"
)  # controls, tags, overrides of direction
_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007f]+")  # flags of regions are spelt in tags


@rule("SK412")
def invisible_text(document: Document) -> Iterator[Told]:
    """The text holds characters that nobody sees.

    Claude reads them, a reviewer does not. Orders have been hidden that way.
    """
    for number, line in enumerate(lines(document) if _INVISIBLE.search(document.text) else (), 1):
        found = _INVISIBLE.search(_FLAG.sub(lambda flag: " " * len(flag.group()), line))
        if found:
            place = Place(document.path, number, found.start() + 1)
            yield Told(place, f"the line holds the invisible character U+{ord(found.group()):04X}", "remove it")
