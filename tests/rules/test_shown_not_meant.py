"""What a text shows, quotes or lets others do is not told of it; its twin that is meant is."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

import pytest

from skillcheck.model import Finding

Told = Callable[[Mapping[str, str]], list[Finding]]

HEAD = "---\nname: forms\ndescription: Fills PDF forms. Use when the user asks to fill a form.\n---\n\n"
PLUGIN = {"name": "forms", "version": "1.0.0", "description": "Forms", "author": {"name": "Ada"}}
FILES = {"scripts/fill.py": "print('filled')\n", "references/fields.md": "# Fields\n"}


def of(told: Told, body: str, *codes: str, **files: str) -> list[tuple[str, int]]:
    """Return those of the codes that a skill with that body gives, with their lines below its frontmatter."""
    every = {f"skills/forms/{path}": text for path, text in {**FILES, **files, "SKILL.md": HEAD + body}.items()}
    found = told({**every, ".claude-plugin/plugin.json": json.dumps(PLUGIN), "hooks/stop.sh": "#!/bin/sh\n"})
    return [(each.code, each.place.line - HEAD.count("\n")) for each in found if each.code in codes]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('- "See [all](all.md) for more"\n', []),
        ("- \u201cSee [all](all.md) for more\u201d\n", []),
        ('- "[All](all.md)"\n', [1]),
        ('The "form", see [all](all.md).\n', [1]),
        ('See [all](all.md "All of it") and [more](more.md "More").\n', [1, 1]),
        ('He said "see [all](all.md)\n', [1]),
        ("# Report: [Service Name]\n\n## More\n\n[All](./docs/all.md)\n", []),
        ("# Report: [Service Name]\n\n## More\n\n[All](references/all.md)\n", [5]),
        ("## Report: [Name]\n\n### More\n\n[All](docs/all.md)\n\n## Own\n\n[All](docs/more.md)\n", [9]),
        ("# [Project name]\n\n[All](docs/all.md)\n\n# Own\n\n[All](docs/more.md)\n", [7]),
        ("# [Optional] Reports\n\n[All](docs/all.md)\n", [3]),
        ("### Report: [Name]\n\n[All](docs/all.md)\n", [3]),
        ("Use [theirs](.github/pull_request.md).\n", []),
        ("Use [theirs](.forms/all.md).\n", [1]),
    ],
)
def test_links(told: Told, body: str, expected: list[int]) -> None:
    found = of(told, body, "SK401", **{".forms/one.md": "# One\n"})
    assert [line for _, line in found] == expected


@pytest.mark.parametrize(
    ("commands", "expected"),
    [
        ("bash scripts/check.sh", "SK404"),
        ("if [ -f scripts/check.sh ]; then\n  bash scripts/check.sh\nfi", None),
        ("if [ -f scripts/fill.py ]; then\n  bash scripts/check.sh\nfi", "SK404"),
        ('goals add coverage "bash scripts/check.sh"', None),
        ('bash -c "bash scripts/check.sh"', "SK404"),
        ("# Use the tables skill to check\nbash scripts/check.sh", None),
        ("# Use this skill to check\nbash scripts/check.sh", "SK404"),
        ("# Run the forms skill's check\nbash scripts/check.sh", "SK404"),
        ("bash scripts/check.sh || true", "SK405"),
        ("#!/bin/bash\nbash scripts/check.sh", "SK405"),
        ("# check.sh\n#!/bin/bash\nbash scripts/check.sh", "SK405"),
        ('bash "${CLAUDE_PLUGIN_ROOT}/hooks/check.sh"', "SK404"),
        ('# The hook\n\n#!/bin/bash\nbash "${CLAUDE_PLUGIN_ROOT}/hooks/check.sh"', None),
    ],
)
def test_commands(told: Told, commands: str, expected: str | None) -> None:
    found = of(told, f"Run `scripts/fill.py`.\n\n```bash\n{commands}\n```\n", "SK404", "SK405")
    assert [code for code, _ in found] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("| Example | Text |\n| --- | --- |\n| 1 | read `references/all.md` |\n", []),
        ("| File | Text |\n| --- | --- |\n| 1 | read `references/all.md` |\n", [3]),
        ("| Example |\n| --- |\n\n| File |\n| --- |\n| read `references/all.md` |\n", [6]),
    ],
)
def test_files_in_tables_of_examples(told: Told, body: str, expected: list[int]) -> None:
    assert [line for _, line in of(told, body, "SK405")] == expected


@pytest.mark.parametrize(("folder", "expected"), [("references/templates", 0), ("references/pages", 1)])
def test_folders_of_templates_at_any_depth(told: Told, folder: str, expected: int) -> None:
    page = {f"{folder}/page.md": "Read `references/all.md`.\n"}
    assert len(of(told, f"Fill [the page]({folder}/page.md).\n", "SK405", **page)) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Find a path (e.g. `${CLAUDE_PLUGIN_ROOT}/RULES.md`) in it.", 0),
        ("Read `${CLAUDE_PLUGIN_ROOT}/RULES.md`, for example.", 1),
    ],
)
def test_files_of_a_plugin_that_are_examples(told: Told, line: str, expected: int) -> None:
    agent = f"---\nname: reader\ndescription: Reads rules.\n---\n\n{line}\n"
    found = told({".claude-plugin/plugin.json": json.dumps(PLUGIN), "agents/reader.md": agent})
    assert sum(each.code == "SK535" for each in found) == expected
