"""What plugin.json, or the hooks and servers of a plugin, have to hold."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.client.differential.client import MARKET
from tests.client.differential.manifests import Json
from tests.client.differential.situations.scene import Scene, entries, loaded, strings

BY_PLACE = ("agents", "commands", "skills")
UNOPENED = ("lspServers", "monitors", *BY_PLACE)
"""Fields of files that the validator does not open; the last ones it does in the folders of these names."""


def empty_address(scene: Scene) -> bool:
    """A server has an address without a letter."""
    return '"url": ""' in scene.text


def missing_path(scene: Scene) -> bool:
    """The path that is told is one of the manifest's, and nothing is there."""
    told = re.search(r"the path (.+?)(?:, which does not exist| does not exist| leaves)", scene.said.text)
    folder = scene.plugin if scene.said.file == MARKET else scene.path.parents[1]
    return told is not None and told[1] in strings(scene.value) and not (folder / told[1]).exists()


def named_as_hooks(scene: Scene) -> bool:
    """A manifest names the Markdown as a file of hooks or servers."""
    manifests = (scene.root.rglob("plugin.json"), scene.root.rglob("marketplace.json"))
    texts = (path.read_text("utf-8", "replace") for found in manifests for path in found)
    return any(
        f'./{Path(*scene.path.parts[-3:]).as_posix()}"' in text or f'/{scene.path.name}"' in text for text in texts
    )


def hooks_are_no_file(scene: Scene) -> bool:
    """A manifest names a folder as its file of hooks, which is refused there."""
    manifests = [loaded(path.read_text("utf-8", "replace")) for path in scene.root.rglob("plugin.json")]
    named = [path for each in manifests if isinstance(each, dict) for path in strings(each.get("hooks"))]
    return any(not path.endswith(".json") for path in named)


def named_and_unopened(scene: Scene) -> bool:
    """A manifest or an entry names the file in a field whose files the validator does not open, or opens elsewhere."""
    return any(_is_unopened(scene.path, *each) for each in _declaring(scene.root))


def _declaring(root: Path) -> Iterator[tuple[Path, Mapping[str, Json]]]:
    """Yield the folder of each plugin with what its plugin.json says, then with what an entry says of it."""
    for path in root.rglob("plugin.json"):
        found = loaded(path.read_text("utf-8-sig", "replace"))
        yield path.parents[1], found if isinstance(found, dict) else {}
    market = root / MARKET
    listing = loaded(market.read_text("utf-8-sig", "replace")) if market.is_file() else None
    for entry in entries(listing):
        source = entry.get("source")
        yield root / source if isinstance(source, str) else root, entry


def _is_unopened(path: Path, folder: Path, fields: Mapping[str, Json]) -> bool:
    experimental = fields.get("experimental")
    inner = experimental if isinstance(experimental, dict) else {}
    for field in UNOPENED:
        for named in (folder / each for value in (fields, inner) for each in strings(value.get(field))):
            is_there = path == named or named in path.parents
            is_looked_at = path.is_relative_to(folder) and path.relative_to(folder).parts[0] == field
            if is_there and (field not in BY_PLACE or not is_looked_at):
                return True
    return False


def no_address(scene: Scene) -> bool:
    """A server of the entry has an address that is none."""
    return any(not re.match(r"\w+://", url) for url in re.findall(r'"url": ?"(.*?)"', json.dumps(scene.value)))


def is_no_semantic_version(scene: Scene) -> bool:
    """The version is text, and not three numbers with dots."""
    return isinstance(scene.value, str) and not re.match(r"\d+\.\d+\.\d+", scene.value)


MANIFESTS = {"plugin.json", "marketplace.json"}


def beside_the_manifest(scene: Scene) -> bool:
    """What is told stands in the folder of plugin.json, where nothing but that is looked for."""
    return scene.path.parent.name == ".claude-plugin" and scene.path.name not in MANIFESTS and scene.path.exists()


def begins_elsewhere(scene: Scene) -> bool:
    """The path that is told begins neither in the plugin nor at the root, and the plugin holds such a file."""
    told = re.search(r"`(.+?)` is looked for in the user's project", scene.said.text)
    if told is None or told[1] not in scene.text or re.match(r"\$\{?CLAUDE_PLUGIN_ROOT\b|/", told[1]):
        return False
    return bool([*scene.root.rglob(Path(told[1]).name)])


FIELDS = {
    *("type", "command", "args", "env", "cwd", "timeout", "url", "headers", "headersHelper", "oauth", "matcher"),
    *("hooks", "prompt", "model", "async", "if", "once", "statusMessage", "shell", "server", "tool", "input"),
}


def undocumented_launch_field(scene: Scene) -> bool:
    """The key that is told is there, and documented neither of hooks nor of servers."""
    told = re.search(r"`(.+?)` is no field", scene.said.text)
    return told is not None and told[1] not in FIELDS and f'"{told[1]}"' in scene.text


def links_to_a_heading(scene: Scene) -> bool:
    """The text links to a heading of its own."""
    return "](#" in scene.text


def not_executable(scene: Scene) -> bool:
    """The file that a command runs has no mode to be run with."""
    told = re.search(r"runs (\S+),", scene.said.text)
    return told is not None and not all(os.access(path, os.X_OK) for path in scene.root.rglob(Path(told[1]).name))


def missing_file(scene: Scene) -> bool:
    """No file below the bundle ends with the path that the plugin is told to lack."""
    told = re.search(r"the plugin holds no (\S+)", scene.said.text)
    return told is not None and told[1] in scene.text and not [*scene.root.rglob(Path(told[1]).name)]


def nothing_to_start(scene: Scene) -> bool:
    """A command is empty, or begins with what names no program."""
    return any(
        not re.match(r"[\w./~$\"'{-]", f"{command} ") for command in re.findall(r'"command"\s*:\s*"(.*?)"', scene.text)
    )


TOOLS = {"Bash", "Read", "Write", "Edit", "Glob", "Grep", "WebFetch", "WebSearch", "Task", "Agent"}


def unknown_matcher(scene: Scene) -> bool:
    """A matcher is the name of no tool."""
    return any(matcher not in TOOLS for matcher in re.findall(r'"?matcher"?\s*:\s*"?([^",}\n]*)', scene.text))


def no_skill_there(scene: Scene) -> bool:
    """Neither the folder that is told nor one in it holds a file SKILL.md."""
    told = re.search(r"the folder (\S+) ", scene.said.text)
    base = scene.plugin if scene.said.file == MARKET else scene.path.parents[1]
    found = (path for pattern in ("SKILL.md", "*/SKILL.md") for path in (base / told[1]).glob(pattern)) if told else ()
    return told is not None and not any(path.is_file() for path in found)


def sets_what_is_the_users(scene: Scene) -> bool:
    """The settings hold a key that is neither of those that a plugin may set."""
    key = re.search(r"settings\.([^`]*)`", scene.said.text)
    return (
        key is not None
        and key[1] in json.dumps(scene.value, ensure_ascii=False) + scene.text
        and key[1] not in {"agent", "subagentStatusLine"}
    )


def adds_nothing(scene: Scene) -> bool:
    """There is no folder or file beside the manifest that the client would look into."""
    parts = ("skills", "commands", "agents", "hooks", ".mcp.json", ".lsp.json", "SKILL.md", "bin", "output-styles")
    folder = scene.path.parents[1]
    return not any((folder / part).exists() for part in parts) or scene.said.file == MARKET
