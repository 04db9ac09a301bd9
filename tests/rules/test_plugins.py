"""Plugins: what the client never reads, names in vain, or reads as something else."""

from __future__ import annotations

import cProfile
import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from skillcheck.model import Bundle, Component, ComponentKind, Data, Finding, Frontmatter, Place, Plugin, Skill
from skillcheck.rules import RULES, judge

Told = Callable[[Mapping[str, str]], list[Finding]]

SKILL = "---\nname: forms\ndescription: Fills PDF forms. Use when the user asks to fill a form.\n---\n\nFill them.\n"
PLUGIN: dict[str, Any] = {"name": "forms", "version": "1.0.0", "description": "Forms", "author": {"name": "Ada"}}
ENTRY: dict[str, Any] = {"name": "forms", "source": "./"}
MARKET: dict[str, Any] = {"name": "forms", "owner": {"name": "Ada"}, "description": "Forms", "plugins": [ENTRY]}
BASE = {"skills/forms/SKILL.md": SKILL, ".claude-plugin/plugin.json": json.dumps(PLUGIN)}
POWERSHELL: dict[str, Any] = {"shell": "powershell"}
TABLES = SKILL.replace("name: forms", "name: tables").replace("Fills PDF forms", "Reads tables of tax rates by country")
ROOT = "${CLAUDE_PLUGIN_ROOT}"
NAMES = "write the names of tools, parted by `|`"
NEEDED = "`userConfig.k.options` needs a default among them, or `required: true`"
ALONE = "`userConfig.k.options` is for a field of type string alone that is neither multiple nor sensitive"


def codes(found: list[Finding]) -> list[str]:
    return sorted(finding.code for finding in found)


def hooks(command: str, event: str = "Stop", **more: object) -> dict[str, str]:
    own: dict[str, object] = {key: more.pop(key) for key in ("args", "shell") if key in more}
    hook: dict[str, object] = {"type": "command", "command": command, **own}
    return {"hooks/hooks.json": json.dumps({"hooks": {event: [{"hooks": [hook], **more}]}})}


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (f'"{ROOT}/scripts/x.sh"', ["SK535"]),
        (f'"{ROOT}"/scripts/x.sh --all', ["SK535"]),
        (f'python3 "{ROOT}/hooks/x.py"', ["SK535"]),
        (f'node "{ROOT}/../x.js"', ["SK535"]),
        (f'"{ROOT}/scripts/there.sh"', ["SK561"]),
        (f'echo x > "{ROOT}/log.sh"', []),
        (f'"{ROOT}/node_modules/x/cli.js"', []),
        (f'[ -f "{ROOT}/x.sh" ] && "{ROOT}/x.sh"', []),
        (f'"{ROOT}/data"', []),
        (f"{ROOT}/scripts/there.sh", ["SK546", "SK561"]),
        ("$CLAUDE_PROJECT_DIR/x.sh", ["SK546"]),
        (f"'{ROOT}/scripts/there.sh'", ["SK561"]),
        ("npx prettier", []),
        ("${CLAUDE_PLUGIN_ROOT:-x}/y", []),
    ],
)
def test_commands_of_hooks(told: Told, command: str, expected: list[str]) -> None:
    assert codes(told({**BASE, "scripts/there.sh": "exit 0\n", **hooks(command)})) == expected


def test_what_a_shell_does_not_split_needs_no_quotes(told: Told) -> None:
    files = {**BASE, "scripts/there.sh": "exit 0\n"}
    assert codes(told({**files, **hooks(f"{ROOT}/scripts/there.sh", args=["x"])})) == ["SK561"]
    assert told({**files, **hooks(f"{ROOT}/scripts/there.sh", **POWERSHELL)}) == []


def test_hooks_in_a_manifest_have_matchers_too(told: Told) -> None:
    wrong = json.loads(hooks("true", "PreToolUse", matcher="bash")["hooks/hooks.json"])["hooks"]
    for value in (wrong, [wrong]):
        (found,) = told({**BASE, ".claude-plugin/plugin.json": json.dumps({**PLUGIN, "hooks": value}, indent=2)})
        assert (found.code, found.place.path, found.message) == (
            "SK543",
            f"{found.place.path.rpartition('/.claude-plugin')[0]}/.claude-plugin/plugin.json",
            "no tool is called `bash`",
        )


