"""Plugin -> broken-component-link."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from skillcheck.model import Plugin, Severity
from skillcheck.rules.fences import is_meant_as_code
from skillcheck.rules.paths import is_stand_in
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule

_FILE = re.compile(r"(?!\w+:|[#/~])(?P<path>[^\s#:<>{}$*|\[\]]+\.\w+)(?:#.*)?")


@rule(
    "SK558",
    severity=Severity.WARNING,
    clients=CLAUDE_CODE,
    source="https://code.claude.com/docs/en/plugins-reference#agents",
)
def broken_component_link(plugin: Plugin) -> Iterator[Told]:
    """A link of an agent or a command leads to a file that is not in the plugin.

    Claude follows the link and finds nothing.

    ```markdown bad path=commands/fill.md
    ---
    description: Fills a form.
    ---

    Fill what [the list](../docs/fields.md) names.
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

    Fill what [the list](../docs/fields.md) names.
    ```

    ```markdown with path=docs/fields.md
    # Fields
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
    for page in (component.document for component in plugin.components if component.document):
        folder = posixpath.dirname(posixpath.relpath(page.path, plugin.path))
        for link in page.links:
            found = _FILE.fullmatch(link.target)
            path = posixpath.normpath(posixpath.join(folder, found["path"])) if found else "."
            is_meant = not is_stand_in(path) and not is_meant_as_code(page, link.place.line)
            if is_meant and not plugin.holds(path):
                yield Told(
                    link.place, f"the link leads to {path}, which is not there", "add the file, or remove the link"
                )
