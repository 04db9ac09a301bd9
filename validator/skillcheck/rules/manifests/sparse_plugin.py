"""Plugin -> sparse-plugin."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck import facts
from skillcheck.model import Plugin, Severity
from skillcheck.rules.entries import is_parsed
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule(
    "SK509", severity=Severity.WARNING, clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugins-reference"
)
def sparse_plugin(plugin: Plugin) -> Iterator[Told]:
    """plugin.json does not say what, by whom or which version.

    Users choose by these fields, and updates are found by the version. Claude Code's validator warns, and fails
    with --strict.

    ```json bad path=.claude-plugin/plugin.json
    {
      "name": "forms",
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
    if plugin.manifest is None or not is_parsed(plugin.faults):
        return
    fields = plugin.manifest.mapping()
    absent = [key for key in facts.plugin().recommended if key not in fields]
    if absent:
        named = ", ".join(f"`{key}`" for key in absent)
        yield Told(plugin.manifest.place(), f"plugin.json has no {named}", f"add {named}")
    for key in facts.plugin().recommended:
        if fields.get(key, "given") in ("", None):
            yield Told(plugin.manifest.place(key), f"`{key}` of plugin.json is empty", f"write the {key}")
