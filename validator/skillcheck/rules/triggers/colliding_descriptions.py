"""Bundle -> colliding-descriptions."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator

from skillcheck.model import Bundle, Severity, Skill
from skillcheck.rules.alike import pairs
from skillcheck.rules.rule import Told, rule
from skillcheck.rules.triggering import is_chosen


@rule(
    "SK310",
    severity=Severity.WARNING,
    source="https://platform.claude.com/docs/en/agents-and-tools/agent-skills/best-practices",
)
def colliding_descriptions(bundle: Bundle) -> Iterator[Told]:
    """Two skills that lie side by side describe themselves alike.

    Claude chooses by the description alone. Of two that say the same it takes one by chance, and what only the other
    knows is not read. Two that differ in what they are named after, and in little else, are told apart by that.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms and reads their fields. Use when the user asks to fill a form.
    ---

    # Forms

    Fill each field by its name.
    ```

    ```markdown with path=skills/form-filler/SKILL.md
    ---
    name: form-filler
    description: Fills PDF forms, and reads their fields. Use when a user asks to fill a form.
    ---

    # Forms

    Fill each field by its name.
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms and reads their fields. Use when the user asks to fill a form.
    ---

    # Forms

    Fill each field by its name.
    ```

    ```markdown with path=skills/tax-tables/SKILL.md
    ---
    name: tax-tables
    description: Looks up tax rates by country and year. Use when an invoice needs its tax.
    ---

    # Forms

    Fill each field by its name.
    ```
    """
    groups: defaultdict[str, list[Skill]] = defaultdict(list)
    for skill in bundle.skills:
        if is_chosen(skill):
            groups[posixpath.dirname(skill.path)].append(skill)
    for skills in (group for group in groups.values() if len(group) > 1):
        for first, second in pairs([(skill.name, skill.description) for skill in skills]):
            one, other = skills[first], skills[second]
            if one.name == other.name:  # of which another rule tells
                continue
            message = f"the description says nearly the same as that of {one.name}"
            place = other.frontmatter.data.place("description")
            yield Told(place, message, "say what this skill does that the other does not, or make one of both")
