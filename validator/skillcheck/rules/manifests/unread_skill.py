"""Bundle -> unread-skill."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from skillcheck.model import Bundle, Plugin, Severity, Skill
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
    roots = sorted(bundle.plugins, key=lambda plugin: len(plugin.location), reverse=True)
    for skill in (skill for skill in bundle.skills if skill.location):
        plugin = next((each for each in roots if _inner(each, skill) is not None), None)
        if plugin is not None and skill.path not in read and not _is_in_skill(skill, bundle):
            inner = _inner(plugin, skill)
            if inner is not None and _is_meant(inner):
                message = f"Claude Code does not read the skill in {inner or 'the root'} of the plugin"
                place = skill.frontmatter.place
                yield Told(place, message, "move it to a folder directly in `skills/`, or name its folder in `skills`")


def _inner(plugin: Plugin, skill: Skill) -> str | None:
    """Return the folder of a skill relative to the plugin, None where it lies outside."""
    inner = posixpath.relpath(skill.location, plugin.location)
    return None if inner.startswith("..") else inner.removeprefix(".").removeprefix("/") if inner == "." else inner


def _is_meant(inner: str) -> bool:
    """Return whether a skill there was meant for the plugin, not for its tests or another client."""
    return inner == "" or inner.split("/", maxsplit=1)[0].lower() in {"skill", "skills"}


def _is_in_skill(skill: Skill, bundle: Bundle) -> bool:
    """Return whether the skill lies in another one, which is told there."""
    others = (other.location for other in bundle.skills if other.location and other is not skill)
    return any(skill.location.startswith(f"{other}/") for other in others if posixpath.basename(other) != "skills")
