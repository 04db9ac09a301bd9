"""Skill -> backslash-path."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillcheck.model import Edit, Place, Severity, Skill
from skillcheck.rules.lines import lines
from skillcheck.rules.paths import documents, has_path
from skillcheck.rules.rule import Told, rule

_PATH = re.compile(r"(?<![\w\\/.])(?:[\w.-]+\\{1,2})+[\w.-]+\.\w+")


@rule(
    "SK428",
    severity=Severity.WARNING,
    source="https://platform.claude.com/docs/en/agents-and-tools/agent-skills/best-practices",
)
def backslash_path(skill: Skill) -> Iterator[Told]:
    r"""A path is written with backslashes.

    Only Windows takes them. Everywhere else the file is not found, though it is there.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    Read `references\fields.md`.
    ```

    ```markdown with path=skills/pdf-forms/references/fields.md
    # Fields
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    Read `references/fields.md`.
    ```

    ```markdown with path=skills/pdf-forms/references/fields.md
    # Fields
    ```
    """
    for document in documents(skill):
        for number, line in enumerate(lines(document), 1) if "\\" in document.text else ():
            for found in _PATH.finditer(line) if "\\" in line else ():
                path = re.sub(r"\\+", "/", found[0])
                if has_path(skill, path):
                    place = Place(document.path, number, found.start() + 1, number, found.end() + 1)
                    yield Told(
                        place,
                        f"the path `{found[0]}` is written with backslashes",
                        f"write `{path}`",
                        (Edit(place, path),),
                    )
