"""What a marketplace or an entry of it has to hold."""

from __future__ import annotations

import posixpath
import re

from tests.client.differential.client import MARKET
from tests.client.differential.situations.scene import Scene, down, entries, leaves, listed, loaded, strings

LETTER = r"[\w.-]"


def is_not_strict(scene: Scene) -> bool:
    """The entry is not strict, and its plugin has a manifest."""
    return scene.entry.get("strict") is False and (scene.plugin / ".claude-plugin/plugin.json").is_file()


def not_enabled(scene: Scene) -> bool:
    """The entry says that its plugin is not enabled by itself."""
    return scene.entry.get("defaultEnabled") is False


def climbing_path(scene: Scene) -> bool:
    """The entry names a path that leaves the plugin."""
    return any(map(leaves, strings(scene.value)))


def hooks_not_inline(scene: Scene) -> bool:
    """The hooks of an entry are a path or a list."""
    return isinstance(scene.entry.get("hooks"), str | list)


def missing_source(scene: Scene) -> bool:
    """The source of the entry is a path below the marketplace at which there is no folder."""
    return isinstance(scene.entry.get("source"), str) and not scene.plugin.is_dir()


def malformed_source(scene: Scene) -> bool:
    """The repository, address or package is of a form that installing refuses."""
    source = scene.entry.get("source")
    forms = {
        "repo": rf"{LETTER}[\w.-]*/{LETTER}+",
        "url": r"(?:https?|ssh|git\+ssh|ssh\+git|file)://\S+|[\w.-]+@[\w.-]+:\S+",
        "package": r"(?:@[a-z0-9-][\w.-]*/)?[a-z0-9][\w.-]*",
    }
    return isinstance(source, dict) and any(
        isinstance(source.get(key), str)
        and (not re.fullmatch(form, source[key], re.ASCII) or source[key].startswith("-"))
        for key, form in forms.items()
    )


def unsupported_source(scene: Scene) -> bool:
    """The source's kind is the placeholder `unsupported`."""
    source = scene.entry.get("source")
    return isinstance(source, dict) and source.get("source") == "unsupported"


def has_binaries(scene: Scene) -> bool:
    """The entry names binaries."""
    return "binaries" in scene.entry


OFFICIAL = """
    claude-code-marketplace claude-code-plugins claude-plugins-official anthropic-marketplace anthropic-plugins
    agent-skills anthropic-agent-skills life-sciences knowledge-work-plugins claude-for-legal claude-community
    claude-for-financial-services financial-services-plugins first-party-plugins claude-tag-plugins healthcare
    claude-plugins-community anthropic-plugin-directory claude-plugin-directory
"""


def official_name(scene: Scene) -> bool:
    """The marketplace has a name of Anthropic's."""
    return isinstance(scene.json, dict) and f"{scene.json.get('name')}".lower() in OFFICIAL.split()


def unneeded_root(scene: Scene) -> bool:
    """The folder of plugins leaves the marketplace, and every source is written out."""
    root = down(scene.json, ("metadata", "pluginRoot"))
    is_outside = isinstance(root, str) and posixpath.normpath(root).startswith(("..", "/"))
    sources = [entry.get("source") for entry in entries(scene.json)]
    return is_outside and all(not isinstance(source, str) or source.startswith(".") for source in sources)


def named_twice(scene: Scene) -> bool:
    """The name of the entry is that of another."""
    names = [entry.get("name") for entry in entries(scene.json)]
    return names.count(scene.entry.get("name")) > 1


def no_plain_name(scene: Scene) -> bool:
    """The name of the entry is none that can be installed."""
    return not re.fullmatch(r"[A-Za-z0-9][\w.-]*", f"{scene.entry.get('name')}", re.ASCII)


def name_of_the_entry(scene: Scene) -> bool:
    """The entry that leads to plugin.json has the same name, of which the client speaks there."""
    market = scene.root / MARKET
    listed = entries(loaded(market.read_text("utf-8-sig"))) if market.is_file() else []
    folder = scene.path.parents[1]
    here = [
        each
        for each in listed
        if isinstance(each.get("source"), str) and (scene.root / each["source"]).resolve() == folder.resolve()
    ]
    return any(isinstance(scene.json, dict) and each.get("name") == scene.json.get("name") for each in here)


def unlisted_dependency(scene: Scene) -> bool:
    """A dependency is none of the marketplace's plugins, or of another marketplace."""
    names = [entry.get("name") for entry in entries(loaded((scene.root / MARKET).read_text("utf-8-sig")))]
    named = [each if isinstance(each, dict) else {"name": each} for each in listed(scene.value)]
    return any("@" in f"{each}" or "marketplace" in each or each.get("name") not in names for each in named)


KNOWN = {
    "github": {"source", "repo", "ref", "sha"},
    "url": {"source", "url", "ref", "sha"},
    "git-subdir": {"source", "url", "path", "ref", "sha"},
    "npm": {"source", "package", "version", "registry"},
    "archive": {"source", "url", "sha256"},
}


def unknown_source_field(scene: Scene) -> bool:
    """The field that is told is none of that kind of source."""
    source, field = scene.entry.get("source"), re.search(r"knows no field `(.+?)`", scene.said.text)
    if not isinstance(source, dict) or field is None:
        return False
    return field[1] in source and field[1] not in KNOWN.get(f"{source.get('source')}", set())
