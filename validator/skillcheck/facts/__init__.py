"""Data files -> what the clients take: fields, tools, reserved names, limits and schemas."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = [
    "Field",
    "FrontmatterFacts",
    "MarketplaceFacts",
    "PluginFacts",
    "Tool",
    "ToolFacts",
    "UploadFacts",
    "frontmatter",
    "marketplace",
    "plugin",
    "schema",
    "tools",
    "upload",
]


@dataclass(frozen=True, slots=True)
class Field:
    """A frontmatter field: whether the specification and the upload know it, and its longest length in characters."""

    name: str
    spec: bool
    upload: bool
    internal: bool
    meaning: str
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class FrontmatterFacts:
    """The fields of SKILL.md and what limits their values; `listing_limit` is in characters."""

    fields: Mapping[str, Field]
    aliases: Mapping[str, str]
    reserved_words: tuple[str, ...]
    listing_limit: int
    listing_separator: str

    def limit(self, field: str) -> int:
        """Return the longest length of a field's value in characters, KeyError for a field without one."""
        longest = self.fields[field].limit
        if longest is None:
            raise KeyError(field)
        return longest


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool of Claude Code; `path_rules_of` names the tool whose path rules are read in place of its own."""

    name: str
    status: str
    replacement: str | None = None
    specifier: str | None = None
    path_rules_of: str | None = None


@dataclass(frozen=True, slots=True)
class ToolFacts:
    """The tools of Claude Code, those of other agents, and the pattern of MCP tool names."""

    tools: Mapping[str, Tool]
    foreign: Mapping[str, str]
    mcp_pattern: str


@dataclass(frozen=True, slots=True)
class PluginFacts:
    """What plugin.json may hold; `reserved` is a pattern of names that pass as Anthropic's own."""

    fields: frozenset[str]
    directory_fields: frozenset[str]
    marketplace_only: frozenset[str]
    recommended: tuple[str, ...]
    components: tuple[str, ...]
    reserved: str


@dataclass(frozen=True, slots=True)
class MarketplaceFacts:
    """What marketplace.json may hold, and the names that are taken; `impersonation` is a pattern."""

    fields: frozenset[str]
    metadata_fields: frozenset[str]
    entry_fields: frozenset[str]
    reserved_official: frozenset[str]
    reserved_internal: frozenset[str]
    reserved_desktop: frozenset[str]
    impersonation: str


@dataclass(frozen=True, slots=True)
class UploadFacts:
    """What claude.ai takes in a ZIP; `stray` are names of files and folders that don't belong in one."""

    max_bytes: int
    invalid_characters: str
    stray: frozenset[str]


@cache
def frontmatter() -> FrontmatterFacts:
    """Return the facts on the frontmatter of SKILL.md."""
    data = _read("frontmatter.json")
    return FrontmatterFacts(
        fields={
            name: Field(name, spec["spec"], spec["upload"], spec["internal"], spec["meaning"], spec.get("limit"))
            for name, spec in data["fields"].items()
        },
        aliases=data["aliases"],
        reserved_words=tuple(data["reserved_words"]),
        listing_limit=data["listing_limit"],
        listing_separator=data["listing_separator"],
    )


@cache
def tools() -> ToolFacts:
    """Return the facts on the tools that `allowed-tools` may name."""
    data = _read("tools.json")
    known = {name: Tool(name, **spec) for name, spec in data["tools"].items()}
    return ToolFacts(tools=known, foreign=data["foreign"], mcp_pattern=data["mcp_pattern"])


@cache
def plugin() -> PluginFacts:
    """Return the facts on plugin.json."""
    data = _read("manifests.json")["plugin"]
    return PluginFacts(
        fields=frozenset(data["fields"]),
        directory_fields=frozenset(data["directory_fields"]),
        marketplace_only=frozenset(data["marketplace_only"]),
        recommended=tuple(data["recommended"]),
        components=tuple(data["components"]),
        reserved=data["reserved"],
    )


@cache
def marketplace() -> MarketplaceFacts:
    """Return the facts on marketplace.json."""
    data = _read("manifests.json")["marketplace"]
    impersonation = data.pop("impersonation")
    return MarketplaceFacts(**{key: frozenset(names) for key, names in data.items()}, impersonation=impersonation)


@cache
def upload() -> UploadFacts:
    """Return the facts on claude.ai's upload."""
    data = _read("upload.json")
    return UploadFacts(data["max_bytes"], data["invalid_characters"], frozenset(data["stray"]))


@cache
def schema(name: str) -> Mapping[str, Any]:
    """Return a JSON Schema by its short name: such as `skill-frontmatter`, `plugin` or `evidence`."""
    return _read(f"schemas/{name}.schema.json")


def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files(__name__).joinpath(name).read_text(encoding="utf-8"))
    return found
