"""Skills → the text of the marketplace.json from which Claude Code installs each as a plugin."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from skillcheck.model import Json, Skill

LONE = re.compile("[\ud800-\udfff]")
PLACEHOLDER = re.compile(r"\{(name|version|path)\}")
SCHEMA = "https://json.schemastore.org/claude-code-marketplace.json"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a skill's own frontmatter cannot say of it; what is empty is not written.

    In `source`, {name}, {version} and {path} stand for those of the plugin; without one it is the skill's own folder.
    """

    version: str = ""
    author: Mapping[str, str] = field(default_factory=dict)
    keywords: tuple[str, ...] = ()
    category: str = ""
    source: Mapping[str, Json] = field(default_factory=dict)


def marketplace(  # noqa: PLR0913 - each is a field of the file
    skills: Sequence[Skill],
    *,
    root: Path,
    name: str,
    owner: Mapping[str, str],
    description: str = "",
    version: str = "",
    entries: Mapping[str, Entry] | None = None,
) -> str:
    """Return marketplace.json, one plugin for each skill by name; `entries` are looked up by the skill's name.

    `root` is the repository's folder on disk: Claude Code resolves the sources against it, for the file at the root
    and for its twin in .claude-plugin/ alike. A plugin without a version or author of its own has the marketplace's; a
    marketplace without a description, of which `claude plugin validate` warns, names its plugins.
    """
    given = entries or {}
    listed = sorted(skills, key=lambda skill: (skill.name, skill.path))
    plugins = [_plugin(skill, root, given.get(skill.name, Entry()), version=version, owner=owner) for skill in listed]
    top: dict[str, Json] = {
        "$schema": SCHEMA,
        "name": name,
        "owner": dict(owner),
        "description": description or ", ".join(skill.name for skill in listed),
        "version": version,
        "plugins": [*plugins],
    }
    kept = {key: value for key, value in top.items() if value or key in {"owner", "plugins"}}
    text = json.dumps(kept, indent=2, ensure_ascii=False) + "\n"
    return LONE.sub(lambda half: f"\\u{ord(half[0]):04x}", text)  # half a character cannot be written as UTF-8


def _plugin(skill: Skill, root: Path, entry: Entry, *, version: str, owner: Mapping[str, str]) -> dict[str, Json]:
    metadata = skill.frontmatter.data.mapping().get("metadata")
    stated = metadata if isinstance(metadata, dict) else {}
    own = entry.version or _text(stated.get("version")) or version
    way = _way(skill, root)
    plugin: dict[str, Json] = {
        "name": skill.name,
        "source": _filled(entry.source, {"name": skill.name, "version": own, "path": way or "."}) or f"./{way}",
        "strict": False,
        "description": " ".join(skill.description.split()),
        "version": own,
        "author": dict(entry.author) or _author(stated.get("author")) or dict(owner),
        "license": _text(skill.frontmatter.data.mapping().get("license")),
        "keywords": [*entry.keywords],
        "category": entry.category,
    }
    return {key: value for key, value in plugin.items() if value or key == "strict"}


def _way(skill: Skill, root: Path) -> str:
    """Return the way from the root to the skill's folder, empty where they are one."""
    folder = Path(skill.location)
    top = root.absolute()
    way = folder.relative_to(top).as_posix() if folder.is_relative_to(top) else skill.path
    return "" if way == "." else way


def _filled(source: Mapping[str, Json], values: Mapping[str, str]) -> dict[str, Json]:
    return {key: _put(value, values) if isinstance(value, str) else value for key, value in source.items()}


def _put(text: str, values: Mapping[str, str]) -> str:
    return PLACEHOLDER.sub(lambda found: values[found[1]], text)


def _author(stated: Json) -> dict[str, Json]:
    return {"name": stated} if isinstance(stated, str) and stated else {}


def _text(stated: Json) -> str:
    return stated if isinstance(stated, str) else ""
