"""Data files -> what the clients take: fields, tools, reserved names, limits and schemas."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pkgutil import get_data
from typing import Any

from skillcheck.model.lean import dataclass

__all__ = [
    "ClaudeCodeFacts",
    "Field",
    "FrontmatterFacts",
    "HookFacts",
    "MarketplaceFacts",
    "PluginFacts",
    "Tool",
    "ToolFacts",
    "UploadFacts",
    "claude_code",
    "distribution",
    "elsewhere",
    "frontmatter",
    "hooks",
    "marketplace",
    "plugin",
    "refusals",
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
    """The fields of SKILL.md and what limits their values.

    `listing_limit` is in characters for one skill, `listing_budget` for all, where the context holds 200,000 tokens.

    `models` are the short names of models, `agent_fields` the fields of an agent, `agent_values` the values of
    those that take one of a few, `ignored_in_plugins` the fields of agents and commands that only others may have.
    """

    fields: Mapping[str, Field]
    aliases: Mapping[str, str]
    models: tuple[str, ...]
    agent_fields: tuple[str, ...]
    agent_values: Mapping[str, tuple[str, ...]]
    ignored_in_plugins: Mapping[str, tuple[str, ...]]
    reserved_words: tuple[str, ...]
    listing_limit: int
    listing_budget: int
    listing_separator: str

    def limit(self, field: str) -> int:
        """Return the longest length of a field's value in characters, KeyError for a field without one."""
        longest = self.fields[field].limit
        if longest is None:
            raise KeyError(field)
        return longest


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool of Claude Code; `path_rules_of` names the tool whose path rules are read in place of its own.

    It `asks` for permission each time, unless a grant gives it.
    """

    name: str
    status: str
    replacement: str | None = None
    specifier: str | None = None
    path_rules_of: str | None = None
    asks: bool = False


@dataclass(frozen=True, slots=True)
class ToolFacts:
    """The tools of Claude Code, those of other agents, and the pattern of MCP tool names.

    `reading_commands` are the beginnings of commands that Claude Code runs without permission, for they only read.
    """

    tools: Mapping[str, Tool]
    foreign: Mapping[str, str]
    mcp_pattern: str
    reading_commands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HookFacts:
    """What the matcher of a hook is compared with: the name of a tool, one of few `values`, or nothing (`unmatched`).

    Of other events it may be anything. Names are parted by `|` alone in the matchers of those `without_commas`.
    """

    of_tools: frozenset[str]
    values: Mapping[str, tuple[str, ...]]
    without_commas: frozenset[str]
    unmatched: frozenset[str]


@dataclass(frozen=True, slots=True)
class PluginFacts:
    """What plugin.json may hold; `reserved` and `reads_as` are patterns of names that pass as Anthropic's.

    `loaded_unread` are the fields whose values are ignored where they have the wrong shape, though the validator fails,
    `settings` those that a plugin may set of a user's.
    """

    fields: frozenset[str]
    directory_fields: frozenset[str]
    marketplace_only: frozenset[str]
    recommended: tuple[str, ...]
    components: tuple[str, ...]
    reserved: str
    reads_as: str
    experimental: frozenset[str]
    settings: frozenset[str]
    loaded_unread: frozenset[str]


@dataclass(frozen=True, slots=True)
class MarketplaceFacts:
    """What marketplace.json may hold, and the names that are taken; `impersonation` is a pattern.

    `source_fields` are those of each kind of source besides `source` itself.
    """

    fields: frozenset[str]
    metadata_fields: frozenset[str]
    relevance_fields: frozenset[str]
    signals: frozenset[str]
    entry_fields: frozenset[str]
    reserved_official: frozenset[str]
    reserved_internal: frozenset[str]
    reserved_desktop: frozenset[str]
    impersonation: str
    source_fields: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class UploadFacts:
    """What claude.ai takes in a ZIP; `stray` are names of files and folders that don't belong in one.

    `doubtful_characters` may be refused, `nested` are the endings of ZIPs. `longest_part` of a path is in bytes, and
    `device_names` are those that no file of Windows has.
    """

    max_bytes: int
    invalid_characters: str
    stray: frozenset[str]
    doubtful_characters: str
    nested: tuple[str, ...]
    longest_part: int
    device_names: frozenset[str]

    def refuses(self, character: str) -> bool:
        """Return whether no path may hold the character."""
        return not character.isascii() or not character.isprintable() or character in self.invalid_characters


@dataclass(frozen=True, slots=True)
class Told:
    """Which of a rule's findings a fact is true of: those of a `file` in a `role` that `says` what patterns find."""

    file: str = ""
    says: str = ""
    role: str = ""

    def covers(self, path: str, message: str, role: str) -> bool:
        """Return whether it is true of a finding at a path, which has a role, with a message."""
        return bool(re.search(self.file, path) and re.search(self.says, message) and re.search(self.role, role))


@dataclass(frozen=True, slots=True)
class ClaudeCodeFacts:
    """What becomes of a bundle in Claude Code, by the names of the rules that tell of what is wrong with it.

    Its validator fails on the first; it neither installs nor loads the second; the third it loads as they are meant.
    """

    validator_fails: Mapping[str, Told]
    refuses: Mapping[str, Told]
    loads_all_the_same: Mapping[str, Told]


