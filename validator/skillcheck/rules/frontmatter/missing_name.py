"""Skill -> missing-name."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Edit, Place, Skill
from skillcheck.rules.fields import is_name, is_readable
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
        fix = f"add `name: {skill.folder}`"
        yield Told(data.place("name"), "`name` is missing or empty", fix, tuple(_added(skill)))


def _added(skill: Skill) -> Iterator[Edit]:
    """Yield the edit that names the skill as its folder, which is what Claude Code calls it, as the first field."""
    frontmatter = skill.frontmatter
    first = min(frontmatter.data.keys.values(), default=None)
    if first and first.column == 1 and "name" not in frontmatter.data.mapping() and is_name(skill.folder):
        end = "\r\n" if "\r\n" in frontmatter.text else "\n"
        top = frontmatter.line  # a comment above the first field is about that one
        yield Edit(Place(first.path, top, 1, top, 1), f"name: {skill.folder}{end}")