@pytest.mark.parametrize(
    ("field", "path", "text", "expected"),
    [
        ("hooks", "more.json", '{"hooks":', "SK501:1"),
        ("hooks", "more.json", '\n{"PreToolUse": []}', "SK531:2"),
        ("mcpServers", "more.json", '{"mcpServers":\n{"a": {"args": []}}}', "SK531:2"),
        ("mcpServers", "more.json", '{"mcpServers":\n{"a": {"command": "${CLAUDE_PLUGIN_ROOT}/no.sh"}}}', "SK535:2"),
        ("lspServers", "more.json", '{\n"py": {"command": "pylsp"}}', "SK531:2"),
        ("monitors", "more.json", '[\n{"name": "a", "command": "x"}]', "SK531:2"),
        ("agents", "bots/a.md", "---\nname: a\ndescription: Reads forms.\nmodel: sonet\n---\n\nRead.\n", "SK544:4"),
        ("commands", "bots/a.md", "---\ndescription: Reads.\nallowed-tools: Reed\n---\n\nRead.\n", "SK202:3"),
        ("commands", "bots", "", None),
        ("commands", "none.md", "", "SK506:1"),
    ],
)
def test_files_that_a_manifest_names_are_read(
    told: Told, field: str, path: str, text: str, expected: str | None
) -> None:
    named: dict[str, Any] = {field: f"./{path}"}
    fields = {"experimental": named} if field == "monitors" else named
    files = {path: text} if text else {"bots/a.md": "---\ndescription: Reads.\n---\n\nRead.\n"}
    found = told({**BASE, ".claude-plugin/plugin.json": json.dumps({**PLUGIN, **fields}), **files})
    assert [f"{finding.code}:{finding.place.line}" for finding in found] == ([expected] if expected else [])


MONITOR = {"name": "log", "command": "tail -f app.log", "description": "The log."}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([MONITOR], []),
        ([], []),
        ([{**MONITOR, "when": "on-skill-invoke:forms"}], []),
        ({"monitors": [MONITOR]}, ["SK527"]),
        ([{**MONITOR, "name": ""}], ["SK531"]),
        ([{**MONITOR, "when": "sometimes"}], ["SK531"]),
        ([{**MONITOR, "comand": "x"}], ["SK531"]),
        ([MONITOR, {**MONITOR, "command": "true"}], ["SK531"]),
        (["log"], ["SK531"]),
        ([{**MONITOR, "command": f'"{ROOT}/no.sh"'}], ["SK535"]),
        ([{**MONITOR, "command": "tail -f x"}, {**MONITOR, "name": "b", "command": ""}], ["SK531", "SK554"]),
    ],
)
def test_monitors(told: Told, value: object, expected: list[str]) -> None:
    found = told({**BASE, "monitors/monitors.json": json.dumps(value)})
    assert codes(found) == expected


def test_monitors_of_a_manifest_share_no_name(told: Told) -> None:
    manifest = {**PLUGIN, "experimental": {"monitors": [MONITOR, MONITOR]}}
    (found,) = told({**BASE, ".claude-plugin/plugin.json": json.dumps(manifest)})
    assert (found.code, found.message) == (
        "SK502",
        "the monitor's name 'log' is that of another, so that none is loaded",
    )


def test_servers_and_commands_name_files_too(told: Told) -> None:
    server = {"command": "node", "args": [f"{ROOT}/server.js", f"{ROOT}/there.js"]}
    files = {
        ".mcp.json": json.dumps({"mcpServers": {"a": server}}),
        ".lsp.json": json.dumps({"py": {"command": f"{ROOT}/lsp.py", "extensionToLanguage": {".py": "python"}}}),
        "commands/go.md": f"---\ndescription: Goes.\n---\n\nRun {ROOT}/go.sh.\n",
        "there.js": "1\n",
    }
    manifest = {**PLUGIN, "hooks": json.loads(hooks(f'"{ROOT}/stop.sh"')["hooks/hooks.json"])["hooks"]}
    found = told({**BASE, **files, ".claude-plugin/plugin.json": json.dumps(manifest)})
    assert [finding.message for finding in found if finding.code == "SK535"] == [
        "the plugin holds no stop.sh",
        "the plugin holds no lsp.py",
        "the plugin holds no server.js",
        "the plugin holds no go.sh",
    ]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("skills/group/tables/SKILL.md", ["SK536"]),
        ("skill/tables/SKILL.md", ["SK536"]),
        ("SKILL.md", ["SK410", "SK536"]),
        (".claude/skills/tables/SKILL.md", []),
        ("tests/tables/SKILL.md", []),
        ("skills/forms/tables/SKILL.md", ["SK410"]),
        ("skills/tables/SKILL.md", []),
        (".claude-plugin/skills/tables/SKILL.md", ["SK537"]),
    ],
)
def test_skills_that_are_not_read(told: Told, path: str, expected: list[str]) -> None:
    found = told({**BASE, path: TABLES})
    assert [code for code in codes(found) if code != "SK113"] == expected


