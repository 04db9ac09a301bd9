"""Bundle -> no-skill."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Bundle, Marketplace, Place
from skillcheck.rules.parts import has_more
from skillcheck.rules.rule import Told, rule


@rule("SK001", source="https://code.claude.com/docs/en/skills")
def no_skill(bundle: Bundle) -> Iterator[Told]:
    """No skill was found.

    A check that looked at nothing must not pass. The clients load a skill only from a folder that holds a file
    named SKILL.md, in capitals.

    ```markdown bad path=skills/pdf-forms/NOTES.md
    # Forms
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
    if bundle.skills or bundle.faults or bundle.archives:
        return
    if any(map(has_more, bundle.plugins)):
        return
    if any(_lists_only_remote(marketplace) for marketplace in bundle.marketplaces):
        return
    place = Place(bundle.paths[0] if bundle.paths else ".")
    message = f"no skill in {', '.join(bundle.paths) or 'nothing'}, expected a folder with a SKILL.md"
    yield Told(place, message, "name a folder, a SKILL.md, a ZIP, a plugin or a marketplace that holds a skill")


def _lists_only_remote(marketplace: Marketplace) -> bool:
    plugins = marketplace.data.mapping().get("plugins")
    entries = plugins if isinstance(plugins, list) else []
    return bool(entries) and all(isinstance(entry, dict) and isinstance(entry.get("source"), dict) for entry in entries)
