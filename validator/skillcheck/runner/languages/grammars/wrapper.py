"""A fragment → the whole that it is a part of."""

from __future__ import annotations

import re
from dataclasses import dataclass

_COMMENTS = re.compile(r"(?:\s|//[^\n]*|/\*(?:[^*]|\*(?!/)){0,4000}\*/|#(?!\[)[^\n]*)*")


@dataclass(frozen=True, slots=True)
class Wrapper:
    """Lines that make a fragment whole: `before` ends in a newline, so that lines shift and columns stay.

    `only` is what the fragment must look like from its first line of code on, for a whole that would take nearly
    anything. A `whole_block` wrapper serves a block alone, not one of its parts.
    """

    before: str
    after: str
    only: str = ""
    whole_block: bool = False

    def around(self, text: str) -> str | None:
        """Return the text made whole, None where it does not look like a part of that."""
        if self.only and not re.match(self.only, text[_leading(text) :]):
            return None
        return f"{self.before}{text}\n{self.after}"

    @property
    def lines(self) -> int:
        """By how many lines the text is moved down."""
        return self.before.count("\n")


ALONE = Wrapper("", "")


def _leading(text: str) -> int:
    """Return the length of the comments and the space that a text begins with."""
    found = _COMMENTS.match(text)
    return found.end() if found else 0