def test_a_list_of_skills_leaves_the_others_out(told: Told) -> None:
    market = {**MARKET, "plugins": [{**ENTRY, "strict": False, "skills": ["./skills/forms"]}]}
    files = {
        ".claude-plugin/marketplace.json": json.dumps(market),
        "skills/forms/SKILL.md": SKILL,
        "skills/tables/SKILL.md": TABLES,
    }
    (finding,) = told(files)
    assert (finding.code, finding.message) == (
        "SK536",
        "Claude Code does not read the skill in skills/tables of the plugin",
    )


@pytest.mark.parametrize(
    ("entry", "changes", "expected", "fix"),
    [
        ({"source": {"source": "github", "repo": "a/b", "branch": "x"}}, {}, ["SK539"], "write `ref`"),
        ({"source": {"source": "github", "repo": "a/b", "shaa": "x"}}, {}, ["SK539"], "write `sha`"),
        ({"source": {"source": "url", "url": "https://a.b/c", "foo": "x"}}, {}, ["SK539"], "remove `foo`"),
        ({"source": {"source": "npm", "package": "a", "path": "x"}}, {}, ["SK539"], "take a source of git-subdir"),
        ({"dependencies": ["forms", {"name": "forms"}, "forms@forms"]}, {}, [], ""),
        ({"dependencies": ["none"]}, {}, ["SK540"], "list it, or correct the name"),
        ({"dependencies": [{"name": "none"}]}, {}, ["SK540"], "list it, or correct the name"),
        ({"dependencies": ["x@other"]}, {}, ["SK540"], "add 'other' to"),
        ({"dependencies": ["x@other"]}, {"allowCrossMarketplaceDependenciesOn": ["other"]}, [], ""),
        ({}, {"name": "org"}, ["SK541"], "choose a name of your own"),
        ({"name": "a" * 129}, {}, ["SK541"], "shorten it"),
        ({}, {"name": "a" * 129}, ["SK541"], "shorten it"),
        ({"headers": {"a": "b"}}, {}, ["SK542"], "remove `headers`"),
        ({"headers": {}}, {}, ["SK542"], "remove `headers`"),
        ({"headers": {}, "headersHelper": "x"}, {}, ["SK542"], "remove `headersHelper` and `headers`"),
    ],
)
def test_entries(
    told: Told, entry: Mapping[str, object], changes: Mapping[str, object], expected: list[str], fix: str
) -> None:
    market = {**MARKET, "plugins": [{**ENTRY, **entry}], **changes}
    found = told({"skills/forms/SKILL.md": SKILL, ".claude-plugin/marketplace.json": json.dumps(market)})
    assert codes(found) == expected
    assert all(finding.fix.startswith(fix) for finding in found)


def test_headers_are_for_archives(told: Told) -> None:
    source = {"source": "archive", "url": "https://a.b/c.zip"}
    market = {**MARKET, "plugins": [{"name": "forms", "source": source, "headers": {"a": "b"}}]}
    assert told({".claude-plugin/marketplace.json": json.dumps(market)}) == []


def test_dependencies_of_plugin_json_are_looked_for(told: Told) -> None:
    files = {**BASE, ".claude-plugin/plugin.json": json.dumps({**PLUGIN, "dependencies": ["none", {}]})}
    files[".claude-plugin/marketplace.json"] = json.dumps(MARKET)
    found = [finding for finding in told(files) if finding.code == "SK540"]
    assert [finding.place.path.rpartition("/")[2] for finding in found] == ["plugin.json"]


def test_a_file_at_the_root_alone_is_found_by_nobody(told: Told) -> None:
    files = {"skills/forms/SKILL.md": SKILL, "marketplace.json": json.dumps(MARKET)}
    assert codes(told(files)) == ["SK538"]
    assert told({**files, ".claude-plugin/marketplace.json": json.dumps(MARKET)}) == []


