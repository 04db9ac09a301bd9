"""Skill -> missing-name."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Skill
from skillcheck.rules.fields import is_readable
from skillcheck.rules.rule import SPEC, Told, rule


@rule("SK110", clients=SPEC, source="https://agentskills.io/specification#name-field")
def missing_name(skill: Skill) -> Iterator[Told]:
    """The frontmatter gives no name.

    The specification and claude.ai require one. Claude Code falls back to the folder's name, which an unpacked
    ZIP may change.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
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
    data = skill.frontmatter.data
    if is_readable(skill.frontmatter) and not str(data.mapping().get("name") or "").strip():
        yield Told(data.place("name"), "`name` is missing or empty", f"add `name: {skill.folder}`")
