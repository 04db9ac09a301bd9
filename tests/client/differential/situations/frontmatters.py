"""What the frontmatter of a skill, an agent or a command has to hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches

from tests.client.differential.manifests import Json
from tests.client.differential.situations.scene import Scene, plain

from skillcheck import facts

DEPTH = 100


def misspelt_field(scene: Scene) -> bool:
    """The key that is told is none that is documented, and nearly one."""
    key = re.search(r"SK107 `(.*?)` is no field", scene.said.text)
    known = {*facts.frontmatter().fields, *facts.frontmatter().aliases}
    return key is not None and key[1] not in known and bool(get_close_matches(plain(key[1]), map(plain, known), 1, 0.8))


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


def _are_texts(value: Json) -> bool:
    """Whether it is a text or a list of texts."""
    return all(isinstance(each, str) for each in (value if isinstance(value, list) else [value]))


def _are_names(value: Json) -> bool:
    """Whether all of them are texts of at most 64 letters, and none a number."""
    return _are_texts(value) and not re.search(r"(^|\W)\d+(\W|$)|\w{65}", f"{value}")


RIGHT: Mapping[str, Callable[[Json], bool]] = {
    "context": lambda value: value in ("inline", "fork"),
    "effort": lambda value: value in ("low", "medium", "med", "high", "xhigh", "max") or type(value) is int,
    "user-invocable": _is_switch,
    "disable-model-invocation": _is_switch,
    "background": _is_switch,
    "fallback": _is_switch,
    "arguments": _are_names,
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
    return any("tools" in plain(field) for field in scene.fields) and (not told or (told[1] or told[2]) not in SHOWN)


def nests_deep(scene: Scene) -> bool:
    """Brackets stand within a hundred others."""
    return scene.block.count("[") > DEPTH or scene.block.count("{") > DEPTH


def is_cut(scene: Scene) -> bool:
    """Three dashes in the middle of a line are the first behind the opening."""
    return bool(scene.block.rpartition("\n")[2].strip())


def is_tabbed(scene: Scene) -> bool:
    """A tab indents a line of the frontmatter."""
    return bool(re.search(r"^[ ]*\t", scene.block, re.MULTILINE))


def key_twice(scene: Scene) -> bool:
    """A key stands twice in one mapping."""
    key = re.search(r"the key `(.*)` stands twice", scene.said.text)
    name = re.escape(key[1]) if key else "$^"
    if scene.path.suffix == ".json":
        return len(re.findall(rf'"{name}"\s*:', scene.text)) > 1
    quoted = rf"(?:^|[{{,\n])[\s?-]*(?:&\S+ +)?[\"']?{name}[\"']?\s*:"
    explicit = rf"(?:^|\n)\? *{name}[ \r]*(?=\n|$)"
    return len(re.findall(quoted, scene.block)) + len(re.findall(explicit, scene.block)) > 1 or "\\" in scene.block


def comment_in_a_value(scene: Scene) -> bool:
    """A `#` behind a space stands in the frontmatter."""
    return bool(re.search(r"\s#", scene.block))


def fields_below(scene: Scene) -> bool:
    """What stands behind the frontmatter begins with a field."""
    rest = scene.text.partition(scene.block + "---")[2]
    return bool(re.match(r"[^\n]*\n\s*[\w-]+\s*:", rest)) or bool(re.search(r"^[\w-]+:", rest, re.MULTILINE))


MODELS = {"haiku", "sonnet", "opus", "fable", "inherit", "default", "opusplan", "best"}


def _is_model(value: Json) -> bool:
    """Whether it is a short name of a model, or the full one of a model of Claude or of a provider."""
    name = f"{value}".strip().lower()
    return not isinstance(value, list | dict) and (
        name.partition("[")[0] in {"", *MODELS} or "claude" in name or bool(set(name) & set("/:@"))
    )


SWITCHES = {"true", "false", "yes", "no", "on", "off", "1", "0"}
CHOSEN: Mapping[str, Callable[[Json], bool]] = {
    "model": _is_model,
    "memory": lambda value: value in ("user", "project", "local"),
    "isolation": lambda value: value == "worktree",
    "effort": lambda value: value in ("low", "medium", "med", "high", "xhigh", "max"),
    "maxTurns": lambda value: f"{value}".isdecimal(),
    "background": lambda value: f"{value}".lower() in ("true", "false"),
    "context": lambda value: value in ("inline", "fork"),
    **dict.fromkeys(("agent", "when_to_use"), lambda value: isinstance(value, str)),
    **dict.fromkeys(("disable-model-invocation", "user-invocable"), lambda value: f"{value}".lower() in SWITCHES),
    **dict.fromkeys(("tools", "skills", "disallowed-tools", "disallowedTools"), _are_texts),
    "arguments": _are_names,
}


def undocumented_choice(scene: Scene) -> bool:
    """The field is one of a choice, and has a value that its documentation does not name."""
    field = scene.said.field.split(".")[0]
    return field in CHOSEN and field in scene.fields and not CHOSEN[field](scene.fields[field])


def describes_nothing(scene: Scene) -> bool:
    """A description is there and empty, or begins with a word that says it is still to be written."""
    text = f"{scene.fields.get('description') or ''}".strip()
    return "description" in scene.fields and (not text or bool(re.match(r"\W*(TODO|TBD|FIXME)", text)))


def undocumented_field(scene: Scene) -> bool:
    """The key that is told is there, and documented neither of agents nor of commands."""
    key = re.search(r"`(.+?)` is no field", scene.said.text)
    known = {*facts.frontmatter().agent_fields} if "agents" in scene.said.file.split("/") else _of_commands()
    return key is not None and key[1] in scene.fields and key[1] not in known


def _of_commands() -> set[str]:
    return {*facts.frontmatter().fields, *facts.frontmatter().aliases}


ELSEWHERE = {"hooks", "mcpServers", "permissionMode", "initialPrompt"}


def not_of_a_plugin(scene: Scene) -> bool:
    """The field is one that an agent or a command has outside of plugins alone, or that commands never have."""
    field, folders = scene.said.field.split(".")[0], {"agents", "commands"} & {*scene.path.parts}
    return bool(folders) and (field in ELSEWHERE or (field == "paths" and "commands" in folders))


def stays_in_the_conversation(scene: Scene) -> bool:
    """The skill says in which agent it runs, or whether behind the conversation, and not that it runs apart."""
    return bool({"agent", "background"} & {*scene.fields}) and "context" not in scene.fields
