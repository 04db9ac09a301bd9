"""Plugin -> shared-name."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from skillcheck.model import ComponentKind, Plugin, Severity
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule(
    "SK547", severity=Severity.WARNING, clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugins-reference"
)
def shared_name(plugin: Plugin) -> Iterator[Told]:
    """Two components of a plugin share a name.

    Claude Code lists both under one name. Which of them is called is not said anywhere.

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

    ```markdown with path=commands/pdf-forms.md
    ---
    description: Fills a form.
    ---

    Fill it.
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

    ```markdown with path=commands/fill.md
    ---
    description: Fills a form.
    ---

    Fill it.
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
    skills = {posixpath.basename(path): path for path in plugin.skills}
    agents: dict[str, str] = {}
    for component in plugin.components:
        stem = posixpath.basename(component.path).removesuffix(".md")
        if component.kind is ComponentKind.COMMAND and stem in skills:
            message = f"the command {stem!r} has the name of the skill in {skills[stem]}"
            yield Told(component.data.place(), message, "rename one of them")
        elif component.kind is ComponentKind.AGENT:
            name = str(component.data.mapping().get("name") or stem)
            other = agents.setdefault(name, component.path)
            if other != component.path:
                message = f"the agent's name {name!r} is also that of {other}"
                yield Told(component.data.place("name"), message, "give each agent a name of its own")