@pytest.mark.parametrize(
    ("event", "matcher", "expected"),
    [
        ("PreToolUse", "Bash|Edit", None),
        ("PreToolUse", "mcp__.*", None),
        ("PreToolUse", "mcp__github__get", None),
        ("PreToolUse", "", None),
        ("PreToolUse", "Edit|bash", "write `Bash`"),
        ("PreToolUse", "Zzz", "write the name of a tool"),
        ("PreToolUse", "Edit, Write", None),
        ("PreToolUse", "Edit | Write", None),
        ("PreToolUse", "mcp__my-server", None),
        ("PreToolUse", "Edit, bash", "write `Bash`"),
        ("PreToolUse", "Edit Write", "write the name of a tool"),
        ("PreToolUse", "Bash(git *)", "write `Bash`, and look at the command in the hook"),
        ("PreToolUse", "Bash(", NAMES),
        ("PreToolUse", " Edit", None),
        ("PreToolUse", "*", None),
        ("PreToolUse", ".*", None),
        ("PreToolUse", "^(?!Bash).*", None),
        ("PreToolUse", "(?<tool>Bash).*", None),
        ("PreToolUse", r"\cAx.*", None),
        ("PreToolUse", "**", NAMES),
        ("PreToolUse", "*Edit", NAMES),
        ("PreToolUse", "(?i)bash", NAMES),
        ("PreToolUse", "B++ash", NAMES),
        ("PreToolUse", "B{99999999999}", NAMES),
        ("PreToolUse", "!Bash", NAMES),
        ("PreToolUse", "/Bash/", NAMES),
        ("PreToolUse", "Bash && Edit", NAMES),
        ("PreToolUse", "Bash:*", None),
        ("PreToolUse", "[!]Bash", None),
        ("PreToolUse", "Multi|Note.*", None),
        ("PreToolUse", "github|Note.*", None),
        ("PreToolUse", "bash|Note.*", "write `Bash`"),
        ("PreToolUse", "(" * 600, None),
        ("Stop", "bash", "remove `matcher`"),
        ("UserPromptSubmit", "^deploy", "remove `matcher`"),
        ("Stop", ".*", None),
        ("Stop", "(", None),
        ("Stop", "", None),
        ("SessionStart", "startup|resume", None),
        ("SessionStart", "startup, clear", None),
        ("SessionStart", "startup|Resume", "write `resume`"),
        ("SessionStart", "Bash", "write one of startup, resume, clear, compact, fork"),
        ("SessionStart", "start.*", None),
        ("SessionStart", "^begin", "write one of startup, resume, clear, compact, fork"),
        ("SessionStart", "(", "write one of startup, resume, clear, compact, fork"),
        ("SessionStart", r"\cAx", None),
        ("Notification", "idle_prompt", None),
        ("Notification", "idle", "write `idle_prompt`"),
        ("Notification", "zzz", "write one of permission_prompt, idle_prompt, auth_success, …"),
        ("StopFailure", "rate_limit|overloaded", None),
        ("StopFailure", "rate_limit, overloaded", "write one of rate_limit, overloaded, authentication_failed, …"),
        ("SubagentStop", "reviewer", None),
        ("FileChanged", ".envrc", None),
        ("Notification", "([a-z_]+)+!", None),
        ("Notification", r"\w*\w*\w*\w*\w*\w*!", None),
        ("Notification", r"\w*\w*!", "write one of permission_prompt, idle_prompt, auth_success, …"),
        ("Zzz", "bash", None),
    ],
)
def test_matchers(told: Told, event: str, matcher: str, expected: str | None) -> None:
    found = told({**BASE, **hooks("true", event, matcher=matcher)})
    assert [finding.fix for finding in found if finding.code == "SK543"] == ([expected] if expected else [])


def test_hooks_and_servers_in_an_entry_are_those_of_its_plugin(told: Told) -> None:
    wrong = json.loads(hooks(f'"{ROOT}/no.sh"', "PreToolUse", matcher="bash")["hooks/hooks.json"])
    entry = {**ENTRY, **wrong, "mcpServers": {"a": {"command": "npx forms", "arg": []}}}
    market = json.dumps({**MARKET, "plugins": [entry]}, indent=1)
    found = told({**BASE, ".claude-plugin/marketplace.json": market})
    assert [(f.code, f.place.line) for f in found] == [("SK535", 17), ("SK543", 20), ("SK554", 26), ("SK555", 27)]
    assert {f.place.path.rpartition("/")[2] for f in found} == {"marketplace.json"}


@pytest.mark.parametrize(
    ("hooks", "expected"),
    [
        ("{PreToolUse: [{matcher: bash, hooks: [{type: command, command: 'true'}]}]}", [("SK130", 4, 32)]),
        ("{PostToolUse: [{matcher: 'Bash(git *)', hooks: [{type: command, command: 'true'}]}]}", [("SK130", 4, 33)]),
        ("{PreToolUse: [{matcher: Bash, hooks: [{type: command, command: 'true'}]}]}", []),
        ("{PreToolUse: [{hooks: [{type: command, command: 'true'}]}]}", []),
        ("{Stop: [{matcher: bash, hooks: [{type: command, command: 'true'}]}]}", [("SK130", 4, 26)]),
        ("{SessionStart: [{matcher: begin, hooks: [{type: command, command: 'true'}]}]}", [("SK130", 4, 34)]),
        ("{PreToolUse: bash}", []),
        ("bash", []),
    ],
)
def test_matchers_of_skills(told: Told, hooks: str, expected: list[tuple[str, int, int]]) -> None:
    found = told({"skills/forms/SKILL.md": SKILL.replace("---\n\n", f"hooks: {hooks}\n---\n\n")})
    assert [(f.code, f.place.line, f.place.column) for f in found if f.code == "SK130"] == expected


