"""Marketplace -> reserved-marketplace-name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillcheck import facts
from skillcheck.model import Marketplace
from skillcheck.rules.entries import is_anthropic
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule("SK510", clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugin-marketplaces")
def reserved_marketplace_name(marketplace: Marketplace) -> Iterator[Told]:
    """The marketplace's name is reserved.

    Claude Code refuses to add the marketplace. Its validator passes some of these names all the same.

    ```json bad path=.claude-plugin/marketplace.json
    {
      "name": "agent-skills",
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
    fields = marketplace.data.mapping()
    name = fields.get("name")
    why = _why(name.lower(), is_own=is_anthropic(fields.get("owner"))) if isinstance(name, str) else None
    if why:
        message = f"the marketplace's name {name!r} {why}"
        yield Told(marketplace.data.place("name"), message, "choose a name of your own")


def _why(name: str, *, is_own: bool) -> str | None:
    """Return why Claude Code refuses the name; what Anthropic itself reserves is its own, the others are nobody's."""
    known = facts.marketplace()
    if name in known.reserved_official:
        return None if is_own else "is reserved for Anthropic"
    if name in known.reserved_internal:
        return "is reserved by the client itself"
    return "passes as Anthropic's own" if re.search(known.impersonation, name) else None
