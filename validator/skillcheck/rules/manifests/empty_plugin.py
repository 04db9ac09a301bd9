"""Plugin -> empty-plugin."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Data, Place, Plugin, Pointer, Severity
from skillcheck.rules.entries import manifests
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule

_READ = (
    *("skills", "commands", "agents", "hooks", "monitors", "output-styles", "themes", "workflows", "bin", "SKILL.md"),
    *(".mcp.json", ".lsp.json", "settings.json", "types", "evals"),
)
"""What Claude Code looks for in a plugin."""
_SAYING = frozenset(
    (
        *("$schema", "name", "version", "description", "author", "displayName", "homepage", "repository", "license"),
        *("keywords", "source", "category", "tags", "strict", "metadata", "engines", "network", "relevance"),
    )
)
"""What a manifest says of a plugin without adding anything to it."""


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
    is_read = plugin.skills or plugin.components or plugin.faults or any(map(plugin.holds, _READ))
    found = [] if is_read else list(manifests(plugin))
    if found and all(_adds_nothing(*each) for each in found):
        data, pointer = found[-1]
        place = data.place(*pointer, "source") if pointer else Place(data.place().path)
        message, fix = "the plugin holds nothing that Claude Code reads", f"put its parts into {', '.join(_READ[:4])}"
        yield Told(place, message, fix)


def _adds_nothing(data: Data, pointer: Pointer) -> bool:
    fields = data.at(*pointer)
    return isinstance(fields, dict) and fields.keys() <= _SAYING
