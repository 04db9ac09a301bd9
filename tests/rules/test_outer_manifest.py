"""A plugin.json beside .claude-plugin: what it costs a plugin, and when Claude Code looks at it at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

import pytest

from skillcheck.model import Finding, Severity

Told = Callable[[Mapping[str, str]], list[Finding]]

MARKET = {"name": "office", "description": "Forms", "owner": {"name": "Ada"}}
ENTRY = {"name": "forms", "description": "Fills forms", "source": "./plugin"}
LISTED = {
    ".claude-plugin/marketplace.json": json.dumps({**MARKET, "plugins": [ENTRY]}),
    "plugin/skills/cutting/SKILL.md": "---\nname: cutting\ndescription: Cuts boards. Use to cut.\n---\n\nCut them.\n",
}
OUTER = "plugin/plugin.json"
END = ", so that the plugin cannot be installed"
HOOKS = "`hooks[0]` is a number, expected a path to a .json file, or hooks by event"


def of(found: list[Finding], code: str) -> list[tuple[str, int]]:
    return [(finding.message, finding.place.column) for finding in found if finding.code == code]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"version": "1.0.0"}', [(f"`name` is missing{END}", 1)]),
        ('{"name": "forms", "version": 1}', [(f"`version` is a number, expected a string{END}", 30)]),
        (
            '{"name": "forms", "hooks": [1]}',
            [(f"{HOOKS}{END}", 29)],
        ),
        ("[1]", [(f"the file holds a list, not an object{END}", 1)]),
        ("{,}", [(f"`,` stands where a key in double quotes belongs{END}", 2)]),
        ('{"name": "forms", "author": "Ada"}', []),
        ('{"name": "forms", "name": "forms"}', []),
        ('{"name": "forms", "surface": "wood"}', []),
    ],
)
def test_what_keeps_a_plugin_from_being_installed(told: Told, text: str, expected: list[tuple[str, int]]) -> None:
    assert of(told({**LISTED, OUTER: text}), "SK566") == expected


def test_the_file_is_looked_at_where_there_is_no_manifest_inside_alone(told: Told) -> None:
    inner = {"plugin/.claude-plugin/plugin.json": '{"name": "forms"}'}
    assert of(told({**LISTED, **inner, OUTER: "{,}"}), "SK566") == []


def test_the_file_of_a_plugin_that_no_marketplace_lists_is_not_looked_at(told: Told) -> None:
    assert of(told({**LISTED, "other/plugin.json": "{,}", "other/skills/none.txt": ""}), "SK566") == []


def test_a_misplaced_manifest_is_a_warning_where_the_plugin_is_listed(told: Told) -> None:
    files = {OUTER: '{"name": "forms"}', "other/plugin.json": '{"name": "other"}', "other/skills/none.txt": ""}
    found = [finding for finding in told({**LISTED, **files}) if finding.code == "SK013"]
    assert [(finding.severity, finding.message) for finding in found] == [
        (Severity.ERROR, "`plugin.json` is read in `.claude-plugin` alone"),
        (Severity.WARNING, "of a `plugin.json` beside `.claude-plugin` no more than the version is read"),
    ]


def test_the_file_is_mended_as_one_inside_is(told: Told) -> None:
    (finding,) = [finding for finding in told({**LISTED, OUTER: '{"name": "My Forms"}'}) if finding.code == "SK566"]
    assert finding.fix == "make it a name without spaces and control characters"
