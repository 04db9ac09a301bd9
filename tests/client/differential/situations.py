"""What a bundle has to hold where only one of the two may speak: one function for each written exception that needs it.

Each looks at the files itself, by the standard library or by a table of what documentation names, and asks no rule: a
rule that became too loud must not excuse itself.
"""

from __future__ import annotations

import json
import os
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from tests.client.differential.client import MARKET
from tests.client.differential.manifests import Json
from tests.client.differential.verdict import Said

from skillcheck import facts
from skillcheck.load.placed_yaml import BadYamlError, parse
from skillcheck.load.repair import repaired
from skillcheck.load.source import Source

LIMIT = 1_048_576
DEPTH = 100
LETTER = r"[\w.-]"


@dataclass(frozen=True)
class Scene:
    """A bundle on disk, what was said of it by one of the two, and all that the other said of the same case."""

    root: Path
    said: Said
    others: Sequence[Said]

    @property
    def path(self) -> Path:
        """What the words are about."""
        return self.root / self.said.file

    @cached_property
    def content(self) -> bytes:
        """The bytes of the file."""
        return self.path.read_bytes() if self.path.is_file() else b""

    @cached_property
    def text(self) -> str:
        """The text of the file as the client decodes it."""
        return self.content.decode("utf-8-sig", "replace")

    @cached_property
    def block(self) -> str:
        """The text between the first dashes and the next, wherever these stand."""
        found = re.match(r"---\s*\n([\s\S]*?)---", self.text)
        return found[1] if found else ""

    @cached_property
    def fields(self) -> Mapping[str, Json]:
        """The values of the frontmatter."""
        source = Source("", self.block)
        try:
            value = parse(source, 0, len(self.block)).value
        except BadYamlError:
            data = repaired(source, 0, len(self.block))
            value = data.value if data else None
        return value if isinstance(value, dict) else {}

    @cached_property
    def value(self) -> Json:
        """The value of the field of a JSON file that the words are about, as far as it goes."""
        return _down(self.json, self.said.field.split("."))

    @cached_property
    def json(self) -> Json:
        """The JSON of the file."""
        return _loaded(self.text)

    @cached_property
    def entry(self) -> Mapping[str, Json]:
        """The entry of the marketplace that the words are about."""
        found = _down(self.json, self.said.field.split(".")[:2])
        return found if isinstance(found, dict) else {}

    @property
    def plugin(self) -> Path:
        """The folder that the entry's source names."""
        source = self.entry.get("source")
        return self.root / source if isinstance(source, str) else self.root


def _down(value: Json, steps: Sequence[str]) -> Json:
    for step in steps:
        if isinstance(value, list) and step.isdigit() and int(step) < len(value):
            value = value[int(step)]
        elif isinstance(value, dict) and step in value:
            value = value[step]
        else:
            break
    return value


