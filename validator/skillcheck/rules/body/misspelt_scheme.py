"""Skill -> misspelt-scheme."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillcheck.model import Severity, Skill
from skillcheck.rules.fences import is_meant_as_code
from skillcheck.rules.paths import links
from skillcheck.rules.rule import Told, rule

_SCHEME = re.compile(r"(?P<name>[A-Za-z]{2,7}):/{0,3}(?=[\w-]+\.)")
_WRONG = frozenset(
    ("htp", "htps", "htpp", "htpps", "httpp", "httpps", "httpss", "hhttp", "hhttps", "htttp", "htttps", "ttp", "ttps")
)


@rule("SK435", severity=Severity.WARNING, source="https://www.rfc-editor.org/rfc/rfc3986#section-3.1")
def misspelt_scheme(skill: Skill) -> Iterator[Told]:
    """The beginning of an address is misspelt.

    Nothing opens it: a browser knows no `htps:`, and `https:/` names no host.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    Read [the standard](htps://example.com/pdf.html).
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    Read [the standard](https://example.com/pdf.html).
    ```
    """
    for document, link in links(skill):
        wrong = _SCHEME.match(link.target)
        if wrong and _is_none(wrong["name"].lower(), wrong[0]) and not is_meant_as_code(document, link.place.line):
            message = f"`{wrong[0]}` begins no address"
            yield Told(link.place, message, "write `https://`")


def _is_none(name: str, beginning: str) -> bool:
    """Return whether nothing opens an address that begins so."""
    return name in _WRONG or (name in {"http", "https"} and beginning != f"{beginning[: len(name)]}://")
