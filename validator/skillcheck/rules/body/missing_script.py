"""Skill -> missing-script."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Skill
from skillcheck.rules.mentions import mentions, remedy
from skillcheck.rules.rooted import rooted_mentions
from skillcheck.rules.rule import Told, rule


@rule("SK404", source="https://agentskills.io/specification#file-references")
def missing_script(skill: Skill) -> Iterator[Told]:
    """A command runs a script that is not in the skill.

    Claude runs the command as it stands, and it fails. It is the most frequent defect of public skills.

    ````markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    ```bash
    python ${CLAUDE_SKILL_DIR}/scripts/fill.py form.pdf
    ```
    ````

    ````markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    ```bash
    python ${CLAUDE_SKILL_DIR}/scripts/fill.py form.pdf
    ```
    ````

    ```python with path=skills/pdf-forms/scripts/fill.py
    print("filled")
    ```
    """
    for mention in mentions(skill):
        if mention.certain:
            message = f"the command runs {mention.path}, which is not in the skill"
            yield Told(mention.place, message, remedy(skill, mention.path))
    for mention in rooted_mentions(skill):
        if mention.certain:
            message = f"the command runs {mention.path}, which is not in the plugin"
            yield Told(mention.place, message, "add the file, or correct the path")
