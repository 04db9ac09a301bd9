"""Marketplace -> twin-differs."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Marketplace
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule("SK515", clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugin-marketplaces")
def twin_differs(marketplace: Marketplace) -> Iterator[Told]:
    """The two marketplace.json differ.

    Claude Code reads the one in .claude-plugin. Readers of the other one see something else.
    """
    if marketplace.twin_differs:
        message = f"{marketplace.path} differs from {marketplace.twin}"
        yield Told(
            marketplace.data.place(), message, "copy one over the other; Claude Code reads the one in .claude-plugin"
        )
