"""Skill -> unread-link."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from skillcheck.model import Document, Place, Severity, Skill
from skillcheck.rules.fences import is_meant_as_code
from skillcheck.rules.paths import documents, has_path
from skillcheck.rules.rule import Told, rule

_CODE = re.compile(r"`[^`\n]*`")
_REFERENCE = re.compile(
    r"(?<![\w\])`!\\])\[(?P<text>[^\[\]`]*[^\W\d_]{3}[^\[\]`]*)\]\[(?P<label>[^\[\]`]*)\](?![\[(:])"
)
_FILE = r"(?P<path>(?:\.{1,2}/)?[\w.-]+(?:/[\w.-]+)*\.[A-Za-z]\w{0,4})(?:#[\w-]*)?"
_SHAPES = {
    re.compile(r"\[[^\[\]]+\]\((?P<path>(?:[\w.-]+/)+[\w.-]+(?: [\w.,&+-]+)+\.[A-Za-z]\w{0,4})(?:#[\w-]*)?\)"): (
        "the target holds a space, so this is no link",
        "write `%20` for the space, or put the target between `<` and `>`",
    ),
    re.compile(rf"\[[^\[\]]+\][ \t]+\({_FILE}\)"): (
        "a space stands between `]` and `(`, so this is no link",
        "remove the space",
    ),
    re.compile(rf"\([^()\[\]]+\)\[{_FILE}\]"): (
        "the brackets of the link are the wrong way round",
        "write the text in `[…]` and the target in `(…)`",
    ),
    re.compile(rf"\[[^\[\]]+\]\({_FILE}[.,;]?\s*$"): ("the link is never closed", "write `)` behind the target"),
}


@rule("SK433", severity=Severity.WARNING, source="https://spec.commonmark.org/0.31.2/#links")
def unread_link(skill: Skill) -> Iterator[Told]:
    """What is meant as a link is none.

    No client reads it as one, so the file counts as named by nobody, and a rendered page shows the brackets.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    Read [the fields] (references/fields.md).
    ```

    ```markdown with path=skills/pdf-forms/references/fields.md
    # Fields
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    Read [the fields](references/fields.md).
    ```

    ```markdown with path=skills/pdf-forms/references/fields.md
    # Fields
    ```
    """
    for document in documents(skill):
        lines = ((number, line) for number, line in document.prose if "[" in line and "]" in line)
        for number, line in lines if "[" in document.text else ():
            yield from _slips(skill, document, number, line)
            yield from _undefined(document, number, line) if "][" in line else ()


def _slips(skill: Skill, document: Document, number: int, line: str) -> Iterator[Told]:
    """Yield what a line writes like a link to a file that is there."""
    shown = _CODE.sub(lambda code: code[0] if "](" in code[0] else " " * len(code[0]), line)
    for shape, told in _SHAPES.items():
        for found in shape.finditer(shown):
            path = posixpath.normpath(posixpath.join(posixpath.dirname(document.relative), found["path"]))
            is_meant = has_path(skill, path) or " " in posixpath.basename(path)
            if is_meant and not is_meant_as_code(document, number):
                yield Told(Place(document.path, number, found.start() + 1, number, found.end() + 1), *told)


def _undefined(document: Document, number: int, line: str) -> Iterator[Told]:
    """Yield the references whose target is given nowhere; where both begin in capitals they are to be filled in."""
    links = {(link.place.line, link.place.column) for link in document.links}
    for found in _REFERENCE.finditer(_CODE.sub(lambda code: "`" * len(code[0]), line)):
        label = found["label"] or found["text"]
        is_blank = found["text"][0].isupper() and found["label"][:1].isupper()
        if not is_blank and (number, found.start() + 1) not in links and not is_meant_as_code(document, number):
            message = f"the target of `[{label}]` is given nowhere, so this is no link"
            place = Place(document.path, number, found.start() + 1, number, found.end() + 1)
            yield Told(place, message, f"write `[{label}]: TARGET` below, or the target in parentheses")
