"""Skill -> empty-link."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Severity, Skill
from skillcheck.rules.fences import is_meant_as_code
from skillcheck.rules.paths import links
from skillcheck.rules.rule import Told, rule


@rule("SK432", severity=Severity.WARNING, source="https://agentskills.io/specification#file-references")
def empty_link(skill: Skill) -> Iterator[Told]:
    """A link leads nowhere: its parentheses are empty.

    Somebody meant to fill them in. Claude is sent to a page and not told which.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    Read [the fields]() first.
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    Read [the fields](https://example.com/fields.html) first.
    ```
    """
    for document, link in links(skill):
        if not link.target.strip() and not is_meant_as_code(document, link.place.line):
            message = f"the link `{link.text[:40]}` has no target"
            yield Told(link.place, message, "write the path or the address, or remove the link")
