"""What a text shows, quotes or lets others do is not told of it; its twin that is meant is."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from skillcheck.load import load
from skillcheck.model import Finding
from skillcheck.rules import judge, nodes

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
        ("python -m unittest forms/tests/test_forms.py\nbash scripts/check.sh", None),
        ("python -m unittest ~/forms/tests/test_forms.py\nbash scripts/check.sh", "SK404"),
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
        ("| Template | Target path |\n| --- | --- |\n| a | `references/all.md` |\n", []),
        ("| Target path | Template |\n| --- | --- |\n| a | `references/all.md` |\n", [3]),
        ("| Target |\n| --- |\n\n| File |\n| --- |\n| `references/all.md` |\n", [6]),
        ("**Examples of files:**\n\n- `references/all.md` - all\n  and `references/more.md`\n", []),
        ("Some examples:\n\n- one\n\nRead `references/all.md`.\n", [5]),
        ("Some files:\n\n- `references/all.md`\n", [3]),
        ("Some examples:\n\n| File |\n| --- |\n| `references/all.md` |\n", [5]),
    ],
)
def test_files_in_tables_and_lists(told: Told, body: str, expected: list[int]) -> None:
    assert [line for _, line in of(told, body, "SK405")] == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("references/templates/page.md", 0),
        ("references/TEMPLATE.md", 0),
        ("references/page-template.md", 0),
        ("references/contemplate.md", 2),
        ("references/pages/page.md", 2),
    ],
)
def test_templates_at_any_depth(told: Told, path: str, expected: int) -> None:
    page = {path: "# Page\n\nTODO: say how.\n\nRead `references/all.md`.\n"}
    assert len(of(told, f"Fill [the page]({path}).\n", "SK405", "SK438", **page)) == expected


@pytest.mark.parametrize(
    ("block", "expected"),
    [("#!/bin/bash\nls", 0), ("ls", 1)],
)
def test_a_script_that_is_shown_whole(told: Told, block: str, expected: int) -> None:
    body = f"The check (`scripts/check.sh`):\n\n```bash\n{block}\n```\n"
    assert len(of(told, body, "SK405")) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("skills/forms.md", 1),
        (".claude/skills/forms.md", 1),
        ("plugin/skills/forms.md", 1),
        ("src/content/skills/forms.md", 0),
        ("skills/_forms.md", 0),
        ("skills/skill-template.md", 0),
    ],
)
def test_a_page_that_is_no_skill(told: Told, path: str, expected: int) -> None:
    page = "---\nname: forms\ndescription: Fills forms.\n---\n\nFill.\n"
    found = told({"plugin/.claude-plugin/plugin.json": json.dumps(PLUGIN), path: page})
    assert sum(each.code == "SK010" for each in found) == expected


@pytest.mark.parametrize(
    ("given", "expected"), [(".", ["b", "c"]), ("tests/fixtures", ["a"]), ("evals/fixtures", ["d"])]
)
def test_mistakes_that_tests_try(tmp_path: Path, given: str, expected: list[str]) -> None:
    for folder in ("tests/fixtures/a", "fixtures/b", "c", "evals/fixtures/d"):
        file = tmp_path / folder / ".claude-plugin" / "marketplace.json"
        file.parent.mkdir(parents=True)
        file.write_text(json.dumps({"name": "acme", "plugins": []}))
    found = [each for each in judge(nodes(load([tmp_path / given]))) if each.code == "SK503"]
    assert sorted(Path(each.place.path).parts[-3] for each in found) == expected


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("template", 0),
        ("skills/_templates", 0),
        ("docs/templates", 0),
        ("templates/forms", 0),
        ("examples/1-forms", 0),
        ("skills/templates", 3),
        ("skills/forms", 3),
    ],
)
def test_a_skill_that_others_are_made_of(told: Told, folder: str, expected: int) -> None:
    text = "---\nname: YOUR NAME\ndescription: Fills forms. Use when asked.\n---\n\n[All](references/all.md)\n"
    found = told({f"{folder}/SKILL.md": text})
    assert sum(each.code in {"SK111", "SK113", "SK401"} for each in found) == expected


@pytest.mark.parametrize(
    ("line", "expected"), [("metadata: {topic: forms}", 0), ("metadata: forms", 1), ("metadata: [forms]", 1)]
)
def test_metadata_that_a_repair_makes_a_text_of(told: Told, line: str, expected: int) -> None:
    skill = f"---\nname: forms\ndescription: Use for: forms\n{line}\n---\n\nFill.\n"
    assert sum(each.code == "SK127" for each in told({"skills/forms/SKILL.md": skill})) == expected


@pytest.mark.parametrize(
    ("end", "more", "expected"),
    [
        ("return 0", "", []),
        ("raise ValueError", "", []),
        ("print(1)", "", [3]),
        ("return 0", "    print(parts)\n", []),
        ("return 0", "def more():\n    parts = 1\n    return parts\n", []),
        ("return 0", "def more():\n    return parts\n", [5]),
    ],
)
def test_a_name_that_nothing_reads(told: Told, end: str, more: str, expected: list[int]) -> None:
    script = {"scripts/fill.py": f"def fill():\n    {end}\n    print(parts)\n{more}"}
    found = of(told, "Run `scripts/fill.py`.\n", "SK444", **script)
    assert [line + HEAD.count("\n") for _, line in found] == expected


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("Helps to rest. Use when asked I'm tired, or what I can do", 0),
        ("Helps to rest. Use when the user says I'm tired. Tells how.", 0),
        ("Helps to rest. Triggers: I'm tired, help me rest.", 0),
        ("Helps to rest. Use when asked to rest. I can tell how.", 1),
    ],
)
def test_words_of_a_user_without_quotes(told: Told, description: str, expected: int) -> None:
    skill = f'---\nname: forms\ndescription: "{description}"\n---\n\nRest.\n'
    assert sum(each.code == "SK303" for each in told({"skills/forms/SKILL.md": skill})) == expected


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


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Run `scripts/generate_report.py`, then read `references/create.md`.\n", 2),
        ("Generate the report as `references/all.md`.\n", 0),
        ("Generate the report with `references/all.md`.\n", 1),
        ("See `references/all.md` for examples of output, if the user might want some.\n", 1),
        ("Run `scripts/all.py`. It writes three files.\n", 1),
        ("Write three files. Then read `references/all.md`.\n", 1),
        ("Write three files. More is in `references/all.md`.\n", 1),
        ("If the form is long, read `references/all.md`.\n", 1),
        ("If `references/all.md` exists, read that.\n", 0),
        ("Extract the rest to `references/all.md`.\n", 0),
        ("See `forms` → `references/all.md`.\n", 0),
        ("❌ See `references/all.md`.\n", 0),
        ("Run `write x` on `references/all.md`.\n", 1),
        ("Name them by subject (e.g., `references/all.md`).\n", 0),
        ("Move the rest to `references/all.md`.\n", 0),
        ("次に `tables` スキルの `references/all.md` を読む。\n", 0),
        ("次に `forms` スキルの `references/all.md` を読む。\n", 1),
    ],
)
def test_what_a_line_says_of_a_file_counts_and_not_what_it_is_called(told: Told, body: str, expected: int) -> None:
    assert len(of(told, body, "SK404", "SK405")) == expected


def test_a_file_of_the_plugin_is_told_with_the_way_to_it(told: Told) -> None:
    body = "Run `scripts/check.sh` and `scripts/none.sh`.\n"
    files = {
        "skills/forms/SKILL.md": HEAD + body,
        "skills/forms/scripts/fill.py": "print(1)\n",
        "scripts/check.sh": "ls\n",
    }
    found = told({**files, ".claude-plugin/plugin.json": json.dumps(PLUGIN)})
    assert [each.fix for each in found if each.code == "SK405"] == [
        "write `${CLAUDE_PLUGIN_ROOT}/scripts/check.sh`, where the plugin holds it",
        "add the file, or correct the path",
    ]


@pytest.mark.parametrize(
    ("folder", "manifest", "expected"),
    [
        (".claude/skills/forms", "", []),
        ("tools/skills/forms", "tools/.claude-plugin/plugin.json", []),
        ("skills/forms", ".claude-plugin/plugin.json", ["SK404"]),
    ],
)
def test_a_file_of_the_project_is_none_of_the_skill(
    told: Told, folder: str, manifest: str, expected: list[str]
) -> None:
    body = "```bash\nbash scripts/check.sh\n```\n\nRun `scripts/fill.py`.\n"
    files = {f"{folder}/SKILL.md": HEAD + body, f"{folder}/scripts/fill.py": "print(1)\n", "scripts/check.sh": "ls\n"}
    found = told({**files, **({manifest: json.dumps(PLUGIN)} if manifest else {})})
    assert [each.code for each in found if each.code in {"SK404", "SK405"}] == expected


@pytest.mark.parametrize(("command", "expected"), [("heroku run node scripts/all.js", 0), ("node scripts/all.js", 1)])
def test_what_runs_on_another_machine_is_not_the_skills(told: Told, command: str, expected: int) -> None:
    found = told({"skills/forms/SKILL.md": f"{HEAD}```bash\n{command}\n```\n"})
    assert [each.code for each in found].count("SK405") == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Read `references/all.md`.\n", 1),
        ("All of it lives in `references/all.md`.\n", 1),
        ("The long part was moved to `references/all.md`.\n", 1),
        ("`references/all.md` holds more. Read that file.\n", 0),
        ("More is `references/all.md`. Read that file first.\n", 1),
        ("追加は `references/all.md` を参照。\n", 1),
        ("The part of `references/all.md`.\n", 0),
    ],
)
def test_a_file_in_a_folder_that_is_not_there_is_meant_where_claude_is_sent_to_it(
    told: Told, body: str, expected: int
) -> None:
    found = told({"skills/forms/SKILL.md": HEAD + body})
    assert [each.code for each in found].count("SK405") == expected
