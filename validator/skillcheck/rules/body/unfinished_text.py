"""Document -> unfinished-text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillcheck.model import Document, Place, Severity
from skillcheck.rules.lines import lines
from skillcheck.rules.rule import Told, rule

_WORDS = ("TODO", "TBD", "FIXME")
_LEFT = re.compile(r"\[TODO(?:[:\uff1a] ?| )[^\]\n]*\]?")
_ALONE = rf"[\s>*_\"'-]*(?P<left>(?:{'|'.join(_WORDS)})(?:[:\uff1a].*|\W*$))"
_VALUE = re.compile(rf"(?:[\w-]+:(?:\s+[|>][+-]?\d?)?)?\s{_ALONE}")
_FIRST = re.compile(_ALONE)
_HEADING = re.compile(r"#{1,6}\s")
_CODE = re.compile(r"`[^`\n]*`")
_TEMPLATE = re.compile(
    r"(?:^|/)(?:templates?|[\w-]*(?:skeleton|scaffold|template))/|(?:^|[-_./])template\.md$", re.IGNORECASE
)


@rule(
    "SK438",
    severity=Severity.WARNING,
    source="https://github.com/anthropics/skills/blob/main/skills/skill-creator/scripts/init_skill.py",
)
def unfinished_text(document: Document) -> Iterator[Told]:
    """A part of a template was never filled in.

    Tools that begin a skill leave `[TODO: …]`, or `TODO: …` as a value or below a heading, where its author is to
    write. Claude takes it for an instruction, or for the description by which it chooses.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    [TODO: say how a form is filled]
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    Fill each field by its name.
    ```
    """
    if not _may_be(document.text) or _TEMPLATE.search(document.path):
        return
    for number, line in enumerate(lines(document)[: document.body_line - 1], 1):
        if _may_be(line) and (left := _LEFT.search(_shown(line)) or _VALUE.match(line)):
            yield _told(document, number, left)
    above = ""
    for number, line in document.prose:
        if _may_be(line) and (
            left := _LEFT.search(_shown(line)) or (_FIRST.match(line) if _HEADING.match(above) else None)
        ):
            yield _told(document, number, left)
        above = line if line.strip() else above


def _may_be(text: str) -> bool:
    return any(map(text.__contains__, _WORDS))


def _shown(line: str) -> str:
    """Return a line with its inline code blanked."""
    return _CODE.sub(lambda code: " " * len(code[0]), line)


def _told(document: Document, number: int, left: re.Match[str]) -> Told:
    group = "left" if left.re is not _LEFT else 0
    text = left[group].rstrip()
    place = Place(document.path, number, left.start(group) + 1, number, left.start(group) + len(text) + 1)
    return Told(place, f"`{text[:40]}` was never filled in", "write what belongs there, or remove it")
