"""Bundle -> unread-skill."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from skillcheck.model import Bundle, Severity
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule(
    "SK536", severity=Severity.WARNING, clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugins-reference"
)
def unread_skill(bundle: Bundle) -> Iterator[Told]:
    """Claude Code does not read a skill of a plugin.

    It reads the skills directly in `skills/` and those in folders that plugin.json or the marketplace names. It
    passes over what lies deeper, over a SKILL.md beside `skills/`, and over what a list of skills leaves out.

    ```json bad path=.claude-plugin/plugin.json
    {
      "name": "forms",
      "version": "1.0.0",
      "description": "Fills forms",
      "author": {
        "name": "Ada"
      }
    }
    ```

    ```markdown with path=skills/office/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    Fill each field by its name.
    ```

    ```json good path=.claude-plugin/plugin.json
    {
      "name": "forms",
      "version": "1.0.0",
      "description": "Fills forms",
      "author": {
        "name": "Ada"
      }
    }
    ```

    ```markdown with path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    Fill each field by its name.
    ```
    """
    read = {path for plugin in bundle.plugins for path in plugin.skills}
    roots = frozenset(plugin.location for plugin in bundle.plugins)
    skills = frozenset(skill.location for skill in bundle.skills if posixpath.basename(skill.location) != "skills")
    for skill in (skill for skill in bundle.skills if skill.location and skill.path not in read):
        root = next((folder for folder in (skill.location, *_above(skill.location)) if folder in roots), None)
        if root is not None and skills.isdisjoint(_above(skill.location)):
            inner = skill.location.removeprefix(root).removeprefix("/")
            if _is_meant(inner):
                message = f"Claude Code does not read the skill in {inner or 'the root'} of the plugin"
                place = skill.frontmatter.place
                yield Told(place, message, "move it to a folder directly in `skills/`, or name its folder in `skills`")


def _above(location: str) -> Iterator[str]:
    """Yield the folders that hold one, the nearest first."""
    while (above := posixpath.dirname(location)) != location:
        yield above
        location = above


def _is_meant(inner: str) -> bool:
    """Return whether a skill there was meant for the plugin, not for its tests or another client."""
    return inner == "" or inner.split("/", maxsplit=1)[0].lower() in {"skill", "skills"}
