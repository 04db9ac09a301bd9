"""Plugin -> empty-plugin."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Place, Plugin, Severity
from skillcheck.rules.entries import manifests
from skillcheck.rules.parts import FOLDERS, OF_SKILLS, adds_skills, has_more
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule(
    "SK563",
    severity=Severity.WARNING,
    clients=CLAUDE_CODE,
    source="https://code.claude.com/docs/en/plugins-reference#plugin-directory-structure",
)
def empty_plugin(plugin: Plugin) -> Iterator[Told]:
    """A plugin holds nothing that Claude Code reads.

    It is installed, and nothing comes of it: most likely its components lie in another folder, or the entry's source
    leads beside the plugin. Claude Code's validator does not look.

    ```json bad path=plugins/forms/.claude-plugin/plugin.json
    {
      "name": "forms",
      "version": "1.0.0",
      "description": "Fills forms",
      "author": {
        "name": "Ada"
      }
    }
    ```

    ```markdown with path=plugins/forms/prompts/fill.md
    Fill each field by its name.
    ```

    ```markdown with path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    Fill each field by its name.
    ```

    ```json good path=plugins/forms/.claude-plugin/plugin.json
    {
      "name": "forms",
      "version": "1.0.0",
      "description": "Fills forms",
      "author": {
        "name": "Ada"
      }
    }
    ```

    ```markdown with path=plugins/forms/commands/fill.md
    ---
    description: Fills a form
    ---

    Fill each field by its name.
    ```
    """
    found = [] if plugin.skills or plugin.faults or any(map(plugin.holds, OF_SKILLS)) else list(manifests(plugin))
    if found and not has_more(plugin) and not any(adds_skills(*each) for each in found):
        data, pointer = found[-1]
        place = data.place(*pointer, "source") if pointer else Place(data.place().path)
        message, fix = "the plugin holds nothing that Claude Code reads", f"put its parts into {', '.join(FOLDERS)}"
        yield Told(place, message, fix)
