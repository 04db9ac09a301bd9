"""Skill -> broken-anchor."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from skillcheck.model import Severity, Skill
from skillcheck.rules.fences import is_meant_as_code, slips
from skillcheck.rules.paths import inner_path, links
from skillcheck.rules.rule import Told, rule
from skillcheck.rules.wording import closest

_EMOJI = "\ufe0f"  # anchors keep the mark that colours a sign, or lose it


@rule("SK403", severity=Severity.WARNING)
def broken_anchor(skill: Skill) -> Iterator[Told]:
    """A link leads to a heading that is not there.

    The reader lands at the top of the file and has to search. Mostly the heading was renamed.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    See [filling](#fill).

    ## Filling
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    See [filling](#filling).

    ## Filling
    ```
    """
    documents = {document.relative: document for document in skill.documents}
    for document, link in links(skill):
        anchor = unquote(link.target.partition("#")[2]).lower().replace(_EMOJI, "")
        path = document.relative if link.target.startswith("#") else inner_path(skill, document, link.target)
        there = documents.get(path or "")
        if not anchor or not there or anchor in {known.replace(_EMOJI, "") for known in there.anchors}:
            continue
        if not slips(there) and not is_meant_as_code(document, link.place.line):
            near = closest(anchor, there.anchors)
            fix = f"link to `#{near}`" if near else "link to a heading that is there"
            yield Told(link.place, f"{there.relative} has no heading with the anchor #{anchor}", fix)
