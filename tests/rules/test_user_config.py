"""What servers ask of the user's settings is held against what the plugin declares, as Claude Code's validator does."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

import pytest

from skillcheck.model import Finding

Told = Callable[[Mapping[str, str]], list[Finding]]

SKILL = "---\nname: forms\ndescription: Fills PDF forms. Use when the user asks to fill a form.\n---\n\nFill them.\n"
PLUGIN: dict[str, object] = {"name": "forms", "version": "1.0.0", "description": "Forms", "author": {"name": "Ada"}}
SETTING = {"KEY": {"type": "string", "title": "Key", "description": "of the server"}}
HOST = "a host such as example.com, *.example.com or example.com:443"
REMOTE = {"type": "http", "url": "https://example.com"}


def server(text: str, **fields: object) -> dict[str, object]:
    return {"mcpServers": {"x": {"command": "forms", "env": {"K": text}, **fields}}}


def files(fields: Mapping[str, object], more: Mapping[str, object]) -> dict[str, str]:
    manifest = {".claude-plugin/plugin.json": json.dumps({**PLUGIN, **fields}), "skills/forms/SKILL.md": SKILL}
    return manifest | {path: json.dumps(content) for path, content in more.items()}


@pytest.mark.parametrize(
    ("fields", "more", "asked"),
    [
        (server("${user_config.NO}"), {}, ["NO"]),
        (server("${user_config.A} ${user_config.B} ${user_config.A}"), {}, ["A", "B"]),
        (server("${user_config.KEY}") | {"userConfig": SETTING}, {}, []),
        (server("${user_config.KEY:-x}") | {"userConfig": SETTING}, {}, ["KEY:-x"]),
        (server("$user_config.NO ${user_config.} ${ user_config.NO }"), {}, []),
        (server("x", command="${user_config.NO}"), {}, ["NO"]),
        (server("x", args=["a", "${user_config.NO}"]), {}, ["NO"]),
        ({"mcpServers": {"x": REMOTE | {"url": "https://${user_config.NO}.example.com"}}}, {}, ["NO"]),
        ({"mcpServers": {"x": REMOTE | {"headers": {"A": "${user_config.NO}"}}}}, {}, ["NO"]),
        ({"mcpServers": [server("${user_config.NO}")["mcpServers"]]}, {}, ["NO"]),
        ({"mcpServers": "./m.json"}, {"m.json": server("${user_config.NO}")}, ["NO"]),
        ({}, {".mcp.json": server("${user_config.NO}")}, ["NO"]),
        ({}, {".mcp.json": server("${user_config.NO}")["mcpServers"]}, ["NO"]),
        ({"userConfig": SETTING}, {".mcp.json": server("${user_config.KEY}")}, []),
        (server("${user_config.KEY}") | {"channels": [{"server": "x", "userConfig": SETTING}]}, {}, []),
        (server("${user_config.KEY}") | {"channels": [{"server": "y", "userConfig": SETTING}]}, {}, ["KEY"]),
        (server("${user_config.KEY}") | {"channels": [{"server": "x"}, 3]}, {}, ["KEY"]),
        ({}, {"hooks/hooks.json": {"hooks": {}, "description": "${user_config.NO}"}}, []),
        (server("x", args=[3]), {}, []),
        ({"mcpServers": {"x": 1}}, {}, []),
    ],
)
def test_a_setting_has_to_be_declared(
    told: Told, fields: Mapping[str, object], more: Mapping[str, object], asked: list[str]
) -> None:
    found = [each.message for each in told(files(fields, more)) if each.code == "SK564"]
    assert found == [f"`${{user_config.{key}}}` is no setting of `userConfig`" for key in asked]


def test_it_is_told_where_it_stands_with_what_may_be_meant(told: Told) -> None:
    manifest = json.dumps({**PLUGIN, "userConfig": SETTING, **server("${user_config.Key}")}, indent=1)
    (found,) = told({".claude-plugin/plugin.json": manifest, "skills/forms/SKILL.md": SKILL})
    assert (found.code, found.place.line, found.fix) == ("SK564", 19, "write `${user_config.KEY}`")


@pytest.mark.parametrize(("manifest", "codes"), [({}, []), ({"p/.claude-plugin/plugin.json": PLUGIN}, ["SK564"])])
def test_the_settings_of_an_entry_count_for_nothing_beside_plugin_json(
    told: Told, manifest: Mapping[str, object], codes: list[str]
) -> None:
    entry = {"name": "forms", "source": "./p", "description": "Forms", "userConfig": SETTING}
    market = {"name": "office", "owner": {"name": "Ada"}, "description": "Office", "plugins": [entry]}
    servers = {".claude-plugin/marketplace.json": market, "p/.mcp.json": server("${user_config.KEY}"), **manifest}
    found = told({"p/skills/forms/SKILL.md": SKILL} | {path: json.dumps(value) for path, value in servers.items()})
    assert [each.code for each in found] == codes


@pytest.mark.parametrize("more", [{}, {"userConfig": SETTING}])
def test_no_setting_is_put_into_the_helper_of_headers(told: Told, more: Mapping[str, object]) -> None:
    servers = {"mcpServers": {"x": REMOTE | {"headersHelper": "get ${user_config.KEY}"}, "y": REMOTE}}
    found = [each.message for each in told(files({**servers, **more}, {})) if each.code == "SK564"]
    assert found == ["no setting of the user is put into `headersHelper`"]


@pytest.mark.parametrize(
    ("fields", "network", "messages"),
    [
        ({"command": "x"}, {"hosts": ["example.com"]}, []),
        ({"type": "stdio", "command": "x"}, {"hosts": []}, []),
        (REMOTE, {"hosts": []}, ["the `network` of a remote server is ignored, its host is in `url`"]),
        ({"command": "x"}, "a.b", ["`network` is 'a.b', expected a mapping with `hosts`, a list of strings"]),
        ({"command": "x"}, {"hosts": [1]}, [f"`network.hosts[0]` is 1, expected {HOST}"]),
        ({"command": "x"}, {"hosts": ["https://a.b/"]}, [f"`network.hosts[0]` is 'https://a.b/', expected {HOST}"]),
    ],
)
@pytest.mark.parametrize("path", ["", ".mcp.json"])
def test_hosts_are_those_of_a_program(
    told: Told, fields: Mapping[str, object], network: object, messages: list[str], path: str
) -> None:
    server = {"mcpServers": {"x": {**fields, "network": network}}}
    found = told(files({}, {path: server}) if path else files(server, {}))
    said = [(each.code, each.message.removesuffix(", and is ignored")) for each in found]
    assert said == [("SK565", message) for message in messages]
