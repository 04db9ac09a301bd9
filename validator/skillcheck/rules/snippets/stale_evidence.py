"""Fault -> stale-evidence."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Fault, FaultKind
from skillcheck.rules.rule import Told, rule


@rule("SK705")
def stale_evidence(fault: Fault) -> Iterator[Told]:
    """EVIDENCE.json speaks of other blocks than the skill has.

    A block that was changed, added or taken out after it was proven is not proven. So is a snippet that differs.

    ````markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    ```json
    {"pages": [1, 2]}
    ```
    ````

    ```json with path=skills/pdf-forms/EVIDENCE.json
    {
      "$schema": "https://claude-skillcheck.dev/schemas/evidence.schema.json",
      "version": 1,
      "skill": "pdf-forms",
      "skillcheck": "0.1.0",
      "date": null,
      "environments": [],
      "tests": {"passed": 0, "skipped": 0},
      "blocks": [
        {
          "document": "SKILL.md",
          "index": 0,
          "sha256": "0000000000000000000000000000000000000000000000000000000000000000",
          "language": "json",
          "role": "script",
          "level": "parsed",
          "reason": "",
          "coverage": null,
          "snippet": {
            "path": "pdf-forms.json",
            "sha256": "0000000000000000000000000000000000000000000000000000000000000000"
          }
        }
      ]
    }
    ```

    ````markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    ```json
    {"pages": [1, 2]}
    ```
    ````

    ```json with path=skills/pdf-forms/EVIDENCE.json
    {
      "$schema": "https://claude-skillcheck.dev/schemas/evidence.schema.json",
      "version": 1,
      "skill": "pdf-forms",
      "skillcheck": "0.1.0",
      "date": null,
      "environments": [],
      "tests": {"passed": 0, "skipped": 0},
      "blocks": [
        {
          "document": "SKILL.md",
          "index": 0,
          "sha256": "ea31975ad1a009781ffc0064cd55f5c4573c9fbd2fe9ce11d041920849039e06",
          "language": "json",
          "role": "script",
          "level": "parsed",
          "reason": "",
          "coverage": null,
          "snippet": {
            "path": "pdf-forms.json",
            "sha256": "ea31975ad1a009781ffc0064cd55f5c4573c9fbd2fe9ce11d041920849039e06"
          }
        }
      ]
    }
    ```
    """
    if fault.kind is FaultKind.STALE_EVIDENCE:
        yield Told(fault.place, fault.fact, fault.remedy)
