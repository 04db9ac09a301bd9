"""Bundle -> unknown-dependency."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Bundle, Data, Json, Marketplace, Pointer
from skillcheck.rules.entries import entries, joined
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule("SK540", clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugin-marketplaces")
def unknown_dependency(bundle: Bundle) -> Iterator[Told]:
    """A plugin depends on one that its marketplace does not list.

    Claude Code does not install such a plugin, or installs it and does not load it. Plugins of other marketplaces are
    taken only from those in `allowCrossMarketplaceDependenciesOn`.

    ```json bad path=.claude-plugin/marketplace.json
    {
      "name": "forms",
      "owner": {
        "name": "Ada"
      },
      "description": "Forms",
      "plugins": [
        {
          "name": "forms",
          "source": "./",
          "dependencies": [
            "pdf-tools"
          ]
        }
      ]
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

    ```json good path=.claude-plugin/marketplace.json
    {
      "name": "forms",
      "owner": {
        "name": "Ada"
      },
      "description": "Forms",
      "plugins": [
        {
          "name": "forms",
          "source": "./"
        }
      ]
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
    for marketplace in bundle.marketplaces:
        for index, entry in entries(marketplace):
            pointer: Pointer = ("plugins", index, "dependencies")
            yield from _unknown(marketplace, marketplace.data, pointer, entry.get("dependencies"))
    for marketplace, _, _, plugin in joined(bundle):
        manifest = plugin.manifest or marketplace.data
        yield from _unknown(marketplace, manifest, ("dependencies",), manifest.mapping().get("dependencies"))


def _unknown(marketplace: Marketplace, data: Data, pointer: Pointer, listed: Json) -> Iterator[Told]:
    if not isinstance(listed, list) or not listed:
        return
    names = {entry.get("name") for _, entry in entries(marketplace) if isinstance(entry.get("name"), str)}
    own, allowed = marketplace.data.mapping().get("name"), _allowed(marketplace)
    for index, dependency in enumerate(listed):
        name, other = _parts(dependency)
        place = data.place(*pointer, index)
        if other in {"", own} and name and name not in names:
            yield Told(place, f"the marketplace lists no plugin {name!r}", "list it, or correct the name")
        elif other not in {"", own, *allowed}:
            message = f"{other!r} is another marketplace, from which nothing is taken unasked"
            yield Told(place, message, f"add {other!r} to `allowCrossMarketplaceDependenciesOn`")


def _allowed(marketplace: Marketplace) -> list[str]:
    listed = marketplace.data.mapping().get("allowCrossMarketplaceDependenciesOn")
    return [str(name) for name in listed] if isinstance(listed, list) else []


def _parts(dependency: Json) -> tuple[str, str]:
    """Return the plugin and the marketplace that a dependency names, empty where it does not."""
    if isinstance(dependency, str):
        plugin, _, marketplace = dependency.partition("@")
        return plugin, marketplace
    fields = dependency if isinstance(dependency, dict) else {}
    name, other = fields.get("name"), fields.get("marketplace")
    return name if isinstance(name, str) else "", other if isinstance(other, str) else ""
