"""Fault -> invalid-evidence."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Fault, FaultKind
from skillcheck.rules.rule import Told, rule


@rule("SK704")
def invalid_evidence(fault: Fault) -> Iterator[Told]:
    """An EVIDENCE.json is not what its schema takes.

    Nobody can say what such evidence claims. A level that does not exist, or one that the rest of the entry rules out,
    was not written by skillcheck.

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
          "sha256": "ea31975ad1a009781ffc0064cd55f5c4573c9fbd2fe9ce11d041920849039e06",
          "language": "json",
          "role": "script",
          "level": "certain",
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
    if fault.kind is FaultKind.BAD_EVIDENCE:
        yield Told(fault.place, fault.fact, fault.remedy)
