"""Skill -> broken-anchor."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Document, Link, Severity, Skill
from skillcheck.rules.anchors import unheaded
from skillcheck.rules.paths import inner_path, links
from skillcheck.rules.rule import Told, rule


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
    yield from unheaded(_targets(skill))


def _targets(skill: Skill) -> Iterator[tuple[Document, Link, Document]]:
    """Yield the links into documents of the skill, each with the one it stands in and the one it leads to."""
    documents = {document.relative: document for document in skill.documents}
    for document, link in links(skill):
        is_here = link.target.startswith("#")
        path = document.relative if is_here else inner_path(skill, document, link.target) if "#" in link.target else ""
        if there := documents.get(path or ""):
            yield document, link, there
