"""Skill -> broken-link."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Skill
from skillcheck.rules.paths import has_all_files, has_path, inner_path, is_unread, links
from skillcheck.rules.rule import Told, rule
from skillcheck.rules.wording import closest


@rule("SK401", source="https://agentskills.io/specification#file-references")
def broken_link(skill: Skill) -> Iterator[Told]:
    """A link leads to a file that is not in the skill.

    Claude follows the link and finds nothing. The skill promises knowledge that it does not hold.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    Read [the fields](references/fields.md).
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
    if not has_all_files(skill):
        return
    for document, link in links(skill):
        path = inner_path(skill, document, link.target)
        if path is not None and not has_path(skill, path) and not is_unread(skill, path):
            near = closest(path, (file.path for file in skill.files))
            fix = f"link to `{near}`" if near else "add the file, or remove the link"
            yield Told(link.place, f"the link leads to {path}, which is not in the skill", fix)
