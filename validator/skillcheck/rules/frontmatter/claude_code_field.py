"""Skill -> claude-code-field."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Severity, Skill
from skillcheck.rules.fields import is_internal, only_claude_code
from skillcheck.rules.rule import SPEC, Told, rule


@rule(
    "SK109",
    severity=Severity.WARNING,
    clients=SPEC,
    source="https://code.claude.com/docs/en/skills#frontmatter-reference",
)
def claude_code_field(skill: Skill) -> Iterator[Told]:
    """A field is known to Claude Code alone.

    Claude Code reads it, but claude.ai answers "Unexpected key(s) in SKILL.md frontmatter". A skill that stands in a
    plugin, a marketplace or below `.claude` reaches Claude Code without an upload and may keep it: there this is a
    note. Elsewhere it is no error either, since the ZIP that `skillcheck pack` writes for the upload leaves it out. If
    no other client is meant, say so: `targets = ["claude-code"]`.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    argument-hint: "[form.pdf]"
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
    for key in only_claude_code(skill.frontmatter) if skill.location else ():
        message = f"`{key}` is a field of Claude Code, claude.ai and the specification refuse it"
        place = skill.frontmatter.data.key_place(key)
        is_moved = is_internal(key)  # Claude Code makes nothing of it either
        fix = f"move `{key}` below `metadata`" if is_moved else "remove it, or target Claude Code alone"
        yield Told(place, message, fix, severity=Severity.NOTE if skill.for_claude_code else None)
