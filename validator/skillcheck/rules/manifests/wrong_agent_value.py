"""Component -> wrong-agent-value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from skillcheck import facts
from skillcheck.model import Component, ComponentKind, Json, Severity
from skillcheck.rules.components import unread_values
from skillcheck.rules.models import wrong_model
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule
from skillcheck.rules.wording import closest, kind, shown

_LISTED = frozenset({"tools", "disallowedTools", "skills"})
_SINGLE = frozenset({"model", "memory", "isolation"})


@rule("SK544", severity=Severity.WARNING, clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/sub-agents")
def wrong_agent_value(component: Component) -> Iterator[Told]:
    """A field of an agent or a command has a value that Claude Code does not know.

    The agent is loaded, and works with another model or other tools than its author meant; so is the command.

    ```json bad path=.claude-plugin/plugin.json
    {
      "name": "forms",
      "version": "1.0.0",
      "description": "Fills forms",
      "author": {
        "name": "Ada"
      }
    }
    ```

    ```markdown with path=agents/reviewer.md
    ---
    name: reviewer
    description: Reviews forms. Use after a form is filled.
    model: sonet
    ---

    Review the form.
    ```

    ```markdown with path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    Fill each field by its name.
    ```

    ```json good path=.claude-plugin/plugin.json
    {
      "name": "forms",
      "version": "1.0.0",
      "description": "Fills forms",
      "author": {
        "name": "Ada"
      }
    }
    ```

    ```markdown with path=agents/reviewer.md
    ---
    name: reviewer
    description: Reviews forms. Use after a form is filled.
    model: sonnet
    ---

    Review the form.
    ```

    ```markdown with path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    Fill each field by its name.
    ```
    """
    fields = component.data.mapping() if component.kind in {ComponentKind.AGENT, ComponentKind.COMMAND} else {}
    wrong = wrong_model(fields.get("model"))
    if wrong:
        yield Told(component.data.place("model"), *wrong)
    for complaint in unread_values(component):
        yield complaint.told
    if component.kind is ComponentKind.AGENT:
        yield from _typed(component, fields)
        yield from _chosen(component, fields)
        yield from _counted(component, fields)


def _typed(component: Component, fields: Mapping[str, Json]) -> Iterator[Told]:
    """Yield the fields that are of no type that is read."""
    for field in _LISTED & fields.keys():
        values = fields[field]
        wrong = [value for value in (values if isinstance(values, list) else [values]) if not _is_text(value)]
        if wrong:
            message = f"`{field}` holds {kind(wrong[0])}, expected a string or a list of strings"
            yield Told(component.data.place(field), message, "make it a string or a list of strings")
    for field in _SINGLE & fields.keys():
        if not _is_text(fields[field]):
            message = f"`{field}` is {kind(fields[field])}, expected a string"
            yield Told(component.data.place(field), message, "make it a string")


def _is_text(value: Json) -> bool:
    return value is None or isinstance(value, str)


def _chosen(component: Component, fields: Mapping[str, Json]) -> Iterator[Told]:
    """Yield the fields that have none of the few values that they take."""
    for field, known in facts.frontmatter().agent_values.items():
        value = fields.get(field)
        if isinstance(value, str) and value not in known:
            near = closest(value, known)
            message = f"`{field}` is {value!r}, expected one of {', '.join(known)}"
            yield Told(component.data.place(field), message, f"write `{near}`" if near else f"remove `{field}`")


def _counted(component: Component, fields: Mapping[str, Json]) -> Iterator[Told]:
    """Yield the number of turns that is none, and the switch that is neither on nor off."""
    turns, background = fields.get("maxTurns"), fields.get("background")
    if turns is not None and not str(turns).isdecimal():
        message = f"`maxTurns` is {shown(turns)}, expected a whole number"
        yield Told(component.data.place("maxTurns"), message, "write a number, or remove `maxTurns`")
    if background is not None and str(background).lower() not in {"true", "false"}:
        message = f"`background` is {shown(background)}, expected true or false"
        yield Told(component.data.place("background"), message, "write `true` or `false`")
