"""Every case that was once put to the client by hand -> cases, so that what it said then is still what it says."""

from __future__ import annotations

from collections.abc import Iterator

from tests.client.differential.batches import ENTRY
from tests.client.differential.case import Case, Kind, case
from tests.client.differential.client import MANIFEST, MARKET
from tests.client.differential.frontmatters import ODD, TOOLS, USUAL
from tests.client.differential.manifests import BASE, FIELDS, HOOK_FILES, LINKS, MCP_FILES, SKILL, TEXTS
from tests.client.differential.markets import ENTRIES, FILES, GOOD, TOP

BODY = "\n---\n\nFill them.\n"
WHOLE = (
    *("", "# no frontmatter\n", "---\n---\n", "---\n\n---\n", "---\n- a\n---\n", "---\njust text\n---\n", "---\nname: x\n", "----\nname: x\n---\n"),
    *("\n---\nname: x\n---\n", "\ufeff---\nname: x\n---\n", "\ufeff\ufeff---\nname: x\n---\n", "---\nshell: zsh\n...\n", "---\nshell: zsh\n  ---\n"),
    *("---\r\nshell: zsh\r\n---\r\n", "---\rshell: zsh\r---\r", "---\nshell: zsh\n----\n", "---\nshell: bash\nshell: zsh\n---\n", "--- \nshell: zsh\n---\n"),
    *("---\nshell: zsh\n--- \n", "---\ndescription: a --- b\nshell: zsh\n---\n", '---\ndescription: "a --- b"\n---\n', "---\nshell: zsh\nname: \x00\n---\n"),
    *("---\nshell: zsh\nname:\u00a0x\n---\n", "---\nshell: zsh\ndescription: a: b\n---\n", "---\nallowed-tools:\n  - Bash(a: b)\nshell: zsh\n---\n"),
)  # fmt: skip


def recorded() -> Iterator[Case]:
    """Yield one case for each value of each field, alone in a bundle that is right otherwise."""
    for text in (*WHOLE, *(f"---\nname: {value}{BODY}" for value in ODD)):
        yield case(Kind.PART, {"skills/@/SKILL.md": text})
    for field, values in {**USUAL, "allowed-tools": TOOLS}.items():
        for value in values:
            yield case(Kind.PART, {"skills/@/SKILL.md": f"---\ndescription: x\n{field}: {value}{BODY}"})
    for field, choices in FIELDS.items():
        for choice in choices:
            yield case(Kind.MANIFEST, {**FILES, MANIFEST: {**BASE, field: choice}})
    for field in BASE:
        yield case(Kind.MANIFEST, {**FILES, MANIFEST: {key: value for key, value in BASE.items() if key != field}})
    yield from _files()
    yield from _markets()


def _files() -> Iterator[Case]:
    for text in TEXTS:
        yield case(Kind.MANIFEST, {**FILES, MANIFEST: text})
    for hooks in (*HOOK_FILES, *TEXTS):
        yield case(Kind.MANIFEST, {**FILES, MANIFEST: BASE, "hooks/hooks.json": _text(hooks)})
    for servers in MCP_FILES:
        yield case(Kind.PLUGIN, {**FILES, MANIFEST: BASE, ".mcp.json": _text(servers)})
    for links in LINKS[-4:]:
        yield case(Kind.PLUGIN, {**FILES, MANIFEST: BASE}, links)


def _text(value: object) -> object:
    return "null" if value is None else value


def _markets() -> Iterator[Case]:
    for field, choices in ENTRIES.items():
        for choice in choices:
            yield case(Kind.ENTRY, {**FILES, MANIFEST: BASE, ENTRY: {"name": "@", "source": "./@", field: choice}})
    folder = {f"forms/{path}": content for path, content in {"skills/forms/SKILL.md": SKILL, MANIFEST: BASE}.items()}
    for field, choices in TOP.items():
        for choice in choices if field != "name" else ():
            yield case(Kind.MARKETPLACE, {**folder, MARKET: {**GOOD, field: choice}})
