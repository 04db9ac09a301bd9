"""Bundle -> unknown-dependency."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Bundle, Data, Json, Marketplace, Pointer
from skillcheck.model.lean import dataclass
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
    listings = {marketplace.path: _Listing.of(marketplace) for marketplace in bundle.marketplaces}
    for marketplace in bundle.marketplaces:
        listing = listings[marketplace.path]
        for index, entry in entries(marketplace):
            pointer: Pointer = ("plugins", index, "dependencies")
            yield from _unknown(listing, marketplace.data, pointer, entry.get("dependencies"))
    for marketplace, _, _, plugin in joined(bundle):
        manifest = plugin.manifest or marketplace.data
        yield from _unknown(
            listings[marketplace.path], manifest, ("dependencies",), manifest.mapping().get("dependencies")
        )


@dataclass(frozen=True, slots=True)
class _Listing:
    """The plugins of a marketplace by their names, its own name, and the marketplaces that it takes plugins from."""

    names: frozenset[str]
    own: frozenset[str]
    allowed: frozenset[str]

    @classmethod
    def of(cls, marketplace: Marketplace) -> _Listing:
        fields = marketplace.data.mapping()
        others = fields.get("allowCrossMarketplaceDependenciesOn")
        return cls(
            frozenset(name for _, entry in entries(marketplace) if isinstance(name := entry.get("name"), str)),
            frozenset(["", f"{fields.get('name')}"]),
            frozenset(map(str, others if isinstance(others, list) else ())),
        )


def _unknown(listing: _Listing, data: Data, pointer: Pointer, listed: Json) -> Iterator[Told]:
    for index, dependency in enumerate(listed if isinstance(listed, list) else ()):
        name, other = _parts(dependency)
        place = data.place(*pointer, index)
        if other in listing.own and name and name not in listing.names:
            yield Told(place, f"the marketplace lists no plugin {name!r}", "list it, or correct the name")
        elif other not in listing.own and other not in listing.allowed:
            message = f"{other!r} is another marketplace, from which nothing is taken unasked"
            yield Told(place, message, f"add {other!r} to `allowCrossMarketplaceDependenciesOn`")


def _parts(dependency: Json) -> tuple[str, str]:
    """Return the plugin and the marketplace that a dependency names, empty where it does not."""
    if isinstance(dependency, str):
        plugin, _, marketplace = dependency.partition("@")
        return plugin, marketplace
    fields = dependency if isinstance(dependency, dict) else {}
    name, other = fields.get("name"), fields.get("marketplace")
    return name if isinstance(name, str) else "", other if isinstance(other, str) else ""
