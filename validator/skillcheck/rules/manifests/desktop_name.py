"""Marketplace -> desktop-name."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck import facts
from skillcheck.model import Marketplace, Pointer, Severity
from skillcheck.rules.entries import entries
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule

LONGEST = 128
"""So many characters does Claude Desktop take for the name of a marketplace or a plugin."""


@rule(
    "SK541",
    severity=Severity.WARNING,
    clients=CLAUDE_CODE,
    source="https://code.claude.com/docs/en/plugin-marketplaces",
)
def desktop_name(marketplace: Marketplace) -> Iterator[Told]:
    """Claude Desktop does not sync a marketplace of that name.

    Claude Code takes it. The managed sync of Claude Desktop refuses the whole marketplace.

    ```json bad path=.claude-plugin/marketplace.json
    {
      "name": "org",
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
    name = marketplace.data.mapping().get("name")
    if isinstance(name, str) and name.lower() in facts.marketplace().reserved_desktop:
        message = f"the marketplace's name {name!r} is reserved in Claude Desktop"
        yield Told(marketplace.data.place("name"), message, "choose a name of your own")
    pointers: list[Pointer] = [("name",), *(("plugins", index, "name") for index, _ in entries(marketplace))]
    names = [name, *(entry.get("name") for _, entry in entries(marketplace))]
    for pointer, each in zip(pointers, names, strict=True):
        if isinstance(each, str) and len(each) > LONGEST:
            message = f"the name has {len(each)} characters, Claude Desktop takes {LONGEST}"
            yield Told(marketplace.data.place(*pointer), message, "shorten it")
