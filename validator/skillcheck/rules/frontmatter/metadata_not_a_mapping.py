"""Frontmatter -> metadata-not-a-mapping."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Frontmatter
from skillcheck.rules.rule import CLAUDE_CODE, SPEC, Told, rule
from skillcheck.rules.shape import complaints

_MADE_TEXT = "mend what Claude Code repairs, for its repair makes a text of it"


@rule("SK127", clients=SPEC, warned=CLAUDE_CODE, source="https://agentskills.io/specification#metadata-field")
def metadata_not_a_mapping(frontmatter: Frontmatter) -> Iterator[Told]:
    """The metadata is not a mapping.

    Claude Code drops it with a warning. The reference validator and claude.ai refuse the skill.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    metadata: [forms]
    ---

    # PDF forms

    Fill each field by its name.
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    metadata:
      topic: forms
    ---

    # PDF forms

    Fill each field by its name.
    ```
    """
    for complaint in complaints("skill-frontmatter", frontmatter.data):
        if complaint.pointer == ("metadata",):
            text = frontmatter.data.at("metadata")
            is_mapping = frontmatter.repaired and isinstance(text, str) and text.startswith("{")
            if not is_mapping:  # else it is what Claude Code's repair makes of it
                yield complaint.told
