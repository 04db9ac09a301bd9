"""Skill -> link-to-empty-file."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Severity, Skill
from skillcheck.rules.fences import is_meant_as_code
from skillcheck.rules.paths import inner_path, links
from skillcheck.rules.rule import Told, rule


@rule("SK434", severity=Severity.WARNING, source="https://agentskills.io/specification#file-references")
def link_to_empty_file(skill: Skill) -> Iterator[Told]:
    """A link leads to a file that is empty.

    Claude reads it and learns nothing of what the link promises.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    Read [the fields](references/fields.md).
    ```

    ```markdown with path=skills/pdf-forms/references/fields.md
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
    empty = {file.path for file in skill.files if file.size == 0}
    for document, link in links(skill) if empty else ():
        path = inner_path(skill, document, link.target)
        if path in empty and not is_meant_as_code(document, link.place.line):
            yield Told(link.place, f"the link leads to {path}, which is empty", "write the file, or remove the link")
