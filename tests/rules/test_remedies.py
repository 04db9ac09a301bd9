"""What is malformed in manifests, hooks and servers is told where it is, with a remedy that mends it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from skillcheck.model import Finding

Told = Callable[[Mapping[str, str]], list[Finding]]

SKILL = "---\nname: forms\ndescription: Fills PDF forms. Use when the user asks to fill a form.\n---\n\nFill them.\n"
PLUGIN: dict[str, Any] = {"name": "forms", "version": "1.0.0", "description": "Forms", "author": {"name": "Ada"}}
MARKET: dict[str, Any] = {"name": "forms", "owner": {"name": "Ada"}, "description": "Forms"}
BASE = {"p/skills/forms/SKILL.md": SKILL, "p/.claude-plugin/plugin.json": json.dumps(PLUGIN)}
HOOK = {"type": "command", "command": "true"}
SERVER = {"command": "forms"}
HASH = {"sha256": "0" * 64}
LANGUAGE = {"command": "x", "extensionToLanguage": {".py": "python"}}
FOLDER = 'write the path alone as the source, such as "./plugins/forms"'
INSTEAD = "write the servers in its place, without it around them"


def placed(found: list[Finding]) -> list[tuple[str, int, int, str]]:
    return [(each.code, each.place.line, each.place.column, each.fix) for each in found]


def listing(**entry: object) -> dict[str, str]:
    entry = {"name": "forms", "source": "./p", **entry}
    return {**BASE, ".claude-plugin/marketplace.json": json.dumps({**MARKET, "plugins": [entry]}, indent=1)}


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("hooks/hooks.json", {}, [("SK531", 1, 1, "add `hooks`")]),
        ("hooks/hooks.json", {"description": "x"}, [("SK531", 1, 1, "add `hooks`")]),
        ("hooks/hooks.json", {"Stop": [{"hooks": [HOOK]}]}, [("SK531", 1, 1, "write what it holds below `hooks`")]),
        ("hooks/hooks.json", {"Hooks": {}}, [("SK531", 1, 1, "rename `Hooks` to `hooks`")]),
        (
            "hooks/hooks.json",
            {"hooks": {"Stop": [HOOK]}},
            [("SK532", 4, 4, 'write the hook into a list there: `"hooks": [ … ]`')],
        ),
        (
            "hooks/hooks.json",
            {"hooks": {"hooks": {}}},
            [("SK532", 3, 3, "write the events in its place, without another `hooks` around them")],
        ),
        (".mcp.json", {"servers": {"a": SERVER}}, [("SK531", 2, 2, "rename it to `mcpServers`")]),
        (".mcp.json", {"mcpservers": {"a": SERVER}}, [("SK531", 2, 2, "rename it to `mcpServers`")]),
        (".mcp.json", {"mcpServers": {"mcpServers": {"a": SERVER}}}, [("SK531", 3, 3, INSTEAD)]),
        (".mcp.json", {"mcpServers": {"a": {"cmd": "x"}}}, [("SK531", 3, 8, "rename `cmd` to `command`")]),
        (".mcp.json", {"mcpServers": {"a": {"env": {}}}}, [("SK531", 3, 8, "add `command`")]),
        (
            ".mcp.json",
            {"mcpServers": {"a": {"type": "http", "uri": "https://a.b"}}},
            [("SK531", 3, 8, "rename `uri` to `url`")],
        ),
        (".lsp.json", {"lspServers": {"py": LANGUAGE}}, [("SK531", 2, 2, INSTEAD)]),
    ],
)
def test_files_of_hooks_and_servers(
    told: Told, path: str, value: object, expected: list[tuple[str, int, int, str]]
) -> None:
    assert placed(told({**BASE, f"p/{path}": json.dumps(value, indent=1)})) == expected


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("mcpServers", {"mcpServers": {"a": SERVER}}, ("SK502", 9, 3, INSTEAD)),
        ("commands", {"x": 3}, ("SK502", 9, 8, "make it a command with either `source` or `content`")),
        (
            "binaries",
            {f"a{number}": HASH for number in range(17)},
            ("SK520", 8, 2, "remove what is not needed, or split the plugin"),
        ),
        ("binaries", {"a.": HASH}, ("SK520", 9, 3, "make it lower-case letters, digits, '.', '_' and '-'")),
        ("settings", {"permissions": {}}, ("SK504", 9, 3, "remove it")),
        ("plugins", [], ("SK504", 8, 2, "list plugins in a marketplace.json")),
        ("owner", {}, ("SK504", 8, 2, "write `author`, an owner is of a marketplace.json")),
    ],
)
def test_fields_of_plugins(told: Told, field: str, value: object, expected: tuple[str, int, int, str]) -> None:
    manifest = json.dumps({**PLUGIN, "author": {"name": "Ada"}, field: value}, indent=1)
    assert placed(told({**BASE, "p/.claude-plugin/plugin.json": manifest}))[:1] == [expected]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("https://github.com/a/b.git", ("SK514", 'write `{"source": "github", "repo": "a/b"}`')),
        ("git@github.com:a/b", ("SK514", 'write `{"source": "github", "repo": "a/b"}`')),
        (
            "a/b",
            ("SK514", 'write `./a/b` for a folder, `{"source": "github", "repo": "a/b"}` for a repository'),
        ),
        ("https://x.y/z.git", ("SK514", 'write `{"source": "url", "url": "https://x.y/z.git"}`')),
        (
            "https://x.y/a/b/tree/v1/p",
            (
                "SK514",
                'write `{"source": "git-subdir", "url": "https://x.y/a/b.git", "path": "p", "ref": "v1"}`',
            ),
        ),
        ("./p/./", ("SK513", "write `./p`")),
        ("./.p/./q", ("SK513", "write `./.p/q`")),
        ("././", ("SK513", "write `./`")),
        (".\\plugins\\p", ("SK514", "write `./plugins/p`")),
        ("p", ("SK514", "write `./p`")),
        ("", ("SK514", "write `./`")),
        ("./x/../p", ("SK513", "write `./p`")),
        ("./x/../../p", ("SK513", "move the plugin below the marketplace, and name it by a path that begins with ./")),
        ("./p/.claude-plugin/plugin.json", ("SK512", "name the folder that holds .claude-plugin/ or skills/")),
        ({"source": "git", "url": "https://a.b"}, ("SK503", "write `url`")),
        ({"source": "directory", "path": "./p"}, ("SK503", FOLDER)),
        ({"type": "github", "repo": "a/b"}, ("SK503", "rename `type` to `source`")),
        ({"source": "github", "repository": "a/b"}, ("SK503", "rename `repository` to `repo`")),
        ({"source": "npm", "name": "a"}, ("SK503", "rename `name` to `package`")),
    ],
)
def test_sources(told: Told, source: object, expected: tuple[str, str]) -> None:
    assert [(each.code, each.fix) for each in told(listing(source=source))][:1] == [expected]


def test_a_field_that_its_source_does_not_know_is_the_one_that_is_missing(told: Told) -> None:
    found = told(listing(source={"source": "github", "repository": "a/b"}))
    assert [(each.code, each.fix) for each in found][1:] == [("SK539", "write `repo`")]


def test_settings_of_an_entry_are_those_that_a_plugin_may_set(told: Told) -> None:
    found = told(listing(settings={"agent": "a", "subagentStatusLine": {}, "Agent": "b"}))
    assert [(each.code, each.message, each.fix) for each in found] == [
        ("SK505", "Claude Code knows no field `plugins[0].settings.Agent` and ignores it", "rename it to `agent`")
    ]


@pytest.mark.parametrize(
    ("files", "entry", "expected"),
    [
        ({"p/README.md": "x"}, {}, [("marketplace.json", 10)]),
        ({"p/README.md": "x"}, {"mcpServers": {"a": SERVER}}, []),
        ({"p/bin/a": "x"}, {}, []),
        ({"p/README.md": "x", "p/.claude-plugin/commands/a.md": "x"}, {}, [("marketplace.json", 10)]),
        ({"p/.claude-plugin/plugin.json": json.dumps(PLUGIN)}, {}, [("marketplace.json", 10)]),
        ({"p/.claude-plugin/plugin.json": json.dumps({**PLUGIN, "dependencies": ["q"]})}, {}, []),
        ({"p/.claude-plugin/plugin.json": "{"}, {}, [("plugin.json", 1)]),
    ],
)
def test_a_plugin_of_nothing(
    told: Told, files: dict[str, str], entry: dict[str, object], expected: list[tuple[str, int]]
) -> None:
    others = {"name": "q", "source": {"source": "github", "repo": "a/q"}}
    market = {**MARKET, "plugins": [{"name": "forms", "source": "./p", **entry}, others]}
    found = told(
        {**files, "skills/forms/SKILL.md": SKILL, ".claude-plugin/marketplace.json": json.dumps(market, indent=1)}
    )
    kept = [each for each in found if each.code != "SK536"]
    assert [(each.place.path.rpartition("/")[2], each.place.line) for each in kept] == expected


def test_fields_that_belong_elsewhere(told: Told) -> None:
    market = {**MARKET, "plugins": [], "pluginRoot": "./p", "author": {"name": "Ada"}}
    found = told({**BASE, ".claude-plugin/marketplace.json": json.dumps(market)})
    assert [each.fix for each in found if each.code == "SK505"] == ["move it below `metadata`", "write `owner`"]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("allowed-tools: Read;Grep", ["part the names by commas: `Read, Grep`"]),
        ("allowed-tools: Read|Zzz", ["remove it"]),
        ("allowed-tools: ''", ["remove it, or name a tool"]),
        ("tools: Read", ["name the tools in `allowed-tools`, for `tools` is a field of agents"]),
    ],
)
def test_tools_of_skills(told: Told, field: str, expected: list[str]) -> None:
    assert [each.fix for each in told({"forms/SKILL.md": SKILL.replace("---\n\n", f"{field}\n---\n\n")})] == expected


def test_an_empty_entry_of_tools_is_lost_without_harm(told: Told) -> None:
    (found,) = told({"forms/SKILL.md": SKILL.replace("---\n\n", "allowed-tools: ''\n---\n\n")})
    assert (found.code, found.severity, found.message) == ("SK201", "warning", "an empty entry grants nothing")


@pytest.mark.parametrize("path", ["agents/a.md", "commands/a.md"])
@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("", "`description` is empty"),
        ("' '", "`description` is empty"),
        ("TODO", "`description` is 'TODO', which was never filled in"),
        ("'[TODO: say it]'", "`description` is '[TODO: say it]', which was never filled in"),
        ("TODO lists of a project", None),
        ("3", None),
        ("[a]", "`description` is a list, expected a string"),
    ],
)
def test_descriptions_of_agents_and_commands(told: Told, path: str, description: str, expected: str | None) -> None:
    found = told({**BASE, f"p/{path}": f"---\nname: a\ndescription: {description}\n---\n\nDo it.\n"})
    assert [each.message for each in found] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"name": "a\tb"}', (1, 12, "write a line break as `\\n`, a tab as `\\t`")),
        ('{"name": "a\\xb"}', (1, 12, "write a backslash as `\\\\`")),
        ('{"name": "ab}', (1, 10, 'close it with `"`')),
    ],
)
def test_strings_of_json(told: Told, text: str, expected: tuple[int, int, str]) -> None:
    found = [each for each in told({**BASE, "p/.claude-plugin/plugin.json": text}) if each.code == "SK501"]
    assert [(each.place.line, each.place.column, each.fix) for each in found] == [expected]
