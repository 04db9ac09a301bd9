"""Skill -> empty-body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from skillcheck.model import Place, Severity, Skill
from skillcheck.rules.fields import is_readable
from skillcheck.rules.lines import lines
from skillcheck.rules.rule import Told, rule

_HEADING = r"^#{1,6}(?:[ \t].*)?$"
_NOTHING = re.compile(rf"(?s:<!--.*?-->)|{_HEADING}", re.MULTILINE)
_NO_COMMENT = re.compile(_HEADING, re.MULTILINE)


@rule("SK411", severity=Severity.WARNING)
def empty_body(skill: Skill) -> Iterator[Told]:
    """SKILL.md has no body, or one of headings and comments alone.

    Claude chooses the skill, reads it and learns nothing.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---


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
    for document in skill.documents[:1]:
        body = lines(document)[document.body_line - 1 :]
        if is_readable(skill.frontmatter) and _is_empty(body):
            yield Told(
                Place(document.path, document.body_line),
                "SKILL.md has no text after its frontmatter",
                "write the instructions",
            )


def _is_empty(body: Sequence[str]) -> bool:
    """Return whether nothing stands in a body; the first line of text decides, where no comment begins before it."""
    for line in body:
        if "<!--" in line:
            break
        if line.strip() and not line.startswith("#"):
            return False
    head, end, rest = "\n".join(body).rpartition("-->")  # behind the last, each beginning would look for an end in vain
    return not (_NOTHING.sub("", head + end) + _NO_COMMENT.sub("", rest)).strip()
