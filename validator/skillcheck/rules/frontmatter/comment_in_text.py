"""Frontmatter -> comment-in-text."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Frontmatter, Severity
from skillcheck.rules.rule import ALL, Told, rule
from skillcheck.rules.written import comment_behind, line

_TEXTS = ("description", "when_to_use", "compatibility", "argument-hint")


@rule("SK115", severity=Severity.WARNING, clients=ALL, source="https://yaml.org/spec/1.2.2/#66-comments")
def comment_in_text(frontmatter: Frontmatter) -> Iterator[Told]:
    """A text ends at a `#`, which begins a comment.

    In YAML a `#` behind a space begins a comment, unless the text stands in quotes or in a block. No client sees the
    rest of the description.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form, as in issue #3 of the list.
    ---

    # PDF forms

    Fill each field by its name.
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: "Fills PDF forms. Use when the user asks to fill a form, as in issue #3 of the list."
    ---

    # PDF forms

    Fill each field by its name.
    ```
    """
    for field in _TEXTS:
        place = comment_behind(frontmatter, field)
        if place:
            comment = line(frontmatter, place.line)[place.column - 1 :]
            message = f"`{field}` ends before `{comment[:40].rstrip()}`, which is a comment"
            yield Told(place, message, "put the whole value in quotes")
