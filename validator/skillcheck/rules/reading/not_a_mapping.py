"""Fault -> not-a-mapping."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Client, Fault, FaultKind
from skillcheck.rules.rule import Told, rule


@rule("SK009", clients=(Client.SPEC, Client.CLAUDE_CODE, Client.CLAUDE_AI))
def not_a_mapping(fault: Fault) -> Iterator[Told]:
    """A file's top level is not a mapping.

    Frontmatter and manifests are fields with values. The clients drop anything else as a whole.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    - name: pdf-forms
    - description: Fills PDF forms.
    ---

    # PDF forms

    Fill each field by its name.
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    Fill each field by its name.
    ```
    """
    if fault.kind is FaultKind.NOT_A_MAPPING:
        yield Told(fault.place, fault.fact, fault.remedy)
