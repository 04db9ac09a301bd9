"""Marketplace -> wrong-marketplace-shape."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import replace

from skillcheck.model import Data, Json, Marketplace
from skillcheck.rules.declared import declared
from skillcheck.rules.entries import entries, is_engine, is_in_hooks, is_parsed
from skillcheck.rules.reshaping import reshaped
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule
from skillcheck.rules.shape import Complaint, complaints, fits


@rule("SK503", clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugin-marketplaces#marketplace-schema")
def wrong_marketplace_shape(marketplace: Marketplace) -> Iterator[Told]:
    """marketplace.json does not have the shape that Claude Code reads.

    Claude Code refuses the marketplace, or the entry cannot be installed. Its own validator fails.

    ```json bad path=.claude-plugin/marketplace.json
    {
      "name": "forms",
      "description": "Forms",
      "plugins": [
        {
          "name": "forms",
          "source": "./"
        }
      ]
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

    ```json good path=.claude-plugin/marketplace.json
    {
      "name": "forms",
      "owner": {
        "name": "Ada"
      },
      "description": "Forms",
      "plugins": [
        {
          "name": "forms",
          "source": "./"
        }
      ]
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
    if is_parsed(marketplace.faults):
        for complaint in complaints("marketplace", marketplace.data):
            is_told = not complaint.is_warning or is_in_hooks(complaint.pointer)
            if is_told and not is_engine(complaint.pointer) and not _comes_back(complaint, marketplace.data):
                yield replace(complaint.told, edits=tuple(reshaped(marketplace.data, complaint)))
        for index, entry in entries(marketplace):
            yield from declared(marketplace.data, ("plugins", index))
            yield from _helped(marketplace.data, index, entry)


def _helped(data: Data, index: int, entry: Mapping[str, Json]) -> Iterator[Told]:
    """Tell a program that makes headers where the entry does not stand for the whole manifest."""
    source = entry.get("source")
    is_archive = isinstance(source, dict) and source.get("source") == "archive"
    if is_archive and isinstance(entry.get("headersHelper"), str) and entry.get("strict") is not False:
        message = f"`plugins[{index}].headersHelper` needs `strict: false`, for the entry is to hold the whole manifest"
        yield Told(data.key_place("plugins", index, "headersHelper"), message, 'add `"strict": false`')


def _comes_back(complaint: Complaint, data: Data) -> bool:
    """Return whether it is the `..` of a path that does not leave the plugin, which plugin.json alone may not have."""
    path, field = data.at(*complaint.pointer), complaint.pointer[2:3]
    if complaint.keyword != "pattern" or not isinstance(path, str) or not path.startswith("./"):
        return False
    steps = (path if "types" in field else posixpath.normpath(path)).split("/")
    is_inside = ".." in path and ".." not in steps and "source" not in field
    return is_inside and fits("marketplace", complaint.pointer, path.replace("..", "-"))
