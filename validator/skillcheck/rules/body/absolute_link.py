"""Skill -> absolute-link."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from skillcheck.model import Severity, Skill
from skillcheck.rules.fences import is_meant_as_code
from skillcheck.rules.paths import has_path, links
from skillcheck.rules.rule import Told, rule


@rule("SK431", severity=Severity.WARNING, source="https://agentskills.io/specification#file-references")
def absolute_link(skill: Skill) -> Iterator[Told]:
    """A link begins at the root of a file system.

    The skill lies somewhere else on each machine. A link to a file of it is relative to the page that it stands on, and
    a `file:` address is good for one machine alone.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    Read [the fields](/references/fields.md).
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
    for document, link in links(skill):
        inner = unquote(link.target).partition("#")[0].strip("/")
        is_own = link.target.startswith("/") and bool(inner) and has_path(skill, inner)
        if (is_own or link.target.startswith("file:")) and not is_meant_as_code(document, link.place.line):
            message = f"the link to {link.target} begins at the root of the file system"
            fix = f"write `{inner}`, relative to the page" if is_own else "link to a file of the skill, or by https"
            yield Told(link.place, message, fix)