@pytest.mark.parametrize(
    ("path", "field", "expected"),
    [
        ("agents/a.md", "model: sonet", "write `sonnet`"),
        ("agents/a.md", "model: gpt-4", "write one of haiku"),
        ("agents/a.md", "model: claude-opus-4-1", None),
        ("agents/a.md", "model: sonnet[1m]", None),
        ("agents/a.md", "model: 3", "make it a string"),
        ("agents/a.md", "memory: [user]", "make it a string"),
        ("agents/a.md", "tools: 3", "make it a string or a list of strings"),
        ("agents/a.md", "tools: [Read, 3]", "make it a string or a list of strings"),
        ("agents/a.md", "skills: {a: b}", "make it a string or a list of strings"),
        ("agents/a.md", "skills: [forms]", None),
        ("commands/a.md", "model: 3", "make it a string"),
        ("commands/a.md", "context: forked", "make it inline or fork"),
        ("commands/a.md", "user-invocable: 3", "make it true or false"),
        ("commands/a.md", "user-invocable: no", None),
        ("commands/a.md", "context: fork\nshell: zsh", "make it bash or powershell"),
        ("commands/a.md", "version: [1]", None),
        ("commands/a.md", "tools: Read", "rename it to `allowed-tools`"),
        ("commands/a.md", "paths: '*.pdf'", "remove it, or make the command a skill"),
        ("agents/a.md", "paths: '*.pdf'", None),
        ("agents/a.md", "memory: usr", "write `user`"),
        ("agents/a.md", "memory: zz", "remove `memory`"),
        ("agents/a.md", "permissionMode: plan", "remove it, or keep the agent in .claude/agents/"),
        ("agents/a.md", "initialPrompt: x", "remove it, or keep the agent in .claude/agents/"),
        ("agents/a.md", "hooks: {Stop: []}", "move them to hooks/hooks.json"),
        ("agents/a.md", "mcpServers: [forms]", "declare them in .mcp.json"),
        ("agents/a.md", "permissionMode:", None),
        ("commands/a.md", "hooks: {Stop: []}", "move them to hooks/hooks.json"),
        ("agents/a.md", "allowed-tools: Read", "rename it to `tools`"),
        ("agents/a.md", "tools: Raed", "write `Read`"),
        ("agents/a.md", "tools: Read, Bash, Write(src/**)", None),
        ("agents/a.md", "foo: x", None),
        ("commands/a.md", "argumenthint: x", "rename it to `argument-hint`"),
        ("commands/a.md", "allowed-tools: Bash(git", "write it as `Tool` or `Tool(specifier)`"),
        ("commands/a.md", "model: sonet", "write `sonnet`"),
    ],
)
def test_fields_of_agents_and_commands(told: Told, path: str, field: str, expected: str | None) -> None:
    found = told({**BASE, path: f"---\nname: a\ndescription: Does a.\n{field}\n---\n\nDo it.\n"})
    assert [finding.fix.startswith(expected or "-") for finding in found] == ([True] if expected else [])


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        ("commands/a.md", "Fill [it](#field).\n\n## Fields\n\nAll.", ["link to `#fields`"]),
        ("agents/a.md", "Fill [it](#zzz).\n\n## Fields\n\nAll.", ["link to a heading that is there"]),
        ("agents/a.md", "Fill [it](#fields), [top](#) and [others](b.md#fields).\n\n## Fields\n\nAll.", []),
        ("agents/a.md", "Fill `[it](#field)`.\n\n## Fields\n\nAll.", []),
    ],
)
def test_anchors_of_agents_and_commands(told: Told, path: str, body: str, expected: list[str]) -> None:
    files = {"agents/b.md": "---\nname: b\ndescription: Does b.\n---\n\nDo it.\n"}
    found = told({**BASE, **files, path: f"---\nname: a\ndescription: Does a.\n---\n\n{body}\n"})
    assert [(finding.code, finding.fix) for finding in found] == [("SK562", fix) for fix in expected]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ({"options": ["a", "b"], "default": "a"}, []),
        ({"options": ["a"], "required": True, "multiple": False}, []),
        ({"options": []}, ["`userConfig.k.options` is [], expected a list of texts, at least one", NEEDED]),
        ({"options": [1], "required": True}, ["`userConfig.k.options[0]` is a number, expected a string"]),
        ({"options": {"a": 1}}, ["`userConfig.k.options` is a mapping, expected a list of texts, at least one"]),
        ({"options": ["a"]}, [NEEDED]),
        ({"options": ["a"], "required": False}, [NEEDED]),
        ({"options": ["a"], "default": "A"}, ["`userConfig.k.default` is 'A', expected one of the options"]),
        ({"options": ["a"], "default": ["a"]}, ['`userConfig.k.default` is ["a"], expected one of the options']),
        ({"options": ["a", "A"], "default": "a"}, ["`userConfig.k.options` holds one text twice, in whatever case"]),
        ({"options": ["a"], "required": True, "multiple": True}, [ALONE]),
        ({"options": ["a"], "required": True, "sensitive": True}, [ALONE]),
        ({"options": ["a"], "required": True, "type": "directory"}, [ALONE]),
        ({"options": [""], "required": True}, ["`userConfig.k.options[0]` is empty"]),
        ({"options": ["a "], "required": True}, ["`userConfig.k.options[0]` begins or ends with a space"]),
        ({"options": ["a" * 64], "required": True}, []),
        (
            {"options": ["b", "a" * 65], "required": True},
            ["`userConfig.k.options[1]` has 65 characters, at most 64 are taken"],
        ),
        ({"options": ["a\u200bb"], "required": True}, ["`userConfig.k.options[0]` holds a character that nobody sees"]),
        ("x", ["`userConfig.k` is a string, expected an option with `title`, `description` and `type`"]),
    ],
)
def test_options_of_a_plugin(told: Told, field: object, expected: list[str]) -> None:
    base = {"type": "string", "title": "K", "description": "Which."}
    asked = {"userConfig": {"k": {**base, **field} if isinstance(field, dict) else field}}
    found = told({**BASE, ".claude-plugin/plugin.json": json.dumps({**PLUGIN, **asked})})
    assert [finding.message for finding in found if finding.code == "SK502"] == expected


