"""Strategies that change one value anywhere inside a good one: another type, a key more or less, a list around it."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping

from hypothesis import strategies as st
from tests.client.differential.batches import ENTRY
from tests.client.differential.case import Case, Kind, case
from tests.client.differential.client import MANIFEST
from tests.client.differential.manifests import BASE, HOOK, LINKS, SKILL, Json

FILES: Mapping[str, object] = {"skills/forms/SKILL.md": SKILL, "more/note.md": "x", "agents/a.md": SKILL, "commands/c.md": SKILL}  # fmt: skip

HANDLERS: tuple[Json, ...] = (
    {**HOOK, "timeout": 5, "async": True, "statusMessage": "Filling", "once": True, "if": "Bash(git *)"},
    {"type": "command", "command": "node", "args": ["x.js"], "shell": "bash"},
    {"type": "prompt", "prompt": "Is it filled?", "model": "haiku", "timeout": 5},
    {"type": "agent", "prompt": "Look whether it is filled.", "model": "haiku", "timeout": 5},
    {"type": "http", "url": "https://a.b/c", "headers": {"A": "b"}, "allowedEnvVars": ["A"], "timeout": 5},
    {"type": "mcp_tool", "server": "a", "tool": "b", "input": {"c": "d"}},
)
EVENTS: dict[str, Json] = {
    "PreToolUse": [{"matcher": "Bash|Read", "hooks": list(HANDLERS[:2])}],
    "Stop": [{"hooks": list(HANDLERS[2:4])}],
    "SessionStart": [{"matcher": "startup", "hooks": [HANDLERS[4]]}, {"hooks": [HANDLERS[5]]}],
}
SERVERS: dict[str, Json] = {
    "a": {"type": "stdio", "command": "x", "args": ["y"], "env": {"A": "b"}, "cwd": ".", "timeout": 5},
    "b": {"type": "http", "url": "https://a.b/c", "headers": {"A": "b"}, "headersHelper": "x", "oauth": {"clientId": "c", "callbackPort": 5}},
    "c": {"type": "sse", "url": "https://a.b/c", "headers": {}},
    "d": {"type": "ws", "url": "wss://a.b/c"},
}  # fmt: skip
LANGUAGES: dict[str, Json] = {
    "py": {
        "command": "x", "args": ["y"], "extensionToLanguage": {".py": "python", ".pyi": "python"}, "transport": "stdio", "env": {"A": "b"},
        "initializationOptions": {}, "settings": {}, "workspaceFolder": ".", "startupTimeout": 5, "shutdownTimeout": 5, "restartOnCrash": True, "maxRestarts": 3,
    }
}  # fmt: skip
ENTRY_FIELDS: dict[str, Json] = {
    "version": "1.0.0", "description": "Fills forms", "author": {"name": "Ada", "email": "a@b.c", "url": "https://a.b"}, "homepage": "https://a.b", "repository": "https://a.b",
    "license": "MIT", "keywords": ["forms"], "defaultEnabled": True, "metadata": {"a": {"b": 1}}, "engines": {"claude-code": ">=2.1.0"},
    "skills": ["./skills"], "commands": {"x": {"source": "./commands/c.md", "description": "x", "argumentHint": "y", "model": "haiku", "allowedTools": ["Read"]}, "y": {"content": "z"}},
    "agents": ["./agents/a.md"], "mcpServers": SERVERS, "lspServers": LANGUAGES, "outputStyles": ["./more"],
    "userConfig": {"K": {"type": "string", "title": "t", "description": "d", "required": True, "default": "x", "sensitive": True}, "N": {"type": "number", "title": "t", "description": "d", "min": 1, "max": 3, "default": 2}, "D": {"type": "directory", "title": "t", "description": "d", "multiple": True}},
    "channels": [{"server": "a", "displayName": "A", "userConfig": {"K": {"type": "boolean", "title": "t", "description": "d"}}}],
}  # fmt: skip
MANIFEST_FIELDS: dict[str, Json] = {
    **ENTRY_FIELDS, "name": "forms", "displayName": "Forms", "dependencies": ["a", {"name": "b", "version": "^1.0.0"}], "hooks": EVENTS, "settings": {"agent": "a"}, "network": {"hosts": ["a.b"]},
    "experimental": {"themes": "./more", "monitors": [{"name": "m", "command": "x", "description": "d", "when": "always"}]}, "$schema": "https://a.b",
}  # fmt: skip
STRANGE: tuple[Json, ...] = (
    None,
    True,
    0,
    -1,
    1.5,
    "",
    "x",
    "./nope",
    [],
    {},
    ["x"],
    [[]],
    {"x": 1},
    {"": ""},
    "é",
    " x",
    "a" * 300,
    10**20,
)


def changed(draw: st.DrawFn, value: Json) -> Json:
    """Return the value with something else in one place, a key less, or one more."""
    value = copy.deepcopy(value)
    parent, key = draw(st.sampled_from(list(_places(value))))
    match draw(st.integers(0, 5)):
        case 0:
            del parent[key]
        case 1 if isinstance(parent, dict):
            parent[draw(st.sampled_from(("foo", "", "Name", f"{key}s", "a b", "type", "é")))] = parent[key]
        case 2:
            parent[key] = [parent[key]]
        case _:
            parent[key] = draw(st.sampled_from(STRANGE))
    return value


def _places(value: Json) -> Iterator[tuple[Json, Json]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in list(inner):
        yield value, key
        yield from _places(each)


def some(draw: st.DrawFn, fields: Mapping[str, Json], always: Mapping[str, Json]) -> dict[str, Json]:
    """Return a few of the fields, with what is always there."""
    keys = draw(st.lists(st.sampled_from(sorted(fields)), min_size=1, max_size=4, unique=True))
    return {**always, **{key: fields[key] for key in keys}}


def text(draw: st.DrawFn, value: Json) -> bytes:
    """Return JSON as a file may hold it: indented or not, a line twice, other line ends, another encoding."""
    lines = json.dumps(value, indent=1, ensure_ascii=draw(st.booleans())).split("\n")
    if len(lines) > 2 and draw(st.integers(0, 9)) == 9:
        at = draw(st.integers(1, len(lines) - 2))
        lines.insert(at, lines[at] if lines[at].endswith(",") else lines[at] + ",")
    joined = draw(st.sampled_from(("\n",) * 9 + ("\r\n", "\r", "\n\n", "\n\t"))).join(lines)
    form = draw(st.sampled_from(("utf-8",) * 24 + ("utf-8-sig", "utf-16", "utf-16-le", "utf-32", "latin-1")))
    encoded: bytes = joined.encode(form, "replace")
    return encoded


COMPONENTS: Mapping[str, Json] = {
    "hooks/hooks.json": {"hooks": EVENTS, "description": "x"},
    ".mcp.json": {"mcpServers": SERVERS},
    ".lsp.json": LANGUAGES,
    "monitors/monitors.json": [{"name": "m", "command": "x", "description": "d", "when": "always"}],
    "settings.json": {"agent": "a"},
}


@st.composite
def manifests(draw: st.DrawFn) -> Case:
    """Return plugins with one thing changed anywhere in plugin.json or in the hooks."""
    files = dict(FILES)
    manifest = some(draw, MANIFEST_FIELDS, BASE)
    hooks = COMPONENTS["hooks/hooks.json"]
    if draw(st.integers(0, 3)) == 3:
        files["hooks/hooks.json"] = text(draw, changed(draw, hooks))
    else:
        manifest = changed(draw, manifest)
    return case(Kind.MANIFEST, {**files, MANIFEST: text(draw, manifest)})


@st.composite
def entries(draw: st.DrawFn) -> Case:
    """Return entries with one thing changed anywhere; of some the marketplace is to have the last word."""
    base = {"name": "@", "source": "./@"} | draw(st.sampled_from(({}, {"strict": False}, {"strict": True})))
    entry = changed(draw, some(draw, ENTRY_FIELDS, base))
    files = {**FILES, ENTRY: entry, **draw(st.sampled_from(({}, {MANIFEST: BASE})))}
    return case(Kind.ENTRY, files)


ODD_PLACES = (
    *((),) * 4,
    ("SKILL.md", "skills/SKILL.md"),
    ("skills/a/b/c/d/SKILL.md", "agents/a/b/c/d.md", "commands/a/b/c/d.md"),
    ("skills/.hidden/SKILL.md", ".hidden/SKILL.md", "skills/with space/SKILL.md", "skills/é/SKILL.md"),
    ("output-styles/a.md", "themes/a.json", "workflows/a.md", "bin/a", "evals/a.md"),
    ("agents/README.md", "commands/README.md", "agents/a.MD", "commands/a.markdown", "commands/.hidden.md"),
    ("skills/node_modules/SKILL.md", "node_modules/a/skills/a/SKILL.md", "skills/.git/SKILL.md"),
)


@st.composite
def plugins(draw: st.DrawFn) -> Case:
    """Return plugins with one thing changed in a file beside plugin.json, and what stands in odd places."""
    path = draw(st.sampled_from(sorted(COMPONENTS)))
    files: dict[str, object] = {**FILES, MANIFEST: BASE, path: text(draw, changed(draw, COMPONENTS[path]))}
    odd = draw(st.sampled_from(ODD_PLACES))
    files |= {place: SKILL for place in odd if place not in files}
    return case(Kind.PLUGIN, files, draw(st.sampled_from(LINKS)))
