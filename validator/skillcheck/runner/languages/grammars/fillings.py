"""A text with blanks, ellipses and marks → what it may stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

Substitutions = tuple[tuple[re.Pattern[str], str], ...]
"""Patterns, each with what stands for it."""

_DOTS = r"(?:\.\.\.|…)"
_ELLIPSES = (
    (re.compile(r"(?<=[:=(,\[])\s{0,80}/\*[^*\n]{0,80}\*/(?=\s*[,;)}\]])"), " 0"),
    (re.compile(rf"(?m)^[ \t]*(?:import[ \t]+|[\[(])?{_DOTS}[^\n]*$"), ""),
    (re.compile(rf"(?<=[\[({{])\s{{0,80}}{_DOTS}[^\n(){{}}\[\]]{{0,80}}(?=[\])}}])"), ""),
    (re.compile(rf",\s{{0,80}}{_DOTS}(?![\w$\[({{])"), ""),
    (re.compile(rf"{_DOTS}\s{{0,80}},"), ""),
    (re.compile(rf"{_DOTS}(?![\w$\[({{])"), "blank"),
)
_MARKS = (
    (re.compile(r"(?m)^[ \t]*(?:[→⇒↓├└│┌]|->|=>)[^\n]*$"), ""),
    (re.compile(r"(?m)^[ \t]*[✅❌✓✗✔✘⚠]\ufe0f?[ \t]*(?:[A-Z][A-Za-z]{0,20}:)?"), ""),
    (re.compile(r"[ \t](?:→|⇒|[✅❌✓✗✔✘⚠])[^\n]*$", re.MULTILINE), ""),
)
_CHANGES = ((re.compile(r"(?m)^-[ \t][^\n]*$"), ""), (re.compile(r"(?m)^\+[ \t]"), ""))
_SILENCE = ((re.compile(_DOTS), ""),)
_LEFT_OUT = (_ELLIPSES, _MARKS, _CHANGES, _SILENCE)
_BLANKS = (
    re.compile(r"\$?\{\{[^{}]{0,400}\}\}|<%[^%]{0,400}%>|\$\{[^{}\n]{1,80}\}|\{%[^{}\n]{0,200}%\}"),
    re.compile(r"<[^\W\d][\w.|/:-]{0,60}(?: [\w.|/:'-]{1,40}){0,8}>"),
    re.compile(r"\[(?=[A-Z])[\w./-]{1,40}(?: [\w./-]{1,40}){0,8}\]|\[[a-z]{1,40}(?:[- ][a-z]{1,40}){1,8}\]"),
    re.compile(r"\{[^\W\d]\w{0,60}(?:[ -]\w{1,40}){0,8}\}"),
)
_BLANK_LINE = re.compile(
    r"(?m)^[ \t]*(?:\{\{.{0,400}\}\}|\{%.{0,200}%\}|<[^\W\d][^<>\n]{0,80}>|\[[^\]\n]{0,80}\])[ \t;]*$"
)
_CHOICES = tuple(chosen for size in range(len(_BLANKS) + 1) for chosen in combinations(_BLANKS, size))


def filled(text: str, blank: str = "blank") -> Iterator[str]:
    """Yield the text without its ellipses and marks, with some or all of its blanks filled, with both; each once."""
    seen = {text}
    for start in dict.fromkeys((text, _BLANK_LINE.sub("", text))):
        for chosen in _CHOICES:
            full = start
            for pattern in chosen:
                full = pattern.sub(blank, full)
            for candidate in (full, *(without(left_out, full) for left_out in _LEFT_OUT)):
                if candidate not in seen:
                    seen.add(candidate)
                    yield candidate


def without(substitutions: Substitutions, text: str) -> str:
    """Return the text with each pattern replaced by what stands for it."""
    for pattern, filling in substitutions:
        text = pattern.sub(filling, text)
    return text
