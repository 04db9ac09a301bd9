"""Plugin -> unusable-outer-manifest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from skillcheck.model import Plugin
from skillcheck.rules.entries import is_loaded_unread, is_parsed
from skillcheck.rules.reshaping import reshaped
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule
from skillcheck.rules.shape import complaints


@rule("SK566", clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugin-marketplaces")
def unusable_outer_manifest(plugin: Plugin) -> Iterator[Told]:
    """A plugin.json beside .claude-plugin keeps the plugin from being installed.

    A plugin that a marketplace lists needs no .claude-plugin/plugin.json. Without one, Claude Code takes the version
    from a plugin.json in the plugin's folder when it installs the plugin, and refuses the plugin if that file is no
    manifest as it reads them, even where it is another program's. Its validator does not look at the file.

    ```json bad path=plugin/plugin.json
    {
      "version": "1.0.0"
    }
    ```

    ```json with path=.claude-plugin/marketplace.json
    {
      "name": "office",
      "owner": {
        "name": "Ada"
      },
      "description": "Forms",
      "plugins": [
        {
          "name": "forms",
          "description": "Fills PDF forms",
          "source": "./plugin"
        }
      ]
    }
    ```

    ```markdown with path=plugin/skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    Fill each field by its name.
    ```

    ```json good path=plugin/.claude-plugin/plugin.json
    {
      "name": "forms",
      "version": "1.0.0",
      "description": "Fills PDF forms",
      "author": {
        "name": "Ada"
      }
    }
    ```

    ```json with path=.claude-plugin/marketplace.json
    {
      "name": "office",
      "owner": {
        "name": "Ada"
      },
      "description": "Forms",
      "plugins": [
        {
          "name": "forms",
          "description": "Fills PDF forms",
          "source": "./plugin"
        }
      ]
    }
    ```

    ```markdown with path=plugin/skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    Fill each field by its name.
    ```
    """
    for fault in plugin.outer_faults:
        if not is_parsed((fault,)):
            yield Told(fault.place, f"{fault.fact}, so that the plugin cannot be installed", fault.remedy, fault.edits)
    if plugin.outer is not None and is_parsed(plugin.outer_faults):
        for complaint in complaints("plugin", plugin.outer):
            if not complaint.is_warning and not is_loaded_unread(complaint.pointer):
                message = f"{complaint.told.message}, so that the plugin cannot be installed"
                edits = tuple(reshaped(plugin.outer, complaint))
                yield replace(complaint.told, message=message, edits=edits)
