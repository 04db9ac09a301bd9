"""Skill -> name-mismatch."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Client, Edit, Skill
from skillcheck.rules.fields import is_name
from skillcheck.rules.names import is_kebab, kebab
from skillcheck.rules.paths import is_pattern
from skillcheck.rules.rule import Told, rule
from skillcheck.rules.written import is_bare, is_told

_ARCHIVES = (".zip", ".skill")


@rule("SK113", clients=(Client.SPEC,), source="https://agentskills.io/specification#name-field")
def name_mismatch(skill: Skill) -> Iterator[Told]:
    """The skill's name differs from its folder.

    The specification has the two alike, and its validator fails. Clients that know a skill by its folder and
    those that know it by its name call it differently.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-form
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
    name, place = skill.frontmatter.data.mapping().get("name"), skill.frontmatter.data.place("name")
    has_folder = skill.folder and (skill.location or not skill.path.endswith(_ARCHIVES))  # else another rule tells it
    is_other = isinstance(name, str) and name.strip() and has_folder and name != skill.folder
    if (
        isinstance(name, str)
        and is_other
        and not is_told(skill.frontmatter, place)
        and not is_pattern(skill.path, name)
    ):
        message = f"the name is {name!r}, the folder {skill.folder!r}"
        fix = _fix(name, skill.folder)
        is_one = place.end_line == place.line and is_bare(skill.frontmatter, place)
        edits = (Edit(place, skill.folder),) if is_name(skill.folder) and is_one else ()
        yield Told(place, message, fix, edits, safe=False)


def _fix(name: str, folder: str) -> str:
    """Return what to rename: rather the skill, for another may have the folder of its name."""
    if is_name(folder) and is_kebab(name):
        return f"rename the skill to `{folder}`, or the folder to `{name}`"
    own = kebab(folder, name)
    either = f"rename the folder to `{name}`" + (f", or both to `{own}`" if own != name else "")
    return either if is_kebab(name) else f"name both `{kebab(name, folder)}`"
