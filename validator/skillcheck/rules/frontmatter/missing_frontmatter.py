"""Fault -> missing-frontmatter."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Fault, FaultKind
from skillcheck.rules.rule import CLAUDE_CODE, SPEC, Told, rule


@rule(
    "SK101",
    clients=SPEC,
    warned=CLAUDE_CODE,
    source="https://agentskills.io/specification#skill-md-format",
)
def missing_frontmatter(fault: Fault) -> Iterator[Told]:
    """SKILL.md does not begin with frontmatter.

    The frontmatter is all that a client sees before it loads a skill. claude.ai refuses the file, and Claude Code
    lists the skill by its first line.

    ```markdown bad path=skills/pdf-forms/SKILL.md
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
    if fault.kind is FaultKind.NO_FRONTMATTER:
        yield Told(fault.place, fault.fact, fault.remedy, fault.edits, fault.safe)
