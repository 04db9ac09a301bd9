"""Skill -> deep-reference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from skillcheck.model import Document, Severity, Skill
from skillcheck.rules.paths import inner_path, links
from skillcheck.rules.rule import Told, rule


@rule("SK426", severity=Severity.NOTE, source="https://agentskills.io/specification#file-references")
def deep_reference(skill: Skill) -> Iterator[Told]:
    """A file is reached over another one alone.

    Claude reads of a file that a second file names often but the beginning. The specification keeps references one
    level deep from SKILL.md.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    See [fields](references/fields.md).
    ```

    ```markdown with path=skills/pdf-forms/references/fields.md
    # Fields

    See [dates](dates.md).
    ```

    ```markdown with path=skills/pdf-forms/references/dates.md
    # Dates

    Write them as ISO 8601.
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    See [fields](references/fields.md) and [dates](references/dates.md).
    ```

    ```markdown with path=skills/pdf-forms/references/fields.md
    # Fields

    See [dates](dates.md).
    ```

    ```markdown with path=skills/pdf-forms/references/dates.md
    # Dates

    Write them as ISO 8601.
    ```
    """
    depths = _depths(skill)
    told = set()
    for document, link in links(skill):
        path = inner_path(skill, document, link.target) or ""
        if depths.get(path, 0) > 1 and path not in told and depths.get(document.relative, 0) == depths[path] - 1:
            told.add(path)
            message = f"{path} is {depths[path]} links away from SKILL.md, over {document.relative}"
            yield Told(link.place, message, f"link {path} from SKILL.md too")


def _depths(skill: Skill) -> Mapping[str, int]:
    """Return for each document how many links lead to it from SKILL.md, or the name of it in there: one."""
    named = skill.documents[0].text if skill.documents else ""
    depths = {document.relative: 0 for document in skill.documents[:1]}
    depths |= {document.relative: 1 for document in skill.documents[1:] if document.relative in named}
    todo = list(depths)
    targets = _targets(skill)
    for path in todo:
        for target in targets.get(path, ()):
            if target not in depths:
                depths[target] = depths[path] + 1
                todo.append(target)
    return depths


def _targets(skill: Skill) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    known: dict[str, Document] = {document.relative: document for document in skill.documents}
    for document, link in links(skill):
        path = inner_path(skill, document, link.target)
        if path in known:
            found.setdefault(document.relative, []).append(path)
    return found
