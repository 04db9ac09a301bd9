"""Strategies for components that plugin.json or an entry names: right ones, broken ones, and none."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import strategies as st
from tests.client.differential.batches import ENTRY
from tests.client.differential.case import Case, Kind, case
from tests.client.differential.client import MANIFEST
from tests.client.differential.deep import COMPONENTS, FILES
from tests.client.differential.manifests import BASE, SKILL, Json

BROKEN: tuple[object, ...] = ("", "{", "[]", "{}", "null", '"x"', '\ufeff{"a": 1}', '{"a": 3}')
WRONG = "---\nname: 3\nshell: zsh\ndescription: x\n---\n\nFill them.\n"
MARKDOWN: tuple[object, ...] = (SKILL, WRONG, "---\n- a\n---\n\nFill them.\n", "Fill them.\n")
MORE: Mapping[str, tuple[str, tuple[object, ...]]] = {
    "hooks": (".json", (COMPONENTS["hooks/hooks.json"], *BROKEN)),
    "mcpServers": (".json", (COMPONENTS[".mcp.json"], *BROKEN)),
    "lspServers": (".json", (COMPONENTS[".lsp.json"], *BROKEN)),
    "monitors": (".json", (COMPONENTS["monitors/monitors.json"], *BROKEN)),
    "agents": (".md", MARKDOWN),
    "commands": (".md", MARKDOWN),
    "skills": ("/SKILL.md", MARKDOWN),
    "outputStyles": ("/style.md", MARKDOWN),
    "workflows": ("/flow.md", MARKDOWN),
    "themes": ("/theme.json", BROKEN),
    "types": (".d.ts", ("export type A = string;\n",)),
}
"""What a path of each field ends with, and what may be in the file."""
EXPERIMENTAL = ("monitors", "themes")


@st.composite
def entries(draw: st.DrawFn) -> Case:
    """Return entries of plugins of which they, or plugin.json, name what is there or not."""
    field, files = _named(draw)
    if draw(st.booleans()):
        return case(Kind.ENTRY, {**FILES, **files, ENTRY: {"name": "@", "source": "./@"}, MANIFEST: {**BASE, **field}})
    own = draw(st.sampled_from(({}, {MANIFEST: BASE})))
    return case(Kind.ENTRY, {**FILES, **files, **own, ENTRY: {"name": "@", "source": "./@", **field}})


@st.composite
def plugins(draw: st.DrawFn) -> Case:
    """Return plugins whose plugin.json names what is there or not."""
    field, files = _named(draw)
    return case(Kind.PLUGIN, {**FILES, **files, MANIFEST: {**BASE, **field}})


def _named(draw: st.DrawFn) -> tuple[dict[str, Json], Mapping[str, object]]:
    """Return what names a component, and its file if it is there."""
    name = draw(st.sampled_from(sorted(MORE)))
    end, contents = MORE[name]
    folder = draw(st.sampled_from(("more", name, f"more/{name}")))
    path = f"{folder}/a{end}"
    value: Json = f"./{path.removesuffix(end) if '/' in end else path}"
    value = [value] if draw(st.booleans()) else value
    is_inner = name in EXPERIMENTAL and draw(st.booleans())
    files = {path: draw(st.sampled_from(contents))} if draw(st.integers(0, 3)) else {}
    return ({"experimental": {name: value}} if is_inner else {name: value}), files
