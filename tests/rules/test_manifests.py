"""plugin.json and marketplace.json: the client's measured answers, and what only we look at."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from skillcheck.model import Data, Finding, Marketplace, Place, Plugin
from skillcheck.rules import judge

Told = Callable[[Mapping[str, str]], list[Finding]]

SKILL = "---\nname: forms\ndescription: Fills PDF forms. Use when the user asks to fill a form.\n---\n\nFill them.\n"
PLUGIN: dict[str, Any] = {"name": "forms", "version": "1.0.0", "description": "Forms", "author": {"name": "Ada"}}
ENTRY: dict[str, Any] = {"name": "forms", "source": "./"}
MARKET: dict[str, Any] = {"name": "forms", "owner": {"name": "Ada"}, "description": "Forms", "plugins": [ENTRY]}


def with_plugin(**changes: object) -> dict[str, str]:
    manifest = {key: value for key, value in {**PLUGIN, **changes}.items() if value is not None}
    return {"skills/forms/SKILL.md": SKILL, ".claude-plugin/plugin.json": json.dumps(manifest)}


def with_market(**changes: object) -> dict[str, str]:
    market = {key: value for key, value in {**MARKET, **changes}.items() if value is not None}
    return {"skills/forms/SKILL.md": SKILL, ".claude-plugin/marketplace.json": json.dumps(market)}


def codes(found: list[Finding]) -> list[str]:
    return sorted(finding.code for finding in found)


@pytest.mark.parametrize(
    ("changes", "expected", "message"),
    [
        ({"name": None}, ["SK502"], "`name` is missing"),
        ({"PreToolUse": [{}]}, ["SK502", "SK504"], "Claude Code knows no field `PreToolUse` and ignores it"),
        ({"events": {"a": [{"PreToolUse": [{}]}]}}, ["SK502", "SK504"], None),
        ({"settings": {"a": {"PreToolUse": [{}]}}}, ["SK502", "SK504"], None),
        ({"metadata": {"PreToolUse": [{}]}, "events": {"Stop": [{}]}}, ["SK504"], None),
        ({"PermissionRequest": []}, ["SK504"], "Claude Code knows no field `PermissionRequest` and ignores it"),
        (
            {"name": "my forms"},
            ["SK502"],
            "`name` is 'my forms', expected a name without spaces and control characters",
        ),
        ({"name": "a:b"}, ["SK507"], "the plugin's name is 'a:b'"),
        ({"name": "Claudé"}, ["SK507", "SK508"], "the plugin's name 'Claudé' is reserved for Anthropic"),
        (
            {"mcpServers": {"a": {"type": "http", "url": "https://a.b", "headersHelper": ["x"]}}},
            ["SK502"],
            "`mcpServers.a.headersHelper` is a list, expected a command",
        ),
        (
            {"mcpServers": {"a": {"command": "x", "headers": 3, "timeout": 0}}},
            ["SK502"],
            "`mcpServers.a.timeout` is 0, expected a whole number of milliseconds above 0",
        ),
        ({"mcpServers": {"a": {"type": "http", "url": "https://a.b", "args": 3}}}, [], None),
        (
            {"lspServers": {"a": {"command": "x", "extensionToLanguage": {".py": "python"}, "transport": "tcp"}}},
            ["SK502"],
            "`lspServers.a.transport` is 'tcp', expected stdio or socket",
        ),
        (
            {"channels": [{"server": "a", "userConfig": {"K": 3}}]},
            ["SK502"],
            "`channels[0].userConfig.K` is a number, expected an option",
        ),
        ({"network": {"hosts": ["*.a.b", "a.b:80", "localhost"]}}, [], None),
        ({"network": {"hosts": [], "foo": 1}}, ["SK520"], "`network.foo` is no field that is known there"),
        ({"network": {"hosts": ["https://a.b"]}}, ["SK520"], "`network.hosts[0]` is 'https://a.b', expected a host"),
        ({"engines": {"claude-code": ">=2 <3 || 1.x - 2"}}, [], None),
        ({"engines": {"claude-code": ">="}}, ["SK551"], "`engines.claude-code` is '>=', expected a version range"),
        ({"name": "my-claude"}, ["SK523"], "the plugin's name 'my-claude' reads as one of Anthropic's own"),
        ({"name": "my-claude", "author": {"name": "A", "email": "a@anthropic.com"}}, [], None),
        ({"metadata": []}, ["SK520"], "`metadata` is a list, expected a mapping"),
        ({"network": {}}, ["SK520"], "`network.hosts` is missing"),
        ({"engines": {"claude-code": "latest"}}, ["SK551"], "`engines.claude-code` is 'latest'"),
        (
            {"experimental": {"themes": "./skills", "foo": 1}},
            ["SK504"],
            "Claude Code knows no field `experimental.foo`",
        ),
        ({"themes": ["./skills"]}, ["SK524"], "`themes` is experimental, and stands at the top level"),
        ({"skills": "./skills/forms/SKILL.md"}, ["SK525"], "the path ./skills/forms/SKILL.md is a file"),
        ({"hooks": {"Foo": []}}, ["SK520"], "the key `hooks.Foo` is 'Foo', expected an event that Claude Code knows"),
        (
            {"hooks": {"PreToolUse": [{"matcher": 3, "hooks": []}]}},
            ["SK502"],
            "`hooks.PreToolUse[0].matcher` is a number",
        ),
        ({"mcpServers": {"a": {"url": "https://x"}}}, ["SK502"], "`mcpServers.a.type` is missing"),
        ({"lspServers": {"a": {"command": "x"}}}, ["SK502"], "`lspServers.a.extensionToLanguage` is missing"),
        ({"name": 3}, ["SK502"], "`name` is a number"),
        ({"name": "a--b"}, ["SK507"], "the plugin's name is 'a--b'"),
        ({"name": "claude"}, ["SK508"], "the plugin's name 'claude' is reserved for Anthropic"),
        ({"name": "claude-x", "author": {"name": "A", "email": "a@anthropic.com"}}, [], None),
        ({"version": 1}, ["SK502"], "`version` is a number, expected a string"),
        ({"version": ""}, ["SK509"], "`version` of plugin.json is empty"),
        ({"version": "banana"}, ["SK548"], "the version is 'banana', expected one such as 1.0.0"),
        ({"author": {}}, ["SK551"], "`author.name` is missing"),
        ({"author": {"name": None}}, ["SK551"], "`author.name` is empty, expected a name"),
        ({"homepage": "example"}, ["SK551"], "`homepage` is 'example', expected a URL"),
        ({"repository": {}}, ["SK551"], "`repository` is a mapping, expected a string"),
        ({"keywords": [1]}, ["SK551"], "`keywords[0]` is a number, expected a string"),
        (
            {"skills": "skills"},
            ["SK502"],
            "`skills` is 'skills', expected a folder that begins with ./ and never climbs",
        ),
        ({"skills": "./../x"}, ["SK502"], "`skills` is './../x'"),
        ({"skills": ["."]}, [], None),
        ({"skills": {}}, ["SK502"], "`skills` is a mapping"),
        (
            {"agents": "./skills"},
            ["SK502"],
            "`agents` is './skills', expected a path that begins with ./ and ends with .md",
        ),
        ({"commands": {"x": {"content": "y"}}}, [], None),
        ({"commands": {"x": {"content": "y", "source": "./skills"}}}, ["SK502"], "`commands.x` is {"),
        (
            {"userConfig": {"1K": {"type": "string", "title": "t", "description": "d"}}},
            ["SK502"],
            "the key `userConfig.1K` is '1K'",
        ),
        ({"dependencies": ["x@y", {"name": "z"}]}, [], None),
        ({"dependencies": [{}]}, ["SK502"], "`dependencies[0].name` is missing"),
        ({"defaultEnabled": "yes"}, ["SK502"], "`defaultEnabled` is a string, expected true or false"),
        ({"strict": True}, ["SK504"], "`strict` belongs in the marketplace's entry"),
        ({"icon": "x.png"}, [], None),
        ({"zzz": 1}, ["SK504"], "Claude Code knows no field `zzz` and ignores it"),
    ],
)
def test_plugins(told: Told, changes: dict[str, object], expected: list[str], message: str | None) -> None:
    found = told(with_plugin(**changes))
    assert codes(found) == expected
    assert message is None or any(finding.message.startswith(message) for finding in found)


@pytest.mark.parametrize(
    ("changes", "expected", "message"),
    [
        ({"name": "my mk"}, ["SK503"], "`name` is 'my mk'"),
        ({"name": "inline"}, ["SK510"], "the marketplace's name 'inline' is reserved by the client itself"),
        (
            {"name": "Claude-Marketplace"},
            ["SK510"],
            "the marketplace's name 'Claude-Marketplace' passes as Anthropic's own",
        ),
        ({"name": "claude-foo"}, [], None),
        ({"name": "anthropic-skills"}, [], None),
        ({"name": "agent-skills", "owner": {"name": "A", "email": "a@anthropic.com"}}, [], None),
        (
            {"name": "claude-directory", "owner": {"name": "A", "email": "a@anthropic.com"}},
            ["SK510"],
            "the marketplace's name 'claude-directory' passes as Anthropic's own",
        ),
        ({"owner": "Ada"}, ["SK503"], "`owner` is a string, expected a mapping with `name`"),
        ({"owner": {"name": ""}}, ["SK503"], "`owner.name` is '', expected a name"),
        ({"plugins": {}}, ["SK503"], "`plugins` is a mapping, expected a list of plugins"),
        ({"plugins": []}, ["SK518"], "the marketplace lists no plugin"),
        ({"plugins": ["forms"]}, ["SK503"], "`plugins[0]` is a string"),
        ({"description": None, "metadata": {"description": "x"}}, [], None),
        ({"metadata": {"foo": 1}}, ["SK505"], "Claude Code knows no field `metadata.foo` and ignores it"),
        ({"plugins": [{**ENTRY, "fooo": 1}]}, ["SK505"], "Claude Code knows no field `plugins[0].fooo`"),
        ({"renames": {"old": "forms", "older": "old", "x": None}}, [], None),
        ({"renames": {"old": "nowhere"}}, ["SK519"], "'old' is renamed to 'nowhere', which is no plugin here"),
        ({"renames": {"a": "b", "b": "a"}}, ["SK519", "SK519"], "the renames of 'a' lead back to it"),
        ({"plugins": [{**ENTRY, "name": "claude-x"}]}, ["SK522"], "the plugin's name 'claude-x' is reserved"),
        ({"plugins": [{**ENTRY, "metadata": []}]}, ["SK521"], "`plugins[0].metadata` is a list"),
        ({"plugins": [{**ENTRY, "hooks": {"Foo": []}}]}, ["SK503"], "the key `plugins[0].hooks.Foo` is 'Foo'"),
        *(
            (
                {"plugins": [{**ENTRY, "hooks": hooks}]},
                ["SK550"],
                f"`plugins[0].hooks` is a {kind}, expected a mapping of events",
            )
            for hooks, kind in (
                ("./nope.json", "string"),
                (["./nope.json"], "list"),
                ([{"Stop": []}], "list"),
                ([], "list"),
            )
        ),
        ({"plugins": [{**ENTRY, "hooks": {}}]}, [], None),
        (
            {"plugins": [{**ENTRY, "engines": {"claude-code": "x y zzz"}}]},
            ["SK552"],
            "`plugins[0].engines.claude-code` is",
        ),
        (
            {"plugins": [{**ENTRY, "experimental": {"themes": "./skills", "foo": 1}}]},
            ["SK505"],
            "Claude Code knows no field `plugins[0].exp",
        ),
        ({"plugins": [{**ENTRY, "id": 3}]}, ["SK505"], "Claude Code knows no field `plugins[0].id`"),
        ({"plugins": [{**ENTRY, "themes": "./skills/../skills"}]}, [], None),
        ({"plugins": [{**ENTRY, "themes": ["./nope/..", "./nope/../skills"]}]}, [], None),
        (
            {"plugins": [{**ENTRY, "commands": {"x": {"source": "./a/../b..md"}}}]},
            ["SK506"],
            "`plugins[0].commands.x.source` names the path ./a/../b..md, which does not exist",
        ),
        (
            {"plugins": [{**ENTRY, "themes": "./skills/../../x"}]},
            ["SK503"],
            "`plugins[0].themes` is './skills/../../x'",
        ),
        (
            {"plugins": [{**ENTRY, "themes": "skills/../skills"}]},
            ["SK503"],
            "`plugins[0].themes` is 'skills/../skills'",
        ),
        (
            {"plugins": [{**ENTRY, "agents": "./skills/../x"}]},
            ["SK503", "SK506"],
            "`plugins[0].agents` is './skills/../x'",
        ),
        ({"plugins": [{**ENTRY, "types": "./skills/../x.ts"}]}, ["SK503", "SK506"], "`plugins[0].types` is"),
        (
            {"plugins": [{**ENTRY, "types": "./a/../x.d.ts"}]},
            ["SK503", "SK506"],
            "`plugins[0].types` is './a/../x.d.ts'",
        ),
        ({"plugins": [{**ENTRY, "types": "./x..y.d.ts"}]}, ["SK506"], "`plugins[0].types` names the path ./x..y.d.ts"),
        (
            {"plugins": [{**ENTRY, "source": {"source": "git-subdir", "url": "https://a.b/c", "path": "./a/../b"}}]},
            ["SK503"],
            "`plugins[0].source.path` is './a/../b'",
        ),
        ({"plugins": [{**ENTRY, "relevance": {"signals": {"cli": ["x"]}}}]}, [], None),
        ({"plugins": [{**ENTRY, "relevance": {"signals": {"cli": ["x", 3]}}}]}, ["SK503"], "`plugins[0].relevance.sig"),
        ({"plugins": [{**ENTRY, "relevance": {"signals": {"cli": [""]}}}]}, ["SK503"], "`plugins[0].relevance.signals"),
        (
            {"plugins": [{**ENTRY, "relevance": {"signals": {"cli": ["x"], "a": 1}, "b": 1, "topic": ""}}]},
            ["SK503", "SK505", "SK505"],
            "Claude Code knows no field `plugins[0].relevance.signals.a`",
        ),
        ({"name": "org"}, ["SK541"], "the marketplace's name 'org' is reserved in Claude Desktop"),
        ({"name": [], "plugins": [{**ENTRY, "dependencies": ["a"]}]}, ["SK503", "SK540"], "`name` is a list"),
        ({"renames": {"forms": "forms"}}, ["SK519"], "the renames of 'forms' lead back to it"),
        ({"renames": {"a": "b", "b": "c", "c": "b"}}, ["SK519"] * 3, "the renames of 'a' lead back to it"),
        ({"renames": {"a": "forms", "forms": "b", "b": "forms"}}, ["SK519"], "the renames of 'forms' lead back to it"),
        ({"renames": {"old": 3}}, ["SK503"], "`renames.old` is a number"),
    ],
)
def test_marketplaces(told: Told, changes: dict[str, object], expected: list[str], message: str | None) -> None:
    found = told(with_market(**changes))
    assert codes(found) == expected
    assert message is None or any(finding.message.startswith(message) for finding in found)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (".", []),
        ("skills", ["SK514"]),
        ("ada/forms", ["SK514"]),
        ("https://example.com/forms.git", ["SK514"]),
        ("../forms", ["SK513"]),
        ("/forms", ["SK513"]),
        ({"source": "github", "repo": "ada/forms"}, []),
        ({"source": "github", "repo": "forms"}, ["SK503"]),
        ({"source": "github"}, ["SK503"]),
        ({"source": "github", "repo": "ada/forms", "sha": "ABC"}, ["SK503"]),
        ({"source": "git", "url": "https://example.com/forms.git"}, ["SK503"]),
        ({"source": "url", "url": "git@example.com:ada/forms.git"}, []),
        ({"source": "url", "url": "zz"}, ["SK503"]),
        ({"source": "git-subdir", "url": "https://example.com/x", "path": "../x"}, ["SK503"]),
        ({"source": "archive", "url": "http://example.com/x.zip"}, ["SK503"]),
        ({"source": "npm", "package": "forms"}, []),
        ({}, ["SK503"]),
        (3, ["SK503"]),
    ],
)
def test_sources(told: Told, source: object, expected: list[str]) -> None:
    assert codes(told(with_market(plugins=[{"name": "forms", "source": source}]))) == expected


def test_bare_names_are_found_below_the_plugin_root(told: Told) -> None:
    files = with_market(metadata={"pluginRoot": "./skills"}, plugins=[{"name": "forms", "source": "forms"}])
    assert told(files) == []


@pytest.mark.parametrize("text", ["{", "[1]", "{} // comment", ""])
def test_json_that_is_none_is_told_once(told: Told, text: str) -> None:
    found = told({"skills/forms/SKILL.md": SKILL, ".claude-plugin/marketplace.json": text})
    assert codes(found) in (["SK501"], ["SK009"])


def test_twins(told: Told) -> None:
    files = with_market()
    same = {**files, "marketplace.json": files[".claude-plugin/marketplace.json"]}
    assert told(same) == []
    found = told({**same, "marketplace.json": json.dumps({**MARKET, "version": "2"})})
    assert codes(found) == ["SK515"]


def test_versions_alike_are_not_told(told: Told) -> None:
    assert told({**with_plugin(), **with_market(plugins=[{**ENTRY, "version": "1.0.0"}])}) == []


def test_entries_elsewhere_join_no_plugin(told: Told) -> None:
    remote = {"name": "other", "source": {"source": "npm", "package": "x"}, "version": "9"}
    assert told({**with_plugin(), **with_market(plugins=[ENTRY, remote])}) == []


def test_a_plugin_without_a_manifest_has_nothing_to_judge() -> None:
    assert list(judge([Plugin("p", "/p", None)])) == []


def test_a_long_value_is_cut() -> None:
    data = Data({**MARKET, "name": "x " * 50}, {(): Place("marketplace.json")})
    (finding,) = judge([Marketplace(".claude-plugin/marketplace.json", "/m", data)])
    assert finding.message.startswith("`name` is 'x x x")
    assert "…, expected" in finding.message


def test_an_empty_manifest_says_what_it_lacks() -> None:
    found = list(judge([Marketplace("m", "/m", Data({}, {(): Place("m")}))]))
    told = [finding.message for finding in found if finding.code == "SK503"]
    assert told == ["`name` is missing", "`owner` is missing", "`plugins` is missing"]


HEAD = "---\nname: a\n"


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("agents/a.md", f"{HEAD}description: d\n---\n\nText.\n", []),
        ("agents/deep/a.md", "text", ["SK526"]),
        ("agents/a.md", f"{HEAD}---\n\nText.\n", ["SK526"]),
        ("agents/a.md", f"{HEAD}description: 3\nmetadata: []\nshell: zsh\n---\n\nText.\n", []),
        ("agents/a.md", "---\nname: 3\ndescription: [d]\n---\n\nText.\n", ["SK528", "SK528"]),
        ("agents/a.md", "---\n- a\n---\n\nText.\n", ["SK527"]),
        ("commands/c.md", f"{HEAD}description: a: b\n---\n\nText.\n", []),
        ("commands/c.md", f"{HEAD}description: d\nshell: zsh\nmetadata: []\n---\n\nText.\n", ["SK528", "SK529"]),
        ("commands/c.md", f'{HEAD}description: "d\n---\n\nText.\n', ["SK527"]),
        ("commands/c.txt", "text", []),
        ("commands/c.md", f"{HEAD}description: d\n---\n" + "x" * 1_100_000, ["SK005"]),
        ("hooks/hooks.json", '{"hooks": {"Stop": [{"hooks": [{"type": "command", "command": "true"}]}]}}', []),
        ("hooks/hooks.json", "{}", ["SK531"]),
        ("hooks/hooks.json", '{"hooks": {}, "PreToolUse": [{"hooks": []}]}', ["SK531"]),
        ("hooks/hooks.json", '{"hooks": {}, "PreToolUse": []}', []),
        ("hooks/hooks.json", '{"hooks": {}, "x": [{"PreToolUse": [{"hooks": []}]}]}', ["SK531"]),
        ("hooks/hooks.json", "[]", ["SK527"]),
        ("hooks/hooks.json", "{", ["SK501"]),
        ("hooks/hooks.json", '\ufeff{"hooks": {}}', ["SK501"]),
        ("hooks/hooks.json", '{"hooks": {"Foo": []}}', ["SK532"]),
        ("hooks/hooks.json", '{"hooks": {"Stop": [{"hooks": [{"type": "prompt"}]}]}}', ["SK532"]),
        ("hooks/hooks.json", '{"hooks": {"PreToolUse": [{}]}}', ["SK531"]),
        (".mcp.json", '{"mcpServers": {"a": {"command": "x"}}}', []),
        (".mcp.json", '{"a": {"command": "x"}}', []),
        (".mcp.json", '{"mcpServers": []}', []),
        (".mcp.json", '{"mcpServers": ["x"]}', ["SK531", "SK533"]),
        (".mcp.json", '{"mcpServers": {"a": {}}}', ["SK531"]),
        (".mcp.json", '{"mcpServers": {"a": {"type": "http", "url": "http://x"}}}', ["SK533"]),
        (".mcp.json", '"x"', ["SK527"]),
        (".mcp.json", "[]", []),
        (".mcp.json", '[{"command": "x"}]', ["SK533"]),
        (".mcp.json", '["x"]', ["SK531", "SK533"]),
        (".mcp.json", '{"a": {"command": 3, "x": "\udce9"}}', ["SK004", "SK531"]),
        ("hooks/hooks.json", '{"hooks": {"\udce9": []}}', ["SK004", "SK532"]),
        (".mcp.json", '[{"a": {"command": "x"}}]', ["SK531", "SK533"]),
    ],
)
def test_components(told: Told, path: str, text: str, expected: list[str]) -> None:
    body = "\nGo.\n" if text.endswith("---\n") else ""
    assert codes(told({**with_plugin(), path: f"{text}{body}"})) == expected


def test_what_is_misplaced_or_empty_is_shown_as_json(told: Told) -> None:
    hooks = {"hooks": {}, "PreToolUse": [None, True]}
    found = told({**with_plugin(), "hooks/hooks.json": json.dumps(hooks)})
    assert [(each.message, each.fix) for each in found] == [
        ("`PreToolUse` is [null, true], expected it inside `hooks`", "write it inside `hooks`")
    ]


def test_a_source_with_backslashes_is_bare(told: Told) -> None:
    assert codes(told(with_market(plugins=[{"name": "forms", "source": ".\\forms"}]))) == ["SK514"]


@pytest.mark.parametrize(
    ("changes", "expected", "message", "fix"),
    [
        (
            {"userConfig": {"K": {"type": "string", "title": "a", "description": "b", "requird": True}}},
            ["SK502"],
            "`userConfig.K.requird` is no field that is known there",
            "rename it to `required`",
        ),
        (
            {"channels": [{"server": "a", "x": 1}]},
            ["SK502"],
            "`channels[0].x` is no field that is known there",
            "remove `x`, only server, displayName, userConfig are taken",
        ),
        ({"hooks": {"Stopp": []}}, ["SK520"], "the key `hooks.Stopp` is 'Stopp'", "write `Stop`"),
        ({"mcpServers": {"a": {"type": "htp"}}}, ["SK502"], "`mcpServers.a.type` is 'htp'", "write `http`"),
    ],
)
def test_what_is_not_known_is_told_at_its_key(
    told: Told, changes: Mapping[str, object], expected: list[str], message: str, fix: str
) -> None:
    (finding,) = told(with_plugin(**changes))
    assert [finding.code] == expected
    assert finding.message.startswith(message)
    assert finding.fix == fix


def test_an_empty_field_is_told_at_its_value(told: Told) -> None:
    (finding,) = told(with_plugin(version=""))
    assert (finding.place.line, finding.place.column) == (1, 30)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_json_in_wide_characters_is_told_once(told: Told, tmp_path: Path, encoding: str) -> None:
    files = with_plugin()
    file = tmp_path / ".claude-plugin/plugin.json"
    file.parent.mkdir()
    file.write_bytes(files.pop(".claude-plugin/plugin.json").encode(encoding))
    assert codes(told(files)) == ["SK501"]


def test_keys_that_stand_twice(told: Told) -> None:
    files = {
        **with_plugin(),
        "hooks/hooks.json": '{"hooks": {"Stop": [], "Stop": []}}',
        "agents/a.md": "---\nname: a\ndescription: b\nname: c\n---\n\nx\n",
    }
    files[".claude-plugin/plugin.json"] = files[".claude-plugin/plugin.json"][:-1] + ', "name": "forms"}'
    found = [(each.place.path.rpartition("/")[2], each.place.line, each.place.column) for each in told(files)]
    assert found == [("plugin.json", 1, 90), ("a.md", 4, 1), ("hooks.json", 1, 24)]


def test_a_path_that_is_none_is_not_looked_for(told: Told) -> None:
    assert codes(told(with_plugin(hooks="./plugins/*/hooks"))) == ["SK502"]
    assert codes(told(with_plugin(skills="./none"))) == ["SK506"]
