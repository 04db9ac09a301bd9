"""Fault -> bad-directive."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Fault, FaultKind
from skillcheck.rules.rule import Told, rule


@rule("SK408")
def bad_directive(fault: Fault) -> Iterator[Told]:
    """A skillcheck comment says something that is not understood.

    A directive that is passed over would leave a block proven less, or more, than its author thinks.

    ````markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    <!-- skillcheck: skpi reason="needs a form" -->
    ```text
    fill it
    ```
    ````

    ````markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    <!-- skillcheck: skip reason="needs a form" -->
    ```text
    fill it
    ```
    ````
    """
    if fault.kind is FaultKind.BAD_DIRECTIVE:
        yield Told(fault.place, fault.fact, fault.remedy)