def _loaded(text: str) -> Json:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _listed(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _entries(market: Json) -> list[dict[str, Json]]:
    plugins = market.get("plugins") if isinstance(market, dict) else None
    return [entry for entry in _listed(plugins) if isinstance(entry, dict)]


def _strings(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _strings(each)


def _plain(key: str) -> str:
    return re.sub(r"[\W_]", "", key).lower()


def misspelt_field(scene: Scene) -> bool:
    """The key that is told is none that is documented, and nearly one."""
    key = re.search(r"SK107 `(.*?)` is no field", scene.said.text)
    known = {*facts.frontmatter().fields, *facts.frontmatter().aliases}
    return (
        key is not None and key[1] not in known and bool(get_close_matches(_plain(key[1]), map(_plain, known), 1, 0.8))
    )


EVENTS: frozenset[str] = frozenset(
    {"PreToolUse", "PostToolUse", "SessionStart", "SessionEnd", "Stop", "SubagentStop", "UserPromptSubmit"}
)
WORDS = {
    "name",
    "description",
    "license",
    "compatibility",
    "when_to_use",
    "argument-hint",
    "model",
    "agent",
    "version",
    "created_by",
    "improved_by",
}
WORDS_OR_LISTS = {"allowed-tools", "disallowed-tools", "disallowedTools", "arguments", "paths", "tools"}


def _is_switch(value: Json) -> bool:
    return f"{value}".lower() in ("true", "false", "yes", "no", "on", "off", "1", "0")


def _is_event(value: Json) -> bool:
    return isinstance(value, list) and all(isinstance(each, dict) and "hooks" in each for each in value)


RIGHT: Mapping[str, Callable[[Json], bool]] = {
    "context": lambda value: value in ("inline", "fork"),
    "effort": lambda value: value in ("low", "medium", "med", "high", "xhigh", "max") or type(value) is int,
    "user-invocable": _is_switch,
    "disable-model-invocation": _is_switch,
    "background": _is_switch,
    "fallback": _is_switch,
    "hooks": lambda value: isinstance(value, dict) and not set(value) - EVENTS and all(map(_is_event, value.values())),
}


def undocumented_value(scene: Scene) -> bool:
    """The value of the field is none of those that its documentation names."""
    field = scene.said.field.split(".")[0]
    is_right = RIGHT.get(field)
    return is_right is not None and field in scene.fields and not is_right(scene.fields[field])


def undocumented_type(scene: Scene) -> bool:
    """The value of the field has a type that its documentation does not name."""
    field = scene.said.field.split(".")[0]
    value = scene.fields.get(field)
    if field in WORDS_OR_LISTS:
        return not isinstance(value, str) and not (isinstance(value, list) and all(isinstance(x, str) for x in value))
    if field in WORDS:
        return not isinstance(value, str | None)
    return undocumented_value(scene)


SHOWN = {
    "Read",
    "Write",
    "Bash(git:*)",
    "Bash(git add:*)",
    "Bash(git status)",
    "Bash(npm run *)",
    "mcp__x__y",
    "WebFetch(domain:x)",
}


def undocumented_grant(scene: Scene) -> bool:
    """A field of tools is there, and what is told of it is none of the grants that documentation shows."""
    told = re.search(r"`(.+?)`|'(.+?)'", scene.said.text)
    return any("tools" in _plain(field) for field in scene.fields) and (not told or (told[1] or told[2]) not in SHOWN)


def not_utf8(scene: Scene) -> bool:
    """The file is not UTF-8."""
    try:
        scene.content.decode()
    except UnicodeDecodeError:
        return True
    return is_wide(scene)


def is_wide(scene: Scene) -> bool:
    """The file has two or four bytes for each letter, which the client reads as UTF-8 all the same."""
    return scene.content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in scene.content[:8]


def begins_in_no_utf8(scene: Scene) -> bool:
    """The first bytes are none that open a frontmatter."""
    return not_utf8(scene) and not scene.content.removeprefix(b"\xef\xbb\xbf").startswith(b"---")


def nests_deep(scene: Scene) -> bool:
    """Brackets stand within a hundred others."""
    return scene.block.count("[") > DEPTH or scene.block.count("{") > DEPTH


def in_another_folder(scene: Scene) -> bool:
    """The file is in none of the folders that are looked into without being named."""
    return not re.search(r"(?:^|/)(?:skills|agents|commands)/", scene.said.file)


def is_not_strict(scene: Scene) -> bool:
    """The entry is not strict, and its plugin has a manifest."""
    return scene.entry.get("strict") is False and (scene.plugin / ".claude-plugin/plugin.json").is_file()


def empty_address(scene: Scene) -> bool:
    """A server has an address without a letter."""
    return '"url": ""' in scene.text


def is_cut(scene: Scene) -> bool:
    """Three dashes in the middle of a line are the first behind the opening."""
    return bool(scene.block.rpartition("\n")[2].strip())


def is_tabbed(scene: Scene) -> bool:
    """A tab indents a line of the frontmatter."""
    return bool(re.search(r"^[ ]*\t", scene.block, re.MULTILINE))


def missing_path(scene: Scene) -> bool:
    """The path that is told is one of the manifest's, and nothing is there."""
    told = re.search(r"the path (.+) (?:does not exist|leaves)", scene.said.text)
    folder = scene.plugin if scene.said.file == MARKET else scene.path.parents[1]
    return told is not None and told[1] in _strings(scene.value) and not (folder / told[1]).exists()


SILENT = ("workflows", "mcpServers", "lspServers", "monitors", "types")


def _in_silence(scene: Scene) -> set[str]:
    """Return the paths that an entry names in fields of which plugin list tells nothing."""
    experimental = scene.entry.get("experimental")
    inner = experimental if isinstance(experimental, dict) else {}
    named = [*map(scene.entry.get, SILENT), *(value for field, value in inner.items() if field != "themes")]
    return {path for value in named for path in _strings(value)}


def missing_in_silence(scene: Scene) -> bool:
    """The path that is told is missing, in a field of the entry of which plugin list tells nothing."""
    told = re.search(r"the path (.+) does not exist", scene.said.text)
    return told is not None and told[1] in _in_silence(scene) and missing_path(scene)


def climbing_in_silence(scene: Scene) -> bool:
    """The path that is told leaves the plugin, in a field of the entry of which plugin list tells nothing."""
    told = re.search(r"is '(.+)', expected", scene.said.text)
    return told is not None and told[1] in _in_silence(scene) and _leaves(told[1])


def without_signals(scene: Scene) -> bool:
    """The relevance of the entry names nothing to watch for."""
    relevance = scene.entry.get("relevance")
    signals = relevance.get("signals", {}) if isinstance(relevance, dict) else None
    known = ("cli", "hosts", "filesRead", "manifestDeps", "cwd")
    return isinstance(signals, dict) and not any(signals.get(signal) for signal in known)


def no_range_of_versions(scene: Scene) -> bool:
    """The entry asks for a version of Claude Code by what is no range: a number, or text without one."""
    engines = scene.entry.get("engines")
    wanted = engines.get("claude-code") if isinstance(engines, dict) else "*"
    return not isinstance(wanted, str) or not re.search(r"\d|\*|^$", wanted)


def _leaves(path: str) -> bool:
    return posixpath.normpath(path).split("/")[0] == ".."


def climbing_path(scene: Scene) -> bool:
    """The entry names a path that leaves the plugin."""
    return any(map(_leaves, _strings(scene.value)))


def hooks_not_inline(scene: Scene) -> bool:
    """The hooks of an entry are a path or a list."""
    return isinstance(scene.entry.get("hooks"), str | list)


def missing_source(scene: Scene) -> bool:
    """The source of the entry is a path below the marketplace at which there is no folder."""
    return isinstance(scene.entry.get("source"), str) and not scene.plugin.is_dir()


def source_is_a_file(scene: Scene) -> bool:
    """The words are about something below a file."""
    return any(parent.is_file() for parent in scene.path.parents)


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


def shape_is_refused(scene: Scene) -> bool:
    """The other refuses the shape of the same file."""
    return any(other.file == scene.said.file and other.level == "error" for other in scene.others)


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
    root = _down(scene.json, ("metadata", "pluginRoot"))
    is_outside = isinstance(root, str) and posixpath.normpath(root).startswith(("..", "/"))
    sources = [entry.get("source") for entry in _entries(scene.json)]
    return is_outside and all(not isinstance(source, str) or source.startswith(".") for source in sources)


def holds_a_link(scene: Scene) -> bool:
    """The folder is a link or holds one."""
    return scene.path.is_symlink() or any(each.is_symlink() for each in scene.path.iterdir())


def is_a_link(scene: Scene) -> bool:
    """What is told is a link, or lies below one."""
    return any(each.is_symlink() for each in (scene.path, *scene.path.parents) if each.is_relative_to(scene.root))


def holds_a_large_file(scene: Scene) -> bool:
    """A file of the folder is larger than is read."""
    return any(each.is_file() and each.stat().st_size > LIMIT for each in scene.path.rglob("*"))


def is_large(scene: Scene) -> bool:
    """The file is larger than is read."""
    return len(scene.content) > LIMIT


def misnamed(scene: Scene) -> bool:
    """The file has the name of a skill's in other letters."""
    return scene.path.name != "SKILL.md" and scene.path.name.lower() == "skill.md"


def named_as_hooks(scene: Scene) -> bool:
    """A manifest names the Markdown as a file of hooks or servers."""
    manifests = (scene.root.rglob("plugin.json"), scene.root.rglob("marketplace.json"))
    texts = (path.read_text("utf-8", "replace") for found in manifests for path in found)
    return any(
        f'./{Path(*scene.path.parts[-3:]).as_posix()}"' in text or f'/{scene.path.name}"' in text for text in texts
    )


def named_twice(scene: Scene) -> bool:
    """The name of the entry is that of another."""
    names = [entry.get("name") for entry in _entries(scene.json)]
    return names.count(scene.entry.get("name")) > 1


def no_plain_name(scene: Scene) -> bool:
    """The name of the entry is none that can be installed."""
    return not re.fullmatch(r"[A-Za-z0-9][\w.-]*", f"{scene.entry.get('name')}", re.ASCII)


def name_of_the_entry(scene: Scene) -> bool:
    """The entry that leads to plugin.json has the same name, of which the client speaks there."""
    market = scene.root / MARKET
    entries = _entries(_loaded(market.read_text("utf-8-sig"))) if market.is_file() else []
    folder = scene.path.parents[1]
    here = [
        each
        for each in entries
        if isinstance(each.get("source"), str) and (scene.root / each["source"]).resolve() == folder.resolve()
    ]
    return any(isinstance(scene.json, dict) and each.get("name") == scene.json.get("name") for each in here)


def hooks_are_no_file(scene: Scene) -> bool:
    """A manifest names a folder as its file of hooks, which is refused there."""
    manifests = [_loaded(path.read_text("utf-8", "replace")) for path in scene.root.rglob("plugin.json")]
    named = [path for each in manifests if isinstance(each, dict) for path in _strings(each.get("hooks"))]
    return any(not path.endswith(".json") for path in named)


def no_address(scene: Scene) -> bool:
    """A server of the entry has an address that is none."""
    return any(not re.match(r"\w+://", url) for url in re.findall(r'"url": ?"(.*?)"', json.dumps(scene.value)))


def key_twice(scene: Scene) -> bool:
    """A key stands twice in one mapping."""
    key = re.search(r"the key `(.*)` stands twice", scene.said.text)
    name = re.escape(key[1].rpartition(".")[2]) if key else "$^"
    if scene.path.suffix == ".json":
        return len(re.findall(rf'"{name}"\s*:', scene.text)) > 1
    quoted = rf"(?:^|[{{,\n])[\s?-]*(?:&\S+ +)?[\"']?{name}[\"']?\s*:"
    explicit = rf"(?:^|\n)\? *{name} *(?=\n|$)"
    return len(re.findall(quoted, scene.block)) + len(re.findall(explicit, scene.block)) > 1 or "\\" in scene.block


def comment_in_a_value(scene: Scene) -> bool:
    """A `#` behind a space stands in the frontmatter."""
    return bool(re.search(r"\s#", scene.block))


def fields_below(scene: Scene) -> bool:
    """What stands behind the frontmatter begins with a field."""
    rest = scene.text.partition(scene.block + "---")[2]
    return bool(re.match(r"[^\n]*\n\s*[\w-]+\s*:", rest)) or bool(re.search(r"^[\w-]+:", rest, re.MULTILINE))


def tokens_in_body(scene: Scene) -> bool:
    """The body holds a `$` or a command to be run at loading."""
    return "$" in scene.text or "!`" in scene.text


def unlisted_dependency(scene: Scene) -> bool:
    """A dependency is none of the marketplace's plugins, or of another marketplace."""
    listed = [entry.get("name") for entry in _entries(_loaded((scene.root / MARKET).read_text("utf-8-sig")))]
    named = [each if isinstance(each, dict) else {"name": each} for each in _listed(scene.value)]
    return any("@" in f"{each}" or "marketplace" in each or each.get("name") not in listed for each in named)


def is_no_semantic_version(scene: Scene) -> bool:
    """The version is text, and not three numbers with dots."""
    return isinstance(scene.value, str) and not re.match(r"\d+\.\d+\.\d+", scene.value)


def told_is_there(scene: Scene) -> bool:
    """What is told stands in the file."""
    told = re.search(r"`(.+?)`|'(.+?)'", scene.said.text)
    return told is not None and _plain((told[1] or told[2]).split(".")[-1]) in _plain(scene.text)


def not_executable(scene: Scene) -> bool:
    """The file that a command runs has no mode to be run with."""
    told = re.search(r"runs (\S+),", scene.said.text)
    return told is not None and not all(os.access(path, os.X_OK) for path in scene.root.rglob(Path(told[1]).name))


def missing_file(scene: Scene) -> bool:
    """No file below the bundle ends with the path that the plugin is told to lack."""
    told = re.search(r"the plugin holds no (\S+)", scene.said.text)
    return told is not None and told[1] in scene.text and not [*scene.root.rglob(Path(told[1]).name)]


def skill_elsewhere(scene: Scene) -> bool:
    """The skill is in no folder of `skills`."""
    return not re.search(r"(?:^|/)skills/[^/]+/SKILL\.md$", scene.said.file)


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


def nothing_to_start(scene: Scene) -> bool:
    """A command is empty, or begins with what names no program."""
    return any(
        not re.match(r"[\w./~$\"'{-]", f"{command} ") for command in re.findall(r'"command"\s*:\s*"(.*?)"', scene.text)
    )


MODELS = {"haiku", "sonnet", "opus", "fable", "inherit", "default", "opusplan", "best"}
CHOICES = {
    "model": MODELS,
    "memory": {"user", "project", "local"},
    "isolation": {"worktree"},
    "effort": {"low", "medium", "med", "high", "xhigh", "max"},
}


def undocumented_choice(scene: Scene) -> bool:
    """The field has a value that its documentation does not name."""
    field = scene.said.field.split(".")[0]
    value = scene.fields.get(field)
    is_full_name = field == "model" and f"{value}".startswith("claude-")
    return field not in CHOICES or (value not in CHOICES[field] and not is_full_name)


TOOLS = {"Bash", "Read", "Write", "Edit", "Glob", "Grep", "WebFetch", "WebSearch", "Task", "Agent"}


def unknown_matcher(scene: Scene) -> bool:
    """A matcher is the name of no tool."""
    return any(matcher not in TOOLS for matcher in re.findall(r'"?matcher"?\s*:\s*"?([^",}\n]*)', scene.text))


ELSEWHERE = {"hooks", "mcpServers", "permissionMode", "initialPrompt"}


def not_of_a_plugin(scene: Scene) -> bool:
    """The field is one that an agent or a command has outside of plugins alone."""
    return scene.said.field.split(".")[0] in ELSEWHERE and {"agents", "commands"} & {*scene.path.parts} != set()


def same_name_elsewhere(scene: Scene) -> bool:
    """The other file or folder that is told to have the same name is there, and is another."""
    told = re.search(r"(?:that of|skill in|that of the command in) (\S+)", scene.said.text)
    other = scene.root / told[1] if told else scene.path
    return other != scene.path and other.exists()


def no_skill_there(scene: Scene) -> bool:
    """The folder that is told, or one in it, holds no SKILL.md."""
    told = re.search(r"the folder (\S+) ", scene.said.text)
    base = scene.plugin if scene.said.file == MARKET else scene.path.parents[1]
    return told is not None and not [*(base / told[1]).glob("SKILL.md"), *(base / told[1]).glob("*/SKILL.md")]


def says_nothing(scene: Scene) -> bool:
    """Nothing but headings, comments and blanks stands behind the frontmatter."""
    body = re.sub(r"<!--.*?-->", "", scene.text.partition(f"{scene.block}---")[2].partition("\n")[2], flags=re.DOTALL)
    return all(not line.strip("-") or line.startswith("#") for line in map(str.strip, body.split("\n")))


def stands_elsewhere(scene: Scene) -> bool:
    """The file or folder has no name that Claude Code looks for."""
    known = r"(?:skills/[^/]+/SKILL|(?:agents|commands)/.*|(?:^|/)(?:hooks/hooks|\.mcp|\.lsp))\.(?:md|json)$"
    return not re.search(known, scene.said.file)


def stays_in_the_conversation(scene: Scene) -> bool:
    """The skill does not say that it runs apart."""
    return scene.fields.get("context") != "fork"
