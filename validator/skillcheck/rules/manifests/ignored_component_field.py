"""Component -> ignored-component-field."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck import facts
from skillcheck.model import Component, ComponentKind, Severity
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule

_INSTEAD = {
    "hooks": "move them to hooks/hooks.json",
    "mcpServers": "declare them in .mcp.json",
}


@rule(
    "SK560",
    severity=Severity.WARNING,
    clients=CLAUDE_CODE,
    source="https://code.claude.com/docs/en/plugins-reference#agents",
)
def ignored_component_field(component: Component) -> Iterator[Told]:
    """A field of an agent or a command is ignored, for it stands in a plugin, or is read of skills alone.

    What is installed may not give itself permissions, hooks or servers so. Claude Code writes of it in its log alone.
    `paths` are for skills: a command is there for whoever calls it.

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
    permissionMode: acceptEdits
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
    fields = component.data.mapping()
    for field in facts.frontmatter().ignored_in_plugins.get(component.kind, ()):
        if fields.get(field) is not None:
            message = f"`{field}` is ignored, for the {component.kind} is of a plugin"
            fix = _INSTEAD.get(field, "remove it, or keep the agent in .claude/agents/")
            yield Told(component.data.key_place(field), message, fix)
    if component.kind is ComponentKind.COMMAND and fields.get("paths") is not None:
        message = "`paths` is ignored, for skills alone are chosen by the files at work"
        yield Told(component.data.key_place("paths"), message, "remove it, or make the command a skill")
