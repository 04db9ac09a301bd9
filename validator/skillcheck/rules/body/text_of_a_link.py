"""Skill -> text-of-a-link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from skillcheck.model import Place, Severity, Skill
from skillcheck.rules.rule import Told, rule

_LONGEST = 300
_LINK = re.compile(r"(?:\.{1,2}/)+[\w.@/ -]+\s*")


@rule("SK445", severity=Severity.WARNING, source="https://agentskills.io/specification#file-references")
def text_of_a_link(skill: Skill) -> Iterator[Told]:
    """A file holds nothing but the path of another one.

    So git leaves a symbolic link where it cannot make one, as on Windows, and so it is committed from there. Claude
    reads the path in place of what it leads to.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    Read [the fields](references/fields.md).
    ```

    ```markdown with path=skills/pdf-forms/references/fields.md
    ../../../shared/fields.md
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    Read [the fields](references/fields.md).
    ```

    ```markdown with path=skills/pdf-forms/references/fields.md
    # Fields

    Each has a name.
    ```
    """
    pages = ((page.path, page.text) for page in skill.documents[1:])
    for path, text in chain(pages, ((script.path, script.text) for script in skill.scripts)):
        is_other = path.endswith(".py") or len(text) > _LONGEST or not text.startswith(".")
        if not is_other and _LINK.fullmatch(text):
            message = f"the file holds nothing but the path {text.strip()}, as git leaves it of a symbolic link"
            yield Told(Place(path), message, "commit it as a symbolic link, or copy the file")