ARCHIVE = {"source": "archive", "url": "https://example.com/forms.zip", "sha256": "0" * 64}
FETCHED = {"source": "command", "command": "make forms"}
ASKS = {"k": {"type": "string", "title": "K", "description": "Which.", "options": ["a"]}}
WATCH = {"name": "m", "command": "true", "description": "Looks."}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"userConfig": ASKS}, ["`plugins[0].userConfig.k.options` needs a default among them, or `required: true`"]),
        (
            {"channels": [{"server": "s", "userConfig": ASKS}]},
            ["`plugins[0].channels[0].userConfig.k.options` needs a default among them, or `required: true`"],
        ),
        ({"monitors": [WATCH, WATCH]}, ["the monitor's name 'm' is that of another, so that none is loaded"]),
        (
            {"source": ARCHIVE, "headersHelper": "./token"},
            ["`plugins[0].headersHelper` needs `strict: false`, for the entry is to hold the whole manifest"],
        ),
        ({"source": ARCHIVE, "headersHelper": "./token", "strict": False}, []),
        ({"source": ARCHIVE, "headers": {"a": "b"}}, []),
        ({"source": {**FETCHED, "mode": "link", "timeout": 600}}, []),
        ({"source": {**FETCHED, "mode": "zip"}}, ["`plugins[0].source.mode` is 'zip', expected copy or link"]),
        (
            {"source": {**FETCHED, "timeout": 0}},
            ["`plugins[0].source.timeout` is 0, expected a whole number of seconds from 1 to 600"],
        ),
    ],
)
def test_what_an_entry_declares(told: Told, changes: dict[str, object], expected: list[str]) -> None:
    market = {**MARKET, "plugins": [{**ENTRY, **changes}]}
    found = told({**BASE, ".claude-plugin/marketplace.json": json.dumps(market)})
    assert [finding.message for finding in found if finding.code == "SK503"] == expected


def test_an_agent_has_no_more_tools_than_are_read(told: Told) -> None:
    agent = f"---\nname: a\ndescription: Does a.\ntools: {'Read ' * 1001}\n---\n\nDo it.\n"
    assert [finding.message for finding in told({**BASE, "agents/a.md": agent})] == [
        "`tools` holds more than the 1,000 entries that are read"
    ]


