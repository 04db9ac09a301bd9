"""Frontmatter -> reserved-name."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck import facts
from skillcheck.model import Frontmatter
from skillcheck.rules.rule import CLAUDE_AI, Told, rule


@rule("SK112", clients=CLAUDE_AI, source="https://platform.claude.com/docs/en/agents-and-tools/agent-skills/overview")
def reserved_name(frontmatter: Frontmatter) -> Iterator[Told]:
    """The name holds a word that claude.ai reserves.

    claude.ai answers "Skill name in SKILL.md cannot contain the reserved word". Claude Code does not mind.

    ```markdown bad path=skills/claude-forms/SKILL.md
    ---
    name: claude-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

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
    name = frontmatter.data.mapping().get("name")
    for word in facts.frontmatter().reserved_words if isinstance(name, str) else ():
        if word in str(name).lower():
            message = f"the name {name!r} holds the reserved word {word!r}"
            yield Told(frontmatter.data.place("name"), message, "name the skill for what it does")
