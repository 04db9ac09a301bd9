"""Strategies for plugins: every field of plugin.json with right and wrong values, components, and odd folders."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TypeAlias

from hypothesis import strategies as st
from tests.client.differential.case import Case, Kind, case
from tests.client.differential.client import MANIFEST

Json: TypeAlias = Any  # values are wrong on purpose

SKILL = "---\nname: forms\ndescription: Fills PDF forms. Use when the user asks to fill a form.\n---\n\nFill them.\n"
BASE: Mapping[str, Json] = {
    "name": "forms",
    "version": "1.0.0",
    "description": "Fills forms",
    "author": {"name": "Ada"},
}
HOOK: dict[str, Json] = {"type": "command", "command": "true"}
HOOKS: dict[str, Json] = {"SessionStart": [{"hooks": [HOOK]}]}
NAMES = (
    *("forms", "MyForms", "my_forms", "a.b", "a:b", "a@b", "a/b", "é", "my forms", "", "-a", "a-", "a--b", "a" * 65, "a" * 200, "1", ".a", "a\\b", "a\tb"),
    *("claude", "claude-x", "anthropic-tools", "anthropics-x", "cc-plugin-x", "claude-official", "official-claude", "Claude", "anthropicx"),
    *("claude-code", "claude-mods", "my-claude", "x-official-claude", "inline", "a\u202eb", "forms ", "official"),
)  # fmt: skip
PATHS = ("./skills", "./skills/", ".", "./", "skills", "./nope", "./../x", "../x", "/abs", "./skills/forms/SKILL.md", "./skills/*", "./a..b", "", "./commands/c.md", "./agents/a.md", "./agents", "./hooks/hooks.json", "./more", "./.mcp.json", "~/x", "./skills/../skills")  # fmt: skip
FIELDS: Mapping[str, tuple[Json, ...]] = {
    "name": NAMES,
    "version": ("1.0.0", "banana", "", 1, 1.5, "v1", None),
    "description": ("Forms", "", "x" * 2000, 3),
    "author": ("Ada", {}, {"name": ""}, {"name": 3}, {"email": "a@b.c"}, {"name": "A", "email": "zz"}, {"name": "A", "url": "zz"}, {"name": "A", "email": 3}, {"name": "A", "foo": 1}, [], None),
    "homepage": ("https://a.b", "http://x", "zz", "", "mailto:a@b.c", "a.b/c", "ftp://a", "x:y", 3, "https://", "https://a b", " https://a.b"),
    "repository": ("https://a.b", "zz", {}, {"type": "git", "url": "https://a.b"}, ""),
    "license": ("MIT", "", 3),
    "keywords": (["a"], [], "a", [1], {}),
    "defaultEnabled": (True, "yes", 1),
    "dependencies": ([], ["a"], ["a@b"], [{}], [{"name": "a"}], [{"name": "a", "version": "^1.0"}], [{"name": "a", "marketplace": "m"}], [{"name": "a b"}], ["a b"], ["@a"], ["a@"], [3], "a", {}, [{"name": "a", "version": 1}], [{"name": "a", "version": "zz"}], [{"name": "a", "x": 1}]),
    "metadata": ({}, {"a": {"b": 1}}, [], "x", 3),
    "engines": ({}, {"claude-code": ">=2.1.0"}, {"claude-code": "zzz"}, "x", [], {"claude-code": 3}, {"node": "zz"}, {"claude-code": "^2"}, {"claude-code": "*"}, {"claude-code": ""}, {"claude-code": "2.1"}, {"claude-code": ">=2 <3"}),
    "network": ({}, {"hosts": ["a.b"]}, {"hosts": "a"}, {"hosts": [1]}, [], {"foo": 1}),
    "skills": (*PATHS, ["./skills"], ["./nope", "."], [], {}, 3, ["skills"], [3]),
    "commands": (*PATHS, ["./commands/c.md"], [], {}, {"x": {"source": "./commands/c.md"}}, {"x": {"content": "y"}}, {"x": {}}, {"x": {"source": "./nope.md"}}, {"x": {"content": "y", "source": "./commands/c.md"}}, {"x": 3}, 3, {"x": {"content": 3}}, {"x": {"content": "y", "description": 3}}, {"x": {"content": "y", "allowedTools": "Read"}}, {"x": {"content": "y", "foo": 1}}),
    "agents": (*PATHS, ["./agents/a.md"], ["./agents"], [], {}, 3),
    "hooks": (*PATHS, HOOKS, {"hooks": HOOKS}, {"Foo": []}, {}, [], [HOOKS], ["./hooks/hooks.json"], 3, {"SessionStart": {}}, {"SessionStart": [{}]}, {"SessionStart": [{"hooks": [{}]}]}, {"Stop": [{"hooks": ["x"]}]}, "./nope.json"),
    "mcpServers": (*PATHS, {}, {"a": {"command": "x"}}, {"a": {}}, {"a": {"type": "http", "url": "https://x.y"}}, {"a": {"type": "http", "url": "zz"}}, {"a": {"type": "zz"}}, "./x.mcpb", "https://x.y/z.mcpb", [], ["./.mcp.json"], [{"a": {"command": "x"}}], 3, {"a": {"command": "x", "args": "y"}}, {"a": 3}, "./nope.json"),
    "lspServers": (*PATHS, {}, {"a": {"command": "x", "extensionToLanguage": {".py": "python"}}}, {"a": {}}, {"a": {"command": "x"}}, [], 3, {"a": {"command": "x", "extensionToLanguage": {}}}, {"a": {"command": "x", "extensionToLanguage": {"py": "python"}}}),
    "outputStyles": (*PATHS, ["./more"], [], {}, 3),
    "workflows": (*PATHS, ["./more"], [], {}, 3),
    "themes": (*PATHS, ["./more"], [], {}, 3),
    "monitors": (*PATHS, [{"name": "m", "command": "x", "description": "d"}], [], {}, 3, [{}], [{"name": "m", "command": "x"}]),
    "experimental": ({}, {"themes": "./more"}, {"themes": "./nope"}, {"foo": 1}, [], "x", {"monitors": []}, {"themes": 3}),
    "userConfig": ({}, {"K": {"type": "string", "title": "t", "description": "d"}}, {"1K": {"type": "string", "title": "t", "description": "d"}}, {"K": {}}, {"K": {"type": "zz", "title": "t", "description": "d"}}, {"K": {"type": "number", "title": "t", "description": "d", "min": "x"}}, {"K": {"type": "string", "title": "t", "description": "d", "foo": 1}}, [], "x", {"K": 3}, {"K": {"type": "boolean", "title": 3, "description": "d"}}),
    "channels": ([], [{"server": "a"}], [{}], [{"server": 3}], [{"server": "a", "foo": 1}], {}, "x", [3]),
    "settings": ({}, {"agent": "x"}, {"foo": 1}, [], "x", {"agent": 3}),
    "types": ("./x.d.ts", "x.d.ts", "./x.ts", 3, "./../x.d.ts"),
    "binaries": ({}, {"a": {"sha256": "0" * 64}}, {"a": {}}, [], {"a": {"sha256": "x"}}, {"a/b": {"sha256": "0" * 64}}),
    "displayName": ("Forms", "", 3),
    "$schema": ("https://a.b", 3, "zz"),
    **{key: ("x", 3, True, []) for key in ("strict", "category", "tags", "source", "id", "relevance", "headers", "headersHelper")},
    **dict.fromkeys(("icon", "screenshots", "privacyPolicyUrl", "classification", "docs", "support", "bugs", "foo", "descriptoin", "Name", "autor"), ("x", 3)),
}  # fmt: skip
ANY: tuple[Json, ...] = (None, True, False, 0, "x", [], {}, ["x"], {"x": 1})
TEXTS = (("{", "", "[]", "null", '"x"', "3", "{} // x", "{,}", '{"name": "a",}', "\ufeff{}", '{"name": "a", "name": "b"}', "{'name': 'a'}", '{"name": "a"} x', '{"name": "\t"}', '{"name": "\\ud800"}', "nul", '{"name": 01}', '{"name": NaN}', "\x00"))  # fmt: skip
ROOTED = ("${CLAUDE_PLUGIN_ROOT}/x.sh", '"${CLAUDE_PLUGIN_ROOT}/x.sh"', "'${CLAUDE_PLUGIN_ROOT}/x'", 'bash "${CLAUDE_PLUGIN_ROOT}"/x ${CLAUDE_PLUGIN_DATA}/y', "$CLAUDE_PROJECT_DIR/x", 'echo \\"${CLAUDE_PLUGIN_ROOT}\\"', "cat <<E\n${CLAUDE_PLUGIN_ROOT}\nE", "${HOME}/x", '"a"${CLAUDE_PLUGIN_ROOT}"b"', "x # ${CLAUDE_PLUGIN_ROOT}", '"it\'s" ${CLAUDE_PLUGIN_ROOT}', "'\"' ${CLAUDE_PLUGIN_ROOT} '\"'", "$CLAUDE_PLUGIN_ROOTX/x", "${CLAUDE_PLUGIN_ROOT:-x}/y", "`echo ${CLAUDE_PLUGIN_ROOT}`", '"$(cat ${CLAUDE_PLUGIN_ROOT}/x)"')  # fmt: skip
HOOK_FILES: tuple[Json, ...] = (
    {"hooks": HOOKS}, HOOKS, {}, [], None, {"hooks": {}}, {"hooks": []}, {"hooks": 3}, {"hooks": None}, {"hooks": {"Foo": []}}, {"hooks": {"SessionStart": {}}}, {"hooks": {"SessionStart": "x"}}, {"hooks": {"SessionStart": [{}]}},
    {"hooks": {"SessionStart": [3]}}, {"hooks": {"SessionStart": [{"hooks": ["x"]}]}}, {"hooks": {"SessionStart": [{"hooks": [{"command": "x"}]}]}}, {"hooks": {"Stop": [{"hooks": [{"type": "zz"}]}]}}, {"hooks": {"Stop": [{"hooks": [{"type": "command"}]}]}},
    {"hooks": {"PreToolUse": [{"matcher": 3, "hooks": []}]}}, {"hooks": {"PreToolUse": [{"matcher": "Bash", "hooks": [HOOK]}]}}, {"hooks": {"Stop": [{"hooks": [{**HOOK, "timeout": "x"}]}]}}, {"hooks": {"Stop": [{"hooks": [{**HOOK, "timeout": -1}]}]}},
    *({"hooks": {"Stop": [{"hooks": [{**HOOK, "command": command, **more}]}]}} for command in ROOTED for more in ({}, {"args": ["x"]}, {"shell": "powershell"})),
    {"hooks": {"PreToolUse": [{"matcher": "bash", "hooks": [HOOK]}]}}, {"hooks": {"PreToolUse": [{"matcher": "Bash(", "hooks": [HOOK]}]}},
    {"hooks": HOOKS, "description": 3}, {"hooks": HOOKS, "foo": 1}, {"modules": []}, {"hooks": {"Stop": [{"hooks": [{"type": "prompt"}]}]}}, {"hooks": {"Stop": [{"hooks": [{"type": "prompt", "prompt": "x"}]}]}}, {"hooks": {"Stop": [{"hooks": [{**HOOK, "async": "x", "foo": 1}]}]}},
)  # fmt: skip
MCP_FILES: tuple[Json, ...] = (
    {"mcpServers": {"a": {"command": "x"}}}, {"a": {"command": "x"}}, {}, [], [{"command": "x"}], {"a": {"url": "https://x.y"}}, [{"url": "https://x.y"}], ["x"], [[]], [{"a": {"command": "x"}}], None, {"mcpServers": []}, {"mcpServers": [{"command": "x"}, 3]}, {"mcpServers": 3}, {"mcpServers": {"a": {}}}, {"mcpServers": {"a": "x"}}, {"mcpServers": {"a": None}}, {"a": {}}, {"a": 3}, {"mcpServers": {"a": {"type": "http"}}},
    {"mcpServers": {"a": {"type": "http", "url": "https://x.y"}}}, {"mcpServers": {"a": {"type": "http", "url": "zz"}}}, {"mcpServers": {"a": {"type": "sse", "url": "http://x"}}}, {"mcpServers": {"a": {"type": "zz", "url": "https://x"}}}, {"mcpServers": {"a": {"url": "https://x.y"}}},
    {"mcpServers": {"a": {"command": ""}}}, {"mcpServers": {"a": {"command": "x", "args": "y"}}}, {"mcpServers": {"a": {"command": "x", "args": [1]}}}, {"mcpServers": {"a": {"command": "x", "env": {"A": 1}}}}, {"mcpServers": {"a": {"command": "x", "env": []}}}, {"mcpServers": {"a b": {"command": "x"}}},
    {"mcpServers": {"a": {"type": "stdio", "command": 3}}}, {"mcpServers": {"a": {"type": "ws", "url": "ws://x"}}}, {"mcpServers": {"a": {"type": "http", "url": "https://x", "headers": {"A": 1}}}}, {"mcpServers": {"a": {"command": "x", "foo": 1}}}, {"mcpServers": {"a": {"type": 3, "command": "x"}}}, {"mcpServers": {"a": {"type": "http", "url": "${URL}"}}},
)  # fmt: skip


LINKS: tuple[dict[str, str], ...] = ({},) * 12 + ({"skills/linked": "forms"}, {"skills/loop": "."}, {"skills/dead": "nowhere"}, {"agents/l.md": "../skills/forms/SKILL.md"})  # fmt: skip


@st.composite
def fields(draw: st.DrawFn, base: Mapping[str, Json], wrong: Mapping[str, tuple[Json, ...]]) -> dict[str, Json]:
    """Return a good value with up to three fields that are changed, added or missing."""
    manifest = dict(base)
    for key in draw(st.lists(st.sampled_from(sorted(wrong)), max_size=3, unique=True)):
        manifest[key] = draw(st.sampled_from((*wrong[key], *wrong[key], *wrong[key], *ANY)))
    if draw(st.integers(0, 5)) == 5:
        manifest.pop(draw(st.sampled_from(sorted(manifest))))
    return manifest


def written(value: st.SearchStrategy[Json], broken: tuple[str, ...] = TEXTS) -> st.SearchStrategy[str]:
    """Return JSON as text, now and then none."""
    good = value.map(lambda each: json.dumps(each, indent=1))
    return st.one_of(*[good] * 12, st.sampled_from(broken))


@st.composite
def manifests(draw: st.DrawFn) -> Case:
    """Return plugins of which plugin.json and the hooks are looked at."""
    files: dict[str, object] = {
        "skills/forms/SKILL.md": SKILL,
        "more/note.md": "x",
        "agents/a.md": SKILL,
        "commands/c.md": SKILL,
    }
    files[MANIFEST] = draw(written(fields(BASE, FIELDS)))
    if draw(st.integers(0, 3)) == 3:
        files["hooks/hooks.json"] = draw(written(st.sampled_from(HOOK_FILES)))
    return case(Kind.MANIFEST, files)


@st.composite
def plugins(draw: st.DrawFn) -> Case:
    """Return plugins with MCP servers and odd folders."""
    files: dict[str, object] = {"skills/forms/SKILL.md": SKILL, MANIFEST: BASE}
    parts: dict[str, st.SearchStrategy[object]] = {
        ".mcp.json": written(st.sampled_from(MCP_FILES)),
        ".lsp.json": written(
            st.sampled_from(
                ({}, [], {"py": {"command": "x", "extensionToLanguage": {".py": "python"}}}, {"py": {"command": "x"}})
            )
        ),
        "hooks/hooks.json": written(st.sampled_from(HOOK_FILES)),
        "skills/forms/nested/SKILL.md": st.just("x"),
        "skills/lower/skill.md": st.just("x"),
        "skills/loose.md": st.just("x"),
        "skills/group/deep/SKILL.md": st.just(SKILL),
        ".claude-plugin/commands/c.md": st.just(SKILL),
        "commands/forms.md": st.just(SKILL),
        "agents/r.md": st.sampled_from(
            (
                "---\nname: r\ndescription: x\nmodel: sonet\ntools: Foo, Bash(\n---\n\nx\n",
                "---\nname: r\nname: s\ndescription: x\nallowed-tools: Read\n---\n\nx\n",
                "---\ndescription: x\nmodel: gpt-4\npermissionMode: zz\n---\n",
            )
        ),
        "agents/x.txt": st.just("x"),
        "commands/notes/README.md": st.just("x"),
        "SKILL.md": st.just(SKILL),
        "skills/no/README.md": st.just("x"),
        "skills/big/SKILL.md": st.just(SKILL + "x" * 1_100_000),
    }
    for path in draw(st.lists(st.sampled_from((".mcp.json", *sorted(parts))), min_size=1, max_size=3, unique=True)):
        files[path] = draw(parts[path])
    return case(Kind.PLUGIN, files, draw(st.sampled_from(LINKS)))
