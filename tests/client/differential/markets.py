"""Strategies for marketplaces: every field of marketplace.json and its entries, every kind of source."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import strategies as st
from tests.client.differential.batches import ENTRY
from tests.client.differential.case import Case, Kind, case
from tests.client.differential.client import MANIFEST, MARKET
from tests.client.differential.manifests import BASE, FIELDS, NAMES, SKILL, Json, fields, written

SHA = "0123456789abcdef0123456789abcdef01234567"
GIT = "https://example.com/x.git"
MARKETS = (
    *("inline", "builtin", "skills-dir", "synced", "org", "org-provisioned", "unknown", "agent-skills", "claude-code-plugins", "healthcare"),
    *("anthropic-official", "official-claude-x", "claude-marketplace", "Claude Plugins", "claude-foo", "anthropic-skills", "cc_projects", "MyMk"),
    *("claude-directory", "anthropic_plugins", "my-claude-marketplace", "..", "a..b", "claude-plugin-test", "Inline", "AGENT-SKILLS"),
)  # fmt: skip
SOURCES: tuple[Json, ...] = (
    "./@", "./", ".", "@", "./@/", "../@", "./x/../@", "/abs", "./nope", "a/b", GIT, "", "~/x", "./a..b", ".\\\\@", "./@/more", "./@/skills/forms/SKILL.md", 3, [], {},
    {"source": "github", "repo": "a/b"}, {"source": "github"}, {"source": "github", "repo": "b"}, {"source": "github", "repo": 3}, {"source": "github", "repo": "a/b", "ref": "v1"}, {"source": "github", "repo": "a/b", "sha": SHA}, {"source": "github", "repo": "a/b", "sha": "abc"},
    {"source": "github", "repo": "a/b", "sha": SHA.upper()}, {"source": "github", "repo": "a/b", "path": "x"}, {"source": "github", "repo": "a/b", "commit": "x"}, {"source": "github", "repo": "a/b", "ref": 3}, *({"source": "github", "repo": repo} for repo in ("a/b/c", "@a/b", "a/\u00e9", "a/b.git", "-a/b", "a/b c", "a/b/", "A.b/c_d", "https://github.com/a/b")),
    {"source": "github", "repo": "a/b", "branch": "x"}, {"source": "github", "repo": ""},
    {"source": "url", "url": GIT}, {"source": "url", "url": "zz"}, {"source": "url"}, {"source": "url", "url": 3}, {"source": "url", "url": "git@example.com:a/b.git"}, {"source": "url", "url": GIT, "sha": "x"}, {"source": "url", "url": ""}, {"source": "url", "url": "file:///x"}, {"source": "url", "url": "git://x/y"},
    {"source": "git", "url": GIT}, {"source": "git-subdir", "url": GIT, "path": "x"}, {"source": "git-subdir", "url": GIT}, {"source": "git-subdir", "url": GIT, "path": "../x"}, {"source": "git-subdir", "path": "x"}, {"source": "git-subdir", "url": GIT, "path": "./x"}, {"source": "git-subdir", "url": "zz", "path": "x"}, {"source": "git-subdir", "url": GIT, "path": "/x"}, {"source": "git-subdir", "url": GIT, "path": ""}, {"source": "git-subdir", "url": GIT, "path": 3},
    {"source": "npm", "package": "x"}, {"source": "npm", "package": "@a/b"}, {"source": "npm"}, {"source": "npm", "package": 3}, {"source": "npm", "package": "x", "version": "^1"}, {"source": "npm", "package": "x", "version": 1}, {"source": "npm", "package": "x", "registry": "zz"}, *({"source": "npm", "package": name} for name in ("a b", "../x", "A", "@A/b", "x@1.0.0", "https://a.b/c.tgz", ".x")), {"source": "npm", "package": ""},
    {"source": "archive", "url": "https://example.com/x.zip"}, {"source": "archive", "url": "http://example.com/x.zip"}, {"source": "archive"}, {"source": "archive", "url": "https://localhost/x.zip"}, {"source": "archive", "url": "https://127.0.0.1/x"}, {"source": "archive", "url": "zz"}, {"source": "archive", "url": "https://example.com/x.zip", "sha256": "x"}, {"source": "archive", "url": "https://example.com/x.zip", "sha256": "a" * 64},
    {"source": "command", "command": "x"}, {"source": "command"}, {"source": "command", "command": ["x"]}, {"source": "command", "command": []}, {"source": "command", "command": ["x"], "timeout": "x"}, {"source": "command", "command": ["x"], "mode": "zz"},
    {"source": "pip"}, {"source": "file", "path": "x"}, {"source": "directory", "path": "x"}, {"source": "unsupported"}, {"source": "zz"}, {"source": 3}, {"url": GIT},
)  # fmt: skip
ENTRIES: Mapping[str, tuple[Json, ...]] = {
    **{key: values for key, values in FIELDS.items() if key not in {"strict", "category", "tags", "source", "id", "relevance", "headers", "headersHelper"}},
    "name": NAMES,
    "source": SOURCES,
    "strict": (True, False, "no", 1),
    "category": ("x", [], 3, ""),
    "tags": (["x"], "x", [1], []),
    "version": ("1.0.0", "2.0.0", 3, ""),
    "relevance": ({}, {"signals": {}}, {"topic": "x", "signals": {"cli": ["x"]}}, {"signals": {"cli": "x"}}, "x", {"topic": 3}, {"signals": {"foo": ["x"]}}, {"signals": {"cli": []}}, {"topic": "x"}, {"topic": "x", "signals": {"hosts": ["a.b"]}}),
    "headers": ({}, {"A": "b"}, {"A": 1}, []),
    "headersHelper": ("x", 3),
    "id": ("x", 3),
    "metadata": ({}, [], {"a": 1}),
    "skills": ("./skills", ["./skills/forms"], ["./nope"], [], {}, "skills", "./../x"),
}  # fmt: skip
TOP: Mapping[str, tuple[Json, ...]] = {
    "name": (*NAMES, *MARKETS, *MARKETS),
    "owner": ({"name": "Ada"}, {}, "Ada", {"name": ""}, {"name": 3}, {"name": "A", "email": "zz"}, {"name": "A", "email": "a@anthropic.com"}, {"name": "A", "url": 3}, {"name": "A", "foo": 1}, []),
    "plugins": ([], {}, "x", [3], ["forms"], [{}], [{"name": "a", "source": "./forms"}, {"name": "a", "source": "./forms"}], [{"name": "a", "source": "./"}], None),
    "version": ("1.0.0", 3, "", "zz"),
    "description": ("x", "", 3, "x" * 500),
    "metadata": ({}, {"description": "x"}, {"version": "1"}, {"version": 1}, {"pluginRoot": "./"}, {"pluginRoot": "./forms"}, {"pluginRoot": "../x"}, {"pluginRoot": 3}, {"foo": 1}, [], "x", {"pluginRoot": "/x"}, {"pluginRoot": "forms"}, {"description": 3}),
    "forceRemoveDeletedPlugins": (True, "x", 1),
    "allowCrossMarketplaceDependenciesOn": ([], ["x"], "x", [1], ["a b"]),
    "renames": ({}, {"old": "forms"}, {"old": None}, {"old": "nope"}, {"old": 3}, {"a": "b", "b": "forms"}, {"a": "b", "b": "a"}, [], "x", {"forms": "forms"}, {"forms": None}, {"old": ""}),
    "$schema": ("https://a.b", 3),
    **dict.fromkeys(("foo", "descripton", "Plugins", "keywords", "author"), ("x", 3)),
}  # fmt: skip
GOOD: Mapping[str, Json] = {"name": "market", "owner": {"name": "Ada"}, "description": "Forms", "plugins": [{"name": "forms", "source": "./forms"}]}  # fmt: skip
OUTER = "plugin.json"
"""Where Claude Code looks, when it installs a plugin, for what is not in its place."""

FILES: Mapping[str, object] = {
    "skills/forms/SKILL.md": SKILL,
    "more/note.md": "x",
    "agents/a.md": SKILL,
    "commands/c.md": SKILL,
}


@st.composite
def entries(draw: st.DrawFn) -> Case:
    """Return entries, with the plugin that a local source names, mostly with a manifest."""
    base: Mapping[str, Json] = {"name": "@", "source": "./@"}
    files: dict[str, object] = {
        **FILES,
        ENTRY: draw(written(fields(base, ENTRIES), broken=('"x"', "3", "null", "{}", "[]"))),
    }
    if draw(st.booleans()):
        files[MANIFEST] = BASE
    elif draw(st.booleans()):
        files[OUTER] = draw(written(fields(BASE, FIELDS)))
    return case(Kind.ENTRY, files)


@st.composite
def marketplaces(draw: st.DrawFn) -> Case:
    """Return marketplaces with one plugin."""
    files: dict[str, object] = {f"forms/{path}": content for path, content in {**FILES, MANIFEST: BASE}.items()}
    files[MARKET] = draw(written(fields(GOOD, TOP)))
    if draw(st.integers(0, 9)) == 9:
        files[MANIFEST] = BASE
    return case(Kind.MARKETPLACE, files)
