"""Frontmatter -> list-of-grants."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillcheck.model import Client, Edit, Frontmatter, Place, Severity
from skillcheck.rules.rule import Told, rule
from skillcheck.rules.written import is_bare


@rule(
    "SK210",
    severity=Severity.WARNING,
    clients=(Client.SPEC, Client.GH),
    source="https://agentskills.io/specification#allowed-tools-field",
)
def list_of_grants(frontmatter: Frontmatter) -> Iterator[Told]:
    """allowed-tools is a list.

    Claude Code takes it, the specification has a string with spaces, and gh skill publish refuses a list.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    allowed-tools:
      - Read
      - Glob
    ---

    # PDF forms

    Fill each field by its name.
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    allowed-tools: Read Glob
    ---

    # PDF forms

    Fill each field by its name.
    ```
    """
    grants = frontmatter.data.mapping().get("allowed-tools")
    if isinstance(grants, list) and all(isinstance(grant, str) for grant in grants):
        line = " ".join(map(str, grants)).strip()
        message = f"`allowed-tools` is a list of {len(grants)}, expected a string"
        fix = f"write `allowed-tools: {line}`" if line else "remove it, for it grants nothing"
        yield Told(frontmatter.data.key_place("allowed-tools"), message, fix, tuple(_joined(frontmatter)))


def _joined(frontmatter: Frontmatter) -> Iterator[Edit]:
    """Yield the edit that makes a string of the list, unless it would drop a comment or an anchor, or need quotes."""
    key, value = frontmatter.data.key_place("allowed-tools"), frontmatter.data.place("allowed-tools")
    grants = [grant for grant in frontmatter.grants if grant.is_granted]
    line = " ".join(grant.text for grant in grants)
    is_plain = re.fullmatch(r"\w[^#\\\"']*", line) and ": " not in line and not line.endswith(":")
    is_free = is_bare(frontmatter, value) and not {"#", "&"} & set(frontmatter.text)
    if is_plain and is_free and not any(grant.malformed for grant in grants):
        yield Edit(Place(key.path, key.end_line or key.line, key.end_column or key.column, *_end(value)), f": {line}")


def _end(place: Place) -> tuple[int | None, int | None]:
    return place.end_line, place.end_column
