"""Skill -> link-leaves-skill."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillcheck.model import Severity, Skill
from skillcheck.rules.fences import is_meant_as_code
from skillcheck.rules.paths import leaves, links
from skillcheck.rules.rule import Told, rule

_SKILL = re.compile(r"([^/]+)/SKILL\.md(?:#.*)?$")


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
        if leaves(document, link.target) and not is_meant_as_code(document, link.place.line):
            message = f"the link to {link.target} leaves the skill's folder"
            other = _SKILL.search(link.target)
            inside = f"name the skill {other[1]} in words" if other else "copy the file into the skill"
            yield Told(link.place, message, f"{inside}, or link to it by https")
