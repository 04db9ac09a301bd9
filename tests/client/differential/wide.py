"""Strategies for what stands together: a plugin and its entry, manifests in one another, links, folders for files."""

from __future__ import annotations

import json
from collections.abc import Mapping

from hypothesis import strategies as st
from tests.client.differential.batches import ENTRY
from tests.client.differential.case import Case, Kind, case
from tests.client.differential.client import MANIFEST, MARKET
from tests.client.differential.deep import (
    COMPONENTS,
    ENTRY_FIELDS,
    EVENTS,
    FILES,
    HANDLERS,
    MANIFEST_FIELDS,
    SERVERS,
    changed,
    some,
    text,
)
from tests.client.differential.manifests import BASE, SKILL, Json

GUARDS: dict[str, Json] = {
    "PreToolUse": [{"matcher": "Bash", "hooks": [HANDLERS[0]]}],
    "PermissionRequest": [{"matcher": "*", "hooks": [HANDLERS[2]]}],
    "Stop": [{"hooks": [HANDLERS[1]]}],
}
WHOLE_ENTRY: dict[str, Json] = {
    **ENTRY_FIELDS,
    "hooks": GUARDS,
    "dependencies": ["a", {"name": "b", "version": "^1.0.0"}],
    "settings": {"agent": "a"},
    "experimental": {"themes": "./more", "monitors": [{"name": "m", "command": "x", "description": "d"}]},
    "relevance": {"topic": "x", "signals": {"cli": ["x"], "hosts": ["a.b"]}},
    "category": "forms",
    "tags": ["a"],
    "displayName": "Forms",
}
FRONTMATTERS: dict[str, dict[str, Json]] = {
    "skills/@/SKILL.md": {
        "name": "forms", "description": "Fills forms.", "allowed-tools": ["Read", "Bash(git *)"], "hooks": GUARDS, "metadata": {"a": "b"}, "arguments": ["a"], "paths": ["*.py"],
        "model": "haiku", "context": "fork", "agent": "a", "shell": "bash", "disable-model-invocation": True, "user-invocable": False, "license": "MIT",
    },
    "agents/@.md": {
        "name": "a", "description": "Fills forms.", "tools": ["Read"], "skills": ["forms"], "hooks": GUARDS, "mcpServers": [SERVERS], "memory": "user", "maxTurns": 3, "model": "haiku", "color": "red",
    },
    "commands/@.md": {"description": "Fills forms.", "allowed-tools": "Read", "argument-hint": ["a"], "model": "haiku", "hooks": EVENTS, "shell": "bash"},
}  # fmt: skip
NESTED: tuple[Mapping[str, object], ...] = (
    {},
    {"skills/forms/.claude-plugin/plugin.json": BASE},
    {"inner/.claude-plugin/plugin.json": BASE, "inner/skills/forms/SKILL.md": SKILL},
    {"plugin.json": BASE},
    {"marketplace.json": {"name": "m", "owner": {"name": "Ada"}, "plugins": []}},
    {".claude-plugin/hooks/hooks.json": {"hooks": EVENTS}},
    {".claude-plugin/.mcp.json": {"mcpServers": SERVERS}},
    {"skills/forms/skills/deep/SKILL.md": SKILL, "skills/forms/agents/a.md": SKILL},
    {".claude/skills/forms/SKILL.md": SKILL, ".claude/agents/a.md": SKILL},
    {"skills/forms/SKILL.md/note.md": "x"},
    {".mcp.json/x": "x"},
    {"hooks/hooks.json/x": "x"},
    {"agents/a.md/x": "x"},
    {"hooks": "x"},
    {"commands": "x"},
    {"hooks/hooks.json": ""},
    {".mcp.json": ""},
    {"skills/forms/SKILL.md": ""},
    {"agents/empty.md": "", "commands/empty.md": ""},
)
LINKED: tuple[Mapping[str, str], ...] = (
    *({},) * 6,
    {"hooks/hooks.json": "../more/hooks.json"},
    {".mcp.json": "more/servers.json"},
    {"skills/out/SKILL.md": "../forms/SKILL.md"},
    {"agents/dead.md": "nowhere.md"},
    {"commands/up": "../more"},
    {"output-styles": "more"},
    {"skills/up": "../.."},
    {"CLAUDE.md": "more/note.md"},
)


