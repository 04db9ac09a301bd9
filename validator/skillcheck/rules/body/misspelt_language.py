"""Block -> misspelt-language."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from skillcheck.model import Block, Severity
from skillcheck.rules.rule import Told, rule
from skillcheck.rules.wording import closest

COMMON = (
    *("python", "javascript", "typescript", "markdown", "dockerfile", "powershell", "graphql", "kotlin", "swift"),
    *("shell", "bash", "json", "yaml", "toml", "html"),
)
SHORTEST = 5
"""Below so many letters, only the same letters in another order are surely the same word."""


@rule("SK415", severity=Severity.WARNING)
def misspelt_language(block: Block) -> Iterator[Told]:
    """The language of a code block is misspelt.

    A block in an unknown language is neither highlighted nor checked, and an agent may take it for plain text.

    ````markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    ```pyhton
    print(1)
    ```
    ````

    ````markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    ```python
    print(1)
    ```
    ````
    """
    tag = block.language
    meant = _meant(tag) if tag not in COMMON else None
    if meant and tag not in known():  # asked last: Pygments takes as long to import as fifty skills to judge
        yield Told(block.place, f"no language is called `{tag}`", f"write `{meant}`")


@cache
def _meant(tag: str) -> str | None:
    near = closest(tag, COMMON) if len(tag) >= SHORTEST else None
    turned = next((word for word in COMMON if sorted(word) == sorted(tag)), None)
    if near is None or near[0] != tag[0] or abs(len(near) - len(tag)) > 1:
        return turned
    is_variant = tag.startswith(near) or near.startswith(tag)  # such as `jsonl`
    return turned or (None if is_variant else near)


@cache
def known() -> frozenset[str]:
    """Return the names and aliases of all languages that Pygments knows."""
    from pygments.lexers import get_all_lexers  # noqa: PLC0415 - only few bundles need it

    return frozenset(alias.lower() for name, aliases, *_ in get_all_lexers() for alias in (name, *aliases))