def test_a_skill_asks_for_models_of_claude(told: Told) -> None:
    found = told({"skills/forms/SKILL.md": SKILL.replace("---\n\n", "model: gpt-4o\n---\n\n")})
    assert [(finding.code, finding.place.line, finding.place.column) for finding in found] == [
        ("SK109", 4, 1),
        ("SK118", 4, 8),
    ]


def test_names_that_are_shared(told: Told) -> None:
    agent = "---\nname: a\ndescription: Does a.\n---\n\nDo it.\n"
    files = {**BASE, "agents/a.md": agent, "agents/b.md": agent, "commands/forms.md": agent}
    found = [finding for finding in told(files) if finding.code == "SK547"]
    assert [finding.place.path.rpartition("/")[2] for finding in found] == ["b.md", "forms.md"]


def test_folders_without_a_skill(told: Told) -> None:
    files = {**BASE, ".claude-plugin/plugin.json": json.dumps({**PLUGIN, "skills": ["./docs", "./skills"]})}
    (finding,) = told({**files, "docs/a.md": "# A\n"})
    assert (finding.code, finding.place.column) == ("SK549", 101)


def test_language_servers_have_a_shape(told: Told) -> None:
    (finding,) = told({**BASE, ".lsp.json": '{"py": {"command": "x y", "extensionToLanguage": {".py": "python"}}}'})
    assert (finding.code, finding.place.column) == ("SK531", 20)


def test_what_was_not_read_is_not_missing() -> None:
    data = Data({"hooks": {"Stop": [3, {"hooks": 3}, {"hooks": [3]}]}}, {(): Place("hooks/hooks.json")})
    hooks_file = Component(ComponentKind.HOOKS, "hooks/hooks.json", data)
    plugin = Plugin("p", "/p", None, components=(hooks_file,))
    assert plugin.holds("x")
    assert [finding.code for finding in judge([plugin, hooks_file]) if finding.code in {"SK535", "SK546"}] == []


def _bundle(plugins: int, skills: int) -> Bundle:
    """Return plugins beside one another, each with as many skills deep below its `skills/`."""
    roots = [Plugin(f"p{i}", f"/r/p{i}", Data({})) for i in range(plugins)]
    homes = [f"{root.location}/skills/deep/s{number}" for root in roots for number in range(skills)]
    frontmatter = Frontmatter(Data({}), Place("SKILL.md"), "", ())
    return Bundle((), tuple(Skill(home, home, home, frontmatter, (), ()) for home in homes), plugins=tuple(roots))


def _calls(bundle: Bundle) -> int:
    (each,) = (each for each in RULES if each.name == "unread-skill")
    profile = cProfile.Profile()
    found = profile.runcall(lambda: list(each.check(bundle)))
    assert len(found) == len(bundle.skills)
    return sum(entry.callcount for entry in profile.getstats())


def test_skills_that_no_client_reads_are_found_in_time_that_grows_with_their_number() -> None:
    assert _calls(_bundle(80, 2)) < 6 * _calls(_bundle(20, 2))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("mcp.json", "rename it to `.mcp.json`"),
        ("hooks.json", "rename it to `hooks/hooks.json`"),
        ("hooks/hook.json", "rename it to `hooks/hooks.json`"),
        (".claude-plugin/mcp.json", "rename it to `.mcp.json`"),
        ("lsp.json", "rename it to `.lsp.json`"),
        ("monitors.json", "rename it to `monitors/monitors.json`"),
        ("agent/reader.md", "rename it to `agents`"),
        ("slash-commands/go.md", "rename it to `commands`"),
        (".mcp.json", None),
        (".cursor/mcp.json", None),
        ("hooks/hooks-cursor.json", None),
    ],
)
def test_misnamed_components(told: Told, path: str, expected: str | None) -> None:
    found = told({**BASE, path: "{}\n"})
    assert [finding.fix for finding in found if finding.code == "SK556"] == ([expected] if expected else [])


