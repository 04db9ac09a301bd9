"""Component -> misspelt-component-field."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck import facts
from skillcheck.model import Component, ComponentKind, Severity
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule
from skillcheck.rules.wording import closest

_MEANT = {
    ComponentKind.AGENT: dict.fromkeys(("allowed-tools", "allowed_tools", "allowedTools"), "tools"),
    ComponentKind.COMMAND: {"tools": "allowed-tools"},
}


@rule("SK545", severity=Severity.WARNING, clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/sub-agents")
def misspelt_component_field(component: Component) -> Iterator[Told]:
    """A field of an agent or a command is misspelt.

    Claude Code ignores a field that it does not know, and says nothing.

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
    modle: sonnet
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
    known = _known(component)
    for key in component.data.mapping() if known else ():
        near = None if key in known else _MEANT[component.kind].get(key) or closest(key, known)
        if near:
            message = f"`{key}` is no field, `{near}` is"
            yield Told(component.data.key_place(key), message, f"rename it to `{near}`")


def _known(component: Component) -> frozenset[str]:
    """Return the fields that are read of a component; none where it has no frontmatter."""
    known = facts.frontmatter()
    match component.kind:
        case ComponentKind.AGENT:
            return frozenset(known.agent_fields)
        case ComponentKind.COMMAND:
            return frozenset(known.fields) | frozenset(known.aliases)
        case _:
            return frozenset()