@cache
def claude_code() -> ClaudeCodeFacts:
    """Return the facts on what Claude Code's validator says, and on what it then loads."""
    data = _read("claude-code.json")
    kinds = (data[key] for key in ("validator_fails", "refuses", "loads_all_the_same"))
    return ClaudeCodeFacts(*({name: Told(**where) for name, where in kind.items()} for kind in kinds))


@cache
def refusals() -> Mapping[str, frozenset[str]]:
    """Return the names of the rules that tell of what a client refuses without an error, always or now and then.

    They are that mild because the author may not mean the skill for that client.
    """
    told = _read("refusals.json")["refused_though_told_mildly"]
    return {client: frozenset(names) for client, names in told.items()}


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
        models=tuple(data["models"]),
        agent_fields=tuple(data["agent_fields"]),
        agent_values={field: tuple(values) for field, values in data["agent_values"].items()},
        ignored_in_plugins={kind: tuple(fields) for kind, fields in data["ignored_in_plugins"].items()},
        reserved_words=tuple(data["reserved_words"]),
        listing_limit=data["listing_limit"],
        listing_budget=data["listing_budget"],
        listing_separator=data["listing_separator"],
    )


@cache
def tools() -> ToolFacts:
    """Return the facts on the tools that `allowed-tools` may name."""
    data = _read("tools.json")
    known = {name: Tool(name, **spec) for name, spec in data["tools"].items()}
    return ToolFacts(known, data["foreign"], data["mcp_pattern"], tuple(data["reading_commands"]))


@cache
def hooks() -> HookFacts:
    """Return the facts on the events of hooks."""
    data = _read("hooks.json")
    values = {event: tuple(words) for event, words in data["values"].items()}
    of_tools, without, unmatched = (frozenset(data[key]) for key in ("of_tools", "without_commas", "unmatched"))
    return HookFacts(of_tools, values, without, unmatched)


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
        reads_as=data["reads_as"],
        experimental=frozenset(data["experimental"]),
        settings=frozenset(data["settings"]),
        loaded_unread=frozenset(data["loaded_unread"]),
    )


@cache
def marketplace() -> MarketplaceFacts:
    """Return the facts on marketplace.json."""
    data = _read("manifests.json")["marketplace"]
    impersonation = data.pop("impersonation")
    sources = {kind: tuple(names) for kind, names in data.pop("source_fields").items()}
    names = {key: frozenset(names) for key, names in data.items()}
    return MarketplaceFacts(**names, impersonation=impersonation, source_fields=sources)


@cache
def upload() -> UploadFacts:
    """Return the facts on claude.ai's upload."""
    data = _read("upload.json")
    return UploadFacts(
        data["max_bytes"],
        data["invalid_characters"],
        frozenset(data["stray"]),
        data["doubtful_characters"],
        tuple(data["nested"]),
        data["longest_part"],
        frozenset(data["device_names"]),
    )


def distribution(module: str) -> str | None:
    """Return the distribution that is known to bring a module of another name, None if that is not known."""
    known, parts = _distributions(), module.split(".")
    names = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((known[name] for name in names if name in known), None)


def several(module: str) -> tuple[str, ...]:
    """Return the distributions that each bring a module of that name, none where it is not known that several do."""
    return tuple(_read_distributions()["several"].get(module.partition(".")[0], ()))


def _distributions() -> Mapping[str, str]:
    found: dict[str, str] = _read_distributions()["distributions"]
    return found


@cache
def _read_distributions() -> Mapping[str, Any]:
    return _read("distributions.json")


def elsewhere(module: str, name: str = "") -> str:
    """Return where else a module of the standard library, or a name in it, is to be found, empty if nowhere."""
    data = _platforms()
    if not name:
        return str(data["modules"].get(module, ""))
    where = (system for system, names in data["names"].get(module, {}).items() if name in names)
    return next(where, "some programs" if name in data["sometimes"].get(module, ()) else "")


def host(name: str) -> str:
    """Return what binds a name before any code of a reader runs, empty if nothing is known to."""
    return str(_platforms()["hosts"].get(name, ""))


@cache
def _platforms() -> Mapping[str, Any]:
    return _read("platforms.json")


def later(module: str, name: str = "") -> str:
    """Return since which release of Python there is a module, or a name in a module or class; empty if since 3.11."""
    data = _read_later()
    if not name:
        return str(data["modules"].get(module, ""))
    return next((since for since, names in data["names"].get(module, {}).items() if name in names), "")


@cache
def _read_later() -> Mapping[str, Any]:
    return _read("later.json")


@dataclass(frozen=True, slots=True)
class Gone:
    """Since which release of Python something is not there any more, and what does its work, empty if nothing does."""

    since: str
    instead: str


def gone(module: str, name: str = "") -> Gone | None:
    """Return what is known of a module that the standard library had, or of a name in one; None if it never had it."""
    data = _read_gone()
    found = data["names"].get(module, {}).get(name) if name else data["modules"].get(module)
    return Gone(*found) if found else None


@cache
def _read_gone() -> Mapping[str, Any]:
    return _read("gone.json")


@cache
def schema(name: str) -> Mapping[str, Any]:
    """Return a JSON Schema by its short name: such as `skill-frontmatter`, `plugin` or `evidence`."""
    return _read(f"schemas/{name}.schema.json")


def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(get_data(__name__, name) or b"")  # importlib.resources takes longer to load
    return found
