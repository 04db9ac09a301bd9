"""Hooks and servers of plugins: commands that start nothing, or something else, and their well-formed twins."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from skillcheck.model import Finding

Told = Callable[[Mapping[str, str]], list[Finding]]

PLUGIN = {"name": "forms", "version": "1.0.0", "description": "Fills forms", "author": {"name": "Ada"}}
FILES = {
    "skills/forms/SKILL.md": "---\nname: forms\ndescription: Fills forms. Use when asked to.\n---\n\nFill them.\n",
    "scripts/stop.sh": "#!/bin/sh\nexit 0\n",
    "server.js": "console.log(1)\n",
}


def codes(found: list[Finding]) -> list[str]:
    return [finding.code for finding in found]


def of_hooks(**hook: object) -> dict[str, str]:
    events = {"hooks": {"Stop": [{"hooks": [{"type": "command", **hook}]}]}}
    return {**FILES, ".claude-plugin/plugin.json": json.dumps(PLUGIN), "hooks/hooks.json": json.dumps(events)}


def of_server(**server: object) -> dict[str, str]:
    servers = {"mcpServers": {"forms": server}}
    return {**FILES, ".claude-plugin/plugin.json": json.dumps(PLUGIN), ".mcp.json": json.dumps(servers)}


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("bash scripts/stop.sh", ["SK553"]),
        ("./scripts/stop.sh", ["SK553"]),
        ('bash "${PLUGIN_ROOT}/scripts/stop.sh"', ["SK553"]),
        ('bash "$CLAUDE_PLUGIN_DIR"/scripts/stop.sh', ["SK553"]),
        ('bash "${CLAUDE_PLUGIN_ROOT}/scripts/stop.sh"', []),
        ('bash "${CLAUDE_PROJECT_DIR}/scripts/stop.sh"', []),
        ('R="${CLAUDE_PLUGIN_ROOT}"; bash "$R/scripts/stop.sh"', []),
        ('cd "${CLAUDE_PLUGIN_ROOT}" && bash scripts/stop.sh', []),
        ("bash scripts/of-the-project.sh", []),
        ("npm run stop.sh", []),
        ("npx prettier", []),
        ("", ["SK554"]),
    ],
)
def test_commands_of_hooks(told: Told, command: str, expected: list[str]) -> None:
    assert codes(told(of_hooks(command=command))) == expected


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ('"${CLAUDE_PLUGIN_ROOT}/scripts/stop.sh"', ["SK561"]),
        ('"${CLAUDE_PLUGIN_ROOT}"/scripts/stop.sh --all', ["SK561"]),
        ("'$CLAUDE_PLUGIN_ROOT/scripts/stop.sh'; true", ["SK561"]),
        ('true && MODE=all "$CLAUDE_PLUGIN_ROOT/scripts/stop.sh"', ["SK561"]),
        ('exec "${CLAUDE_PLUGIN_ROOT}/scripts/stop.sh"', ["SK561"]),
        ('bash "${CLAUDE_PLUGIN_ROOT}/scripts/stop.sh"', []),
        ('cat <"${CLAUDE_PLUGIN_ROOT}/scripts/stop.sh"', []),
        ('"${CLAUDE_PLUGIN_ROOT}/bin/stop"', []),
        ('"${CLAUDE_PLUGIN_ROOT}/scripts/../scripts/stop.sh"', ["SK535"]),
    ],
)
def test_scripts_that_may_not_be_executed(told: Told, tmp_path: Path, command: str, expected: list[str]) -> None:
    assert codes(told(of_hooks(command=command))) == expected
    (tmp_path / "scripts" / "stop.sh").chmod(0o755)
    assert codes(told({})) == [code for code in expected if code != "SK561"]


def test_servers_are_executed(told: Told) -> None:
    found = told(of_server(command="${CLAUDE_PLUGIN_ROOT}/server.js"))
    assert [(f.code, f.fix) for f in found] == [
        ("SK561", "run `chmod +x server.js`, or write its interpreter before it")
    ]
    assert found[0].place.path.endswith(".mcp.json")


@pytest.mark.parametrize(
    ("server", "expected"),
    [
        ({"command": "node", "args": ["server.js"]}, ["SK553"]),
        ({"command": "node", "args": ["./server.js", 8080]}, ["SK531", "SK553"]),
        ({"command": "node", "args": ["server.js"], "cwd": "${CLAUDE_PLUGIN_ROOT}"}, []),
        ({"command": "node", "args": ["${CLAUDE_PLUGIN_ROOT}/server.js"]}, []),
        ({"command": "npx -y forms"}, ["SK554"]),
        ({"command": "/opt/My Tools/node server"}, []),
        ({"command": "npx", "arg": ["-y", "forms"]}, ["SK555"]),
        ({"command": "npx", "args": ["-y", "forms"], "arg": []}, []),
        ({"command": "npx", "zzz": 1}, []),
    ],
)
def test_servers(told: Told, server: dict[str, object], expected: list[str]) -> None:
    assert sorted(codes(told(of_server(**server)))) == expected


@pytest.mark.parametrize(
    ("hook", "expected"),
    [({"command": "true", "timeoutt": 5}, ["SK555"]), ({"command": "true", "timeout": 5, "once": True}, [])],
)
def test_fields_of_hooks(told: Told, hook: dict[str, object], expected: list[str]) -> None:
    assert codes(told(of_hooks(**hook))) == expected


@pytest.mark.parametrize(
    "changes",
    [
        {"mcpServers": []},
        {"mcpServers": {"a": 3}},
        {"hooks": {"Stop": [3]}},
        {"hooks": {"Stop": {}}},
        {"hooks": {"Stop": [{"hooks": 3}]}},
        {"hooks": {"Stop": [{"hooks": [3]}]}},
    ],
)
def test_shapes_that_start_nothing(told: Told, changes: dict[str, object]) -> None:
    found = codes(told({**FILES, ".claude-plugin/plugin.json": json.dumps({**PLUGIN, **changes})}))
    assert not {"SK553", "SK554", "SK555"} & set(found)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("memory: everything", "`memory` is 'everything', expected one of user, project, local"),
        ("isolation: docker", "`isolation` is 'docker', expected one of worktree"),
        ("effort: hgih", "`effort` is 'hgih', expected one of low, medium, med, high, xhigh, max"),
        ("maxTurns: many", "`maxTurns` is 'many', expected a whole number"),
        ("background: maybe", "`background` is 'maybe', expected true or false"),
        ("memory: project", None),
        ("isolation: worktree", None),
        ("maxTurns: 5", None),
        ("background: true", None),
    ],
)
def test_values_of_agents(told: Told, line: str, expected: str | None) -> None:
    agent = f"---\nname: filler\ndescription: Fills forms. Use when asked to.\n{line}\n---\n\nFill them.\n"
    found = told({**FILES, ".claude-plugin/plugin.json": json.dumps(PLUGIN), "agents/filler.md": agent})
    assert [finding.message for finding in found] == [expected] * (expected is not None)
