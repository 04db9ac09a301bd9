"""Component -> wrong-agent-value."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck import facts
from skillcheck.model import Component, ComponentKind, Severity
from skillcheck.rules.models import wrong_model
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule
from skillcheck.rules.wording import closest


@rule("SK544", severity=Severity.WARNING, clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/sub-agents")
def wrong_agent_value(component: Component) -> Iterator[Told]:
    """An agent's field has a value that Claude Code does not know.

    The agent is loaded, and works with another model or another mode of permissions than its author meant.

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
    mode, known = fields.get("permissionMode"), facts.frontmatter().permission_modes
    if isinstance(mode, str) and mode not in known and component.kind is ComponentKind.AGENT:
        near = closest(mode, known)
        message = f"`permissionMode` is {mode!r}, expected one of {', '.join(known)}"
        yield Told(component.data.place("permissionMode"), message, f"write `{near or 'default'}`")
