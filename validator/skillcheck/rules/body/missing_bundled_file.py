"""Skill -> missing-bundled-file."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Severity, Skill
from skillcheck.rules.mentions import mentions, remedy
from skillcheck.rules.rooted import rooted_mentions
from skillcheck.rules.rule import Told, rule


@rule("SK405", severity=Severity.WARNING, source="https://agentskills.io/specification#file-references")
def missing_bundled_file(skill: Skill) -> Iterator[Told]:
    """A file that the text names is not in the skill.

    Claude looks for the file below the skill's folder. If it is one of the user's project, say so.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    Read `references/fields.md` before you begin.
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    Read `references/fields.md` before you begin.
    ```

    ```markdown with path=skills/pdf-forms/references/fields.md
    # Fields
    ```
    """
    for mention in mentions(skill):
        if not mention.certain:
            yield Told(
                mention.place,
                f"the text names {mention.path}, which is not in the skill",
                remedy(skill, mention.path),
            )
    for mention in rooted_mentions(skill):
        if not mention.certain:
            message = f"the text names {mention.path}, which is not in the plugin"
            yield Told(mention.place, message, "add the file, or correct the path")
