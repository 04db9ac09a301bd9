"""Skill -> link-leaves-skill."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Severity, Skill
from skillcheck.rules.paths import leaves, links
from skillcheck.rules.rule import Told, rule


@rule("SK402", severity=Severity.WARNING, source="https://agentskills.io/specification#file-references")
def link_leaves_skill(skill: Skill) -> Iterator[Told]:
    """A link leaves the skill's folder.

    Installed or uploaded, a skill is a folder by itself. What lies beside it is not there any more.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    Read [the fields](../shared/fields.md).
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    Read [the fields](https://example.com/fields.md).
    ```
    """
    for document, link in links(skill):
        if leaves(document, link.target):
            message = f"the link to {link.target} leaves the skill's folder"
            yield Told(link.place, message, "copy the file into the skill, or link to it by https")
