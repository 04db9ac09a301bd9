"""Skill -> blurred-closing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from skillcheck.model import Edit, FaultKind, Place, Severity, Skill
from skillcheck.rules.lines import lines
from skillcheck.rules.rule import Told, rule


@rule("SK117", severity=Severity.WARNING, source="https://agentskills.io/specification#frontmatter")
def blurred_closing(skill: Skill) -> Iterator[Told]:
    """The frontmatter is closed by a line that is not exactly `---`.

    Claude Code takes the first three dashes that it finds. Others want a line of nothing else: for them the frontmatter
    never ends, or what stands behind the dashes begins the text.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ----

    # PDF forms

    Fill each field by its name.
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    Fill each field by its name.
    ```
    """
    is_read = not any(fault.kind is FaultKind.BAD_YAML for fault in skill.frontmatter.faults)
    for document in skill.documents[:1]:
        number = document.body_line - 1
        line = lines(document)[number - 1] if number else "---"
        if line.rstrip() != "---" and is_read:
            place = Place(document.path, number, len(line) - len(line.lstrip()) + 1)
            message = f"`{line.strip()[:40]}` closes the frontmatter, expected `---` alone"
            yield Told(place, message, "write exactly `---`", tuple(_dashes(place, line)))


def _dashes(place: Place, line: str) -> Iterator[Edit]:
    """Yield the edit that leaves three dashes, where nothing else stands in the line."""
    if not line.strip(" \t-"):
        yield Edit(replace(place, column=1, end_line=place.line, end_column=len(line.rstrip("\r")) + 1), "---")
