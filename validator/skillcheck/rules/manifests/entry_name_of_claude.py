"""Marketplace -> entry-name-of-claude."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Marketplace, Severity
from skillcheck.rules.entries import entries, is_anthropic
from skillcheck.rules.names import reads_as_anthropic
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule(
    "SK559",
    severity=Severity.WARNING,
    clients=CLAUDE_CODE,
    source="https://code.claude.com/docs/en/plugin-marketplaces",
)
def entry_name_of_claude(marketplace: Marketplace) -> Iterator[Told]:
    """An entry's name holds the word claude or anthropic.

    It reads as one of Anthropic's own. Claude Code's validator warns, and fails with --strict.

    ```json bad path=.claude-plugin/marketplace.json
    {
      "name": "forms-market",
      "owner": {"name": "Ada"},
      "description": "Forms",
      "plugins": [{"name": "my-claude", "source": {"source": "github", "repo": "ada/forms"}}]
    }
    ```

    ```json good path=.claude-plugin/marketplace.json
    {
      "name": "forms-market",
      "owner": {"name": "Ada"},
      "description": "Forms",
      "plugins": [{"name": "forms", "source": {"source": "github", "repo": "ada/forms"}}]
    }
    ```
    """
    if is_anthropic(marketplace.data.mapping().get("owner")):
        return
    for index, entry in entries(marketplace):
        name = entry.get("name")
        if isinstance(name, str) and reads_as_anthropic(name):
            message = f"the plugin's name {name!r} reads as one of Anthropic's own"
            yield Told(marketplace.data.place("plugins", index, "name"), message, "name the plugin for what it does")
