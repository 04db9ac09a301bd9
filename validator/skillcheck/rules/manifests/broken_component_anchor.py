"""Component -> broken-component-anchor."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Component, Severity
from skillcheck.rules.anchors import unheaded
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule(
    "SK562",
    severity=Severity.WARNING,
    clients=CLAUDE_CODE,
    source="https://code.claude.com/docs/en/plugins-reference#agents",
)
def broken_component_anchor(component: Component) -> Iterator[Told]:
    """A link of an agent or a command leads to a heading that is not there.

    Claude searches for it. Mostly the heading was renamed.

    ```markdown bad path=commands/fill.md
    ---
    description: Fills a form.
    ---

    Fill what [the list](#list) names.

    ## Fields

    All of them.
    ```

    ```json with path=.claude-plugin/plugin.json
    {
      "name": "forms",
      "version": "1.0.0",
      "description": "Fills forms",
      "author": {
        "name": "Ada"
      }
    }
    ```

    ```markdown with path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    Fill each field by its name.
    ```

    ```markdown good path=commands/fill.md
    ---
    description: Fills a form.
    ---

    Fill what [the list](#fields) names.

    ## Fields

    All of them.
    ```

    ```json with path=.claude-plugin/plugin.json
    {
      "name": "forms",
      "version": "1.0.0",
      "description": "Fills forms",
      "author": {
        "name": "Ada"
      }
    }
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
    if page := component.document:
        yield from unheaded((page, link, page) for link in page.links if link.target.startswith("#"))
