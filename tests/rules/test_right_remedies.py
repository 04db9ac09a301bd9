"""What a finding says is to be done helps: nothing that is taken, means another thing or is there already."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

import pytest

from skillcheck.model import Finding

Told = Callable[[Mapping[str, str]], list[Finding]]

HEAD = "---\nname: forms\ndescription: Fills PDF forms. Use when the user asks to fill a form.\n"
PLUGIN = {"name": "forms", "version": "1.0.0", "description": "Forms", "author": {"name": "Ada"}}
BLOCK = "write the value that it belongs to as a block after `|`, with its lines indented"
ADD = "add the file, or remove the link"


def fixes(told: Told, code: str, files: Mapping[str, str]) -> list[str | None]:
    return [each.fix for each in told(files) if each.code == code]


@pytest.mark.parametrize(
    ("link", "there", "expected"),
    [
        ("guides/02-git-flow.md", "guides/01-git-flow.md", ADD),
        ("guides/git-flows.md", "guides/git-flow.md", "link to `guides/git-flow.md`"),
        ("guides/git-flows.md", "guides/linked-flow.md", ADD),
        ("guides/linked-flows.md", "guides/linked-flow.md", ADD),
        ("guides/LINKED_FLOW.md", "guides/linked-flow.md", "link to `guides/linked-flow.md`"),
        ("docs/SKILL.md", "docs/x.md", ADD),
        ("../tables/SKILL.md", "docs/x.md", None),
        ("skills/tables/SKILL.md", "docs/x.md", "write the name of the skill, `tables`, without a link"),
        ("docs/main.md", "docs/x.md", ADD),
    ],
)
def test_a_link(told: Told, link: str, there: str, expected: str | None) -> None:
    main = f"{HEAD}---\n\n[a](guides/linked-flow.md) and [b]({link})\n"
    files = {"SKILL.md": main, there: "# There\n", "guides/linked-flow.md": "# Linked\n"}
    found = fixes(told, "SK401", {f"skills/forms/{path}": text for path, text in files.items()})
    assert found == ([expected] if expected else [])


def test_a_page_is_not_to_link_to_itself(told: Told) -> None:
    page = "[b](old/fields.md) [c](field.md) [d](../docs/SKILL.md)\n"
    files = {"SKILL.md": f"{HEAD}---\n\n[a](docs/fields.md)\n", "docs/fields.md": page}
    found = fixes(told, "SK401", {f"skills/forms/{path}": text for path, text in files.items()})
    assert found == [ADD, ADD, "link to `../SKILL.md`"]


@pytest.mark.parametrize(
    ("folder", "name", "expected"),
    [
        ("forms", "tables", "rename the skill to `forms`, or the folder to `tables`"),
        ("All forms", "tables", "rename the folder to `tables`, or both to `all-forms`"),
        ("Tables", "tables", "rename the folder to `tables`"),
    ],
)
def test_a_name_that_differs(told: Told, folder: str, name: str, expected: str) -> None:
    text = f"---\nname: {name}\ndescription: Fills PDF forms. Use when asked to fill one.\n---\n\nFill.\n"
    assert fixes(told, "SK113", {f"skills/{folder}/SKILL.md": text}) == [expected]


@pytest.mark.parametrize(
    ("line", "code", "expected"),
    [
        ("context: Use when the user asks", "SK106", "move the text to the description, or to the body"),
        ("context: none", "SK106", "make it inline or fork"),
        ("context: ls forms/", "SK106", "move the text to the description, or to the body"),
        ("effort: one two three four", "SK106", "move the text to the description, or to the body"),
        ("models: {good: a, better: b}", "SK108", "move `models` below `metadata`, or remove it"),
        ("models: sonnet", "SK107", "rename it to `model`"),
        ("allowed_tools: {read: yes}", "SK107", "rename it to `allowed-tools`"),
        (
            "hooks: {Stop: [{matcher: x, command: ls}]}",
            "SK106",
            'write the hook into a list there: `"hooks": [ … ]`',
        ),
        ('license: "MIT\nor later"', "SK102", "indent the lines of that value"),
        ('license:\n  - "MIT"\n  "or"\n  - "later"', "SK102", "write `- ` before it"),
        ("metadata:\n  words: [all, @once]", "SK102", "put it in quotes"),
        ("license: MIT (or: later\n\n<p>\nmore", "SK102", BLOCK),
        ('license: "MIT"\n  version: 3', "SK102", "align it with its siblings"),
        ('license: "MIT\n  or"\n  later', "SK102", "put it before the quote, or delete it"),
        ("tools:\n  - a\n- b", "SK102", "indent it as they are"),
        ("license: MIT\n<p>", "SK102", f"write `key: value`, or {BLOCK}"),
        (
            "tools:\n  - Read\n  more:\n    - Write",
            "SK102",
            "begin it where the field above the list begins, or write `- ` before it",
        ),
        ("forms-compatibility: 3", "SK108", "move `forms-compatibility` below `metadata`, or remove it"),
        ("user-invokable: true", "SK107", "rename it to `user-invocable`"),
        ("metadata:\n  words: [\n  @all]", "SK102", "put it in quotes"),
        ("allowed-tools:\n  [\n    Bash(${HOME}/fill *),\n  ]", "SK102", "put the entry in quotes"),
        ("allowed-tools: [Bash(${HOME}/fill *), Read]", "SK103", "put the entry in quotes"),
        ("allowed-tools: [Bash(fill *), Read", "SK103", "put the whole value in quotes"),
        ("allowed-tools: Bash(fill", "SK201", "write it as `Tool` or `Tool(specifier)`"),
        ("license: @all", "SK103", "put the whole value in quotes"),
        ("metadata:\n  author: Ada\n   for: Bob (a: b)", "SK102", None),
    ],
)
def test_frontmatter(told: Told, line: str, code: str, expected: str | None) -> None:
    found = fixes(told, code, {".claude/skills/forms/SKILL.md": f"{HEAD}{line}\n---\n\nFill.\n"})
    assert len(found) == 1
    assert expected in {None, found[0]}


@pytest.mark.parametrize(
    ("line", "fact"),
    [
        ("  - name: to\n    description: Where it goes (default: here)", "unquoted `: ` in the value of `description`"),
        ("  description: Fills", "`description:` is indented, so YAML takes it for more of the field above"),
    ],
)
def test_a_colon_in_a_value_is_no_field_that_is_indented(told: Told, line: str, fact: str) -> None:
    top = "arguments:" if "- name" in line else "model: sonnet"
    command = f"---\n{top}\n{line}\n---\n\nFill.\n"
    found = told({".claude-plugin/plugin.json": json.dumps(PLUGIN), "commands/fill.md": command})
    assert [each.message for each in found if each.code == "SK527"] == [fact]


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("Fills forms.\n---\nname: forms\n---\n", 2, "move what stands before it below it, or delete that"),
        ("name: forms\n--\n", 1, "write `---` on a line before them, and on one after them"),
        (
            "# Forms\n\n---\n\nname: forms\n",
            0,
            "begin the file with `---`, then `name: …` and `description: …`, then `---`",
        ),
        (
            "Fills.\n" * 30 + "---\nname: forms\n",
            0,
            "begin the file with `---`, then `name: …` and `description: …`, then `---`",
        ),
    ],
)
def test_frontmatter_that_is_none(told: Told, text: str, line: int, expected: str) -> None:
    (found,) = [each for each in told({"skills/forms/SKILL.md": text}) if each.code == "SK101"]
    assert found.fix == expected
    assert (f"line {line}" in found.message) == bool(line)


def test_a_list_that_the_repair_makes_a_text_of(told: Told) -> None:
    command = "---\ndescription: Fills forms\nallowed-tools: [Bash(${HOME}/fill *)]\n---\n\nFill.\n"
    found = told({".claude-plugin/plugin.json": json.dumps(PLUGIN), "commands/fill.md": command})
    assert [each.fix for each in found if each.code == "SK201"] == ["put each entry of the list in quotes"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the \apply.js script", "write `a` if that is what is missing there, else remove it"),
        ("the \a script", "remove it"),
        ("the \x01apply.js script", "remove it"),
    ],
)
def test_what_an_escape_left(told: Told, text: str, expected: str) -> None:
    assert fixes(told, "SK412", {"skills/forms/SKILL.md": f"{HEAD}---\n\n{text}\n"}) == [expected]


@pytest.mark.parametrize(
    ("field", "expected"),
    [("timeout_ms", "rename it to `timeout`, and write it in seconds"), ("timeOut", "rename it to `timeout`")],
)
def test_a_timeout_of_milliseconds(told: Told, field: str, expected: str) -> None:
    hooks = {"Stop": [{"hooks": [{"type": "command", "command": "true", field: 3000}]}]}
    manifest = json.dumps({**PLUGIN, "hooks": hooks})
    assert fixes(told, "SK555", {".claude-plugin/plugin.json": manifest}) == [expected]


@pytest.mark.parametrize(("path", "expected"), [("./SKILL.md", "write `./`"), ("./a/SKILL.md", "write `./a/`")])
def test_a_path_of_skills_that_is_a_file(told: Told, path: str, expected: str) -> None:
    manifest = json.dumps({**PLUGIN, "skills": [path]})
    assert fixes(told, "SK525", {".claude-plugin/plugin.json": manifest, path: f"{HEAD}---\n\nFill.\n"}) == [expected]


@pytest.mark.parametrize(
    ("metadata", "source", "expected"),
    [
        ({"pluginRoot": "./plugins"}, "nope", "correct the path; it begins there"),
        ({"pluginRoot": "./plugins"}, "./nope", "correct the path; it begins at the folder that holds .claude-plugin/"),
        ({}, "./nope", "correct the path; it begins at the folder that holds .claude-plugin/"),
        (None, "./nope", "correct the path; it begins at the folder that holds .claude-plugin/"),
    ],
)
def test_a_source_that_is_missing(told: Told, metadata: dict[str, str] | None, source: str, expected: str) -> None:
    plugins = [{"name": "forms", "source": source}]
    market = {"name": "acme", "owner": {"name": "Ada"}, "plugins": plugins, "metadata": metadata}
    files = {".claude-plugin/marketplace.json": json.dumps(market), "plugins/README.md": "# Plugins\n"}
    assert fixes(told, "SK512", files) == [expected]


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        (
            "```markdown\n# A\n```bash\nls\n```\n\nThe end.\n```\n",
            "SK407",
            "give the fence of line 6 one mark more, and end it with as many",
        ),
        (
            "```markdown\n# A\n```bash\nls\n```\n",
            "SK407",
            "close the fence of line 6 before this one, or give it one mark more and end it with as many",
        ),
        ("```bash\nls\n```\n\n```\n\nThe end.\n", "SK416", "remove it, or open the code that it was to close"),
        ("```bash\nls\n```\n\n```\nls\n", "SK406", "close it with the same marks"),
        ("See this:```\nls\n```\nThe end.\n", "SK416", "remove it, or open the code that it was to close"),
        (
            "```bash\nls\n```\n\n<Tab>```bash\nls\n```</Tab>\n<Tab>```bash\nls\n```</Tab>\n",
            "SK407",
            None,
        ),
        ("```\n\nThe end.\n", "SK406", "close it with the same marks"),
        ("```bash\nls\n```\n\nThe end.\n\n```\n\nOr not.\n", "SK406", "close it with the same marks"),
    ],
)
def test_a_fence(told: Told, text: str, code: str, expected: str | None) -> None:
    assert fixes(told, code, {"skills/forms/SKILL.md": f"{HEAD}---\n\n{text}"}) == ([expected] if expected else [])
