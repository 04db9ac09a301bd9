"""Frontmatter -> invalid-name."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from skillcheck import facts
from skillcheck.model import Edit, Frontmatter
from skillcheck.rules.fields import is_name
from skillcheck.rules.names import is_kebab, kebab
from skillcheck.rules.paths import is_pattern
from skillcheck.rules.rule import SPEC, Told, rule
from skillcheck.rules.wording import is_same_word
from skillcheck.rules.written import is_bare, is_told


@rule("SK111", clients=SPEC, source="https://agentskills.io/specification#name-field")
def invalid_name(frontmatter: Frontmatter) -> Iterator[Told]:
    """The name is not in lower-case letters, digits and hyphens.

    claude.ai answers "Skill name in SKILL.md can only contain lowercase letters, numbers, and hyphens". The name
    is also a folder's and a command's.

    ```markdown bad path=skills/PDF_Forms/SKILL.md
    ---
    name: PDF_Forms
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
    limit, place = facts.frontmatter().limit("name"), frontmatter.data.place("name")
    if not isinstance(name, str) or not name.strip() or is_told(frontmatter, place):
        return
    if is_pattern(posixpath.dirname(place.path), name):
        return
    if len(name) > limit:
        yield Told(place, f"the name has {len(name)} characters, at most {limit} are taken", "shorten it")
    if not is_kebab(name):
        message = f"the name is {name!r}, expected lower-case letters and digits, joined by single hyphens"
        folder = posixpath.basename(posixpath.dirname(place.path))
        meant = kebab(name, folder)
        is_one = place.end_line == place.line
        alike = folder == meant and is_name(meant) and is_one  # else it would differ from its folder
        edits = (Edit(place, meant),) if alike and is_bare(frontmatter, place) else ()
        yield Told(place, message, f"rename it to `{meant}`", edits, is_same_word(name, meant))
