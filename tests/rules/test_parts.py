"""A plugin may have parts that are no skills: then a skill is not what it lacks."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

import pytest

from skillcheck.model import Finding

Told = Callable[[Mapping[str, str]], list[Finding]]

PLUGIN: dict[str, object] = {"name": "forms", "version": "1.0.0", "description": "Forms", "author": {"name": "Ada"}}
SERVER = {"forms": {"command": "forms-server"}}


@pytest.mark.parametrize(
    ("fields", "more", "codes"),
    [
        ({"mcpServers": SERVER}, {}, []),
        ({"lspServers": {"x": {"command": "x", "extensionToLanguage": {".x": "x"}}}}, {}, []),
        ({"hooks": {"Stop": [{"hooks": [{"type": "command", "command": "true"}]}]}}, {}, []),
        ({}, {"output-styles/short.md": "---\nname: Short\n---\n\nBe short.\n"}, []),
        ({}, {"bin/forms": "#!/bin/sh\n"}, []),
        ({}, {}, ["SK001", "SK563"]),
        ({"skils": "./x"}, {}, ["SK001", "SK504", "SK563"]),
        ({}, {"skills/README.md": "# Skills\n"}, ["SK001"]),
        ({"skills": ["./more"]}, {"more/README.md": "# More\n"}, ["SK001", "SK549"]),
    ],
)
def test_only_what_holds_nothing_lacks_a_skill(
    told: Told, fields: Mapping[str, object], more: Mapping[str, str], codes: list[str]
) -> None:
    found = told({".claude-plugin/plugin.json": json.dumps({**PLUGIN, **fields}), **more})
    assert sorted(each.code for each in found) == codes


@pytest.mark.parametrize("field", [{"mcpServers": SERVER}, {"hooks": {}}])
def test_an_entry_may_bring_the_parts(told: Told, field: Mapping[str, object]) -> None:
    entry = {"name": "forms", "source": "./p", "strict": False, "description": "Forms", **field}
    market = {"name": "office", "owner": {"name": "Ada"}, "description": "Office", "plugins": [entry]}
    assert told({".claude-plugin/marketplace.json": json.dumps(market), "p/README.md": "# Forms\n"}) == []