def test_what_is_named_or_stands_beside_the_right_one_is_not_misnamed(told: Told) -> None:
    named = {".claude-plugin/plugin.json": json.dumps({**PLUGIN, "mcpServers": "./mcp.json"})}
    servers = {"mcp.json": '{"mcpServers": {}}'}
    assert codes(told({**BASE, **servers, **named})) == []
    assert codes(told({**BASE, **servers, ".mcp.json": '{"mcpServers": {}}'})) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f'```bash\nbash "{ROOT}/scripts/no.sh"\n```', ("SK404", 7, 7)),
        (f'```bash\nbash "{ROOT}/scripts/there.sh"\n```', None),
        (f"Read `{ROOT}/scripts/no.md` first.", ("SK405", 6, 7)),
        (f"Read `{ROOT}/scripts/there.sh` first.", None),
        (f"Create `{ROOT}/scripts/no.md`.", None),
        (f"```bash\nbash {ROOT}/elsewhere/no.sh\n```", None),
        (f"```bash\nbash {ROOT}/no.sh\n```", None),
        (f"```bash\nbash {ROOT}/scripts/my-hook.sh\n```", None),
        (f'```json\n{{"command": "{ROOT}/scripts/no.sh"}}\n```', None),
    ],
)
def test_skills_name_files_of_their_plugin(told: Told, body: str, expected: tuple[str, int, int] | None) -> None:
    top = SKILL.removesuffix("Fill them.\n").rstrip("\n") + "\n\n"
    found = told({**BASE, "skills/forms/SKILL.md": f"{top}{body}\n", "scripts/there.sh": "exit 0\n"})
    places = [(each.code, each.place.line, each.place.column) for each in found]
    assert places == ([expected] if expected else [])


def test_a_skill_outside_plugins_has_no_root(told: Told) -> None:
    text = SKILL + f'\n```bash\nbash "{ROOT}/scripts/no.sh"\n```\n'
    assert codes(told({"skills/forms/SKILL.md": text, "scripts/there.sh": "exit 0\n"})) == []
    assert codes(told({".claude/skills/forms/SKILL.md": text, "scripts/there.sh": "exit 0\n"})) == []


AGENT = "---\nname: reader\ndescription: Reads forms. Use when a form is to be read.\n---\n\n"
COMMAND = "---\ndescription: Goes through the form.\n---\n\n"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Go.", []),
        ("", [("SK557", 1)]),
        ("# Go\n\n<!-- later -->", [("SK557", 1)]),
        ("Go:\n\n```bash\ngit status", [("SK406", 3)]),
        ("Go:\n\n```bash\ngit status\n```", []),
        ("Go:\n\n```markdown\n# X\n\n```bash\ngit status\n```\n\nMore.\n```", [("SK407", 6)]),
        ("Go:\n\n````markdown\n```bash\ngit status\n```\n````", []),
        ("Go.\n\n<!-- later\n\nMore.", [("SK439", 3)]),
        ("See [a](fields.md) and [b](../docs/there.md#x).", [("SK558", 1)]),
        ("See [a](https://example.com/x.md), [b](#), [c](/x.md), [d](your-file.md), [e](https:x.md).", []),
        ("Go:\n\n```md\nSee [a](fields.md).\n```", []),
    ],
)
def test_texts_of_agents_and_commands(told: Told, body: str, expected: list[tuple[str, int]]) -> None:
    for path, top in (("agents/reader.md", AGENT), ("commands/go.md", COMMAND)):
        found = told({**BASE, "docs/there.md": "# X\n", path: f"{top}{body}\n"})
        line = top.count("\n")
        own = [each for each in found if each.place.path.endswith(path)]
        assert [(each.code, max(1, each.place.line - line)) for each in own] == expected, path


def test_the_text_of_a_component_that_is_not_read_is_not_missed(told: Told) -> None:
    assert "SK557" not in codes(told({**BASE, "commands/go.md": "---\ndescription: [Goes\n a: b: c\n---\n"}))
    assert "SK557" not in codes(told({**BASE, "commands/go.md": ""}))


def test_what_stands_behind_the_dashes_that_end_a_frontmatter_is_text(told: Told) -> None:
    assert "SK557" not in codes(told({**BASE, "commands/go.md": f"{COMMAND.rstrip()} Go.\n"}))
    assert "SK557" in codes(told({**BASE, "commands/go.md": f"{COMMAND.rstrip()}  \n"}))


@pytest.mark.parametrize(
    ("versions", "taken"),
    [
        *(
            (text, True)
            for text in (">=2.1.0", "2", "x", "*", "", "^2", "2.x || 3", ">= 2", ">=2.1.0 <3", "1.2 - 2", "v2")
        ),
        *((text, True) for text in (">=2.1.0-beta.1", "2.1.0-alpha", "~>2", "  2 ", "1 ||")),
        *((text, False) for text in ("zz", "zzz", "latest", "a", "2.1.0.4", "=>2", ">2,<3", "!2", "≥2")),
        ("1" + " " * 10_000 + "!", False),
    ],
)
def test_ranges_of_versions(told: Told, versions: str, *, taken: bool) -> None:
    manifest = {**PLUGIN, "engines": {"claude-code": versions}}
    found = told({**BASE, ".claude-plugin/plugin.json": json.dumps(manifest)})
    assert codes(found) == ([] if taken else ["SK551"])
