"""Text -> invisible-text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillcheck.model import Text
from skillcheck.rules.letters import found, unusual
from skillcheck.rules.rule import Told, rule

_HIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\U000e0000-\U000e007f\u202d\u202e\u2066-\u2069\u202a-\u202c]")
_MISLEADING = re.compile("[\U000e0000-\U000e007f\u202d\u202e\u2066-\u2069\u202a-\u202c]")  # in code too
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # by YAML, which is told of
_ESCAPED = {"\a": "a", "\b": "b", "\v": "v"}
_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007f]+")  # flags of regions are spelt in tags
_DIRECTIONS = frozenset("\u202a\u202b\u202c\u2066\u2067\u2068\u2069")  # have their use in scripts that run to the left
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


@rule("SK412")
def invisible_text(text: Text) -> Iterator[Told]:
    """The text holds characters that nobody sees.

    Claude reads them, a reviewer does not. Orders have been hidden that way: in letters of tags, behind control
    characters, or in a line that is shown in another order than it is read.
    """
    pattern = _HIDDEN if text.path.endswith(".md") else _MISLEADING
    for place, line, char in found(text, pattern, _without_flags) if pattern.search(unusual(text)) else ():
        is_refused = place.line < text.body_line and _REFUSED.match(char)
        if not is_refused and not (char in _DIRECTIONS and _RIGHT_TO_LEFT.search(line)):
            yield Told(place, f"the line holds the invisible character U+{ord(char):04X}", _fix(line, char))


def _fix(line: str, char: str) -> str:
    """Return what to do; a control character before a letter is what an escape made of a backslash and a letter."""
    letter, behind = _ESCAPED.get(char), line.partition(char)[2][:1]
    is_lost = letter is not None and behind.isalpha()
    return f"write `{letter}` if that is what is missing there, else remove it" if is_lost else "remove it"


def _without_flags(line: str) -> str:
    return _FLAG.sub(lambda flag: " " * len(flag[0]), line)