def shuffled(draw: st.DrawFn, value: dict[str, Json]) -> dict[str, Json]:
    """Return the mapping with its keys in another order."""
    return {key: value[key] for key in draw(st.permutations(sorted(value)))}


@st.composite
def entries(draw: st.DrawFn) -> Case:
    """Return entries of plugins that say something of their own, with a manifest or a component."""
    base = {"name": "@", "source": "./@"} | draw(st.sampled_from(({}, {"strict": False}, {"strict": True})))
    entry = some(draw, WHOLE_ENTRY, base)
    entry = changed(draw, entry) if draw(st.booleans()) else entry
    files: dict[str, object] = {**FILES, ENTRY: json.dumps(shuffled(draw, entry), ensure_ascii=draw(st.booleans()))}
    if draw(st.booleans()):
        files[MANIFEST] = json.dumps(shuffled(draw, some(draw, MANIFEST_FIELDS, BASE)))
    if draw(st.booleans()):
        path = draw(st.sampled_from(sorted(COMPONENTS)))
        files[path] = COMPONENTS[path]
    return case(Kind.ENTRY, files)


@st.composite
def parts(draw: st.DrawFn) -> Case:
    """Return files whose frontmatter holds lists and mappings, with one thing changed anywhere in them."""
    path = draw(st.sampled_from(sorted(FRONTMATTERS)))
    fields = changed(draw, some(draw, FRONTMATTERS[path], {}))
    lines = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in fields.items()]
    return case(Kind.PART, {path: "\n".join(["---", *lines, "---", "", "Fill them.", ""])})


@st.composite
def plugins(draw: st.DrawFn) -> Case:
    """Return plugins with other manifests in them, links, and folders where files are looked for."""
    nested, links = draw(st.sampled_from(NESTED)), draw(st.sampled_from(LINKED))
    manifest = shuffled(draw, some(draw, MANIFEST_FIELDS, BASE))
    whole: dict[str, object] = {
        **FILES,
        "more/hooks.json": {"hooks": EVENTS},
        "more/servers.json": {"mcpServers": SERVERS},
        MANIFEST: text(draw, manifest),
        **nested,
    }
    taken = [*nested, *links]
    kept = {path: content for path, content in whole.items() if path in nested or not _is_in_the_way(path, taken)}
    return case(
        Kind.PLUGIN, kept, {path: target for path, target in links.items() if not _is_in_the_way(path, [*nested])}
    )


def _is_in_the_way(path: str, taken: list[str]) -> bool:
    return any(path == other or path.startswith(f"{other}/") or other.startswith(f"{path}/") for other in taken)


@st.composite
def marketplaces(draw: st.DrawFn) -> Case:
    """Return marketplaces of several plugins, in other encodings, with roots, twins and plugins beside the market."""
    sources = draw(
        st.lists(st.sampled_from(("./a", "./b", "a", "./", "./c", "b/", "./a/../b")), min_size=1, max_size=3)
    )
    listed = [
        shuffled(draw, some(draw, WHOLE_ENTRY, {"name": draw(st.sampled_from(("a", "b", f"p{at}"))), "source": source}))
        for at, source in enumerate(sources)
    ]
    market = {"name": "market", "owner": {"name": "Ada"}, "description": "Forms", "plugins": listed}
    market |= draw(st.sampled_from(({}, {}, {"metadata": {"pluginRoot": "./a"}}, {"metadata": {"pluginRoot": "."}})))
    market |= draw(st.sampled_from(({}, {}, {"renames": {"old": "a"}}, {"renames": {"a": "b"}}, {"version": "1"})))
    files: dict[str, object] = {MARKET: text(draw, shuffled(draw, market))}
    for folder in draw(st.sampled_from((("a", "b"), ("a",), ("a", "b", "a/b")))):
        files |= {f"{folder}/{path}": content for path, content in FILES.items()}
        if draw(st.booleans()):
            files[f"{folder}/{MANIFEST}"] = shuffled(draw, some(draw, MANIFEST_FIELDS, BASE))
    files |= draw(
        st.sampled_from(({}, {}, {MANIFEST: BASE}, {"marketplace.json": market}, {"skills/forms/SKILL.md": SKILL}))
    )
    return case(Kind.MARKETPLACE, files)
