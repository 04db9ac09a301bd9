"""Frontmatter -> duplicate-key."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from skillcheck.model import Edit, Frontmatter, Place, Pointer
from skillcheck.rules.lines import split
from skillcheck.rules.remembered import remembered
from skillcheck.rules.rule import SPEC, Told, rule
from skillcheck.rules.wording import where

_KEY = re.compile(r"[\"']?(?P<name>[^\s:\"'#-][^:]*?)[\"']?[ \t]*:")
_BLOCK = re.compile(r":[ \t]+[|>][-+\d]*[ \t]*(?:#.*)?$")
_BEHIND = re.compile(r"\s*(?:$|#)")
_BEHIND_TEXT = re.compile(r"\s*$|#")  # in a block of text, a `#` behind spaces is a part of it


@rule("SK104", clients=SPEC, source="https://agentskills.io/specification#frontmatter")
def duplicate_key(frontmatter: Frontmatter) -> Iterator[Told]:
    """A key stands twice.

    Claude Code takes the last and drops the others without a word. The reference validator refuses the file.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    license: MIT
    license: Apache-2.0
    ---

    # PDF forms

    Fill each field by its name.
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    license: MIT
    ---

    # PDF forms

    Fill each field by its name.
    ```
    """
    for pointer, place in frontmatter.data.duplicates:
        name = where(pointer)
        edits = tuple(_dropped(frontmatter, pointer))
        yield Told(place, f"`{name}` stands twice, the last one counts", f"keep one `{name}`", edits, safe=False)


def _dropped(frontmatter: Frontmatter, pointer: Pointer) -> Iterator[Edit]:
    """Yield the edit that deletes the first of two, which no client takes, with the lines that go on with it."""
    if len(pointer) > 1:
        return
    lines, found = _lines(frontmatter), _written(frontmatter).get(str(pointer[0]), ())
    last = frontmatter.data.keys[pointer]
    if len(found) == 2:  # noqa: PLR2004 - more, or another way of writing it, and nobody knows which was meant
        first = last.line - (found[1] - found[0])
        after = next(number for number in range(found[0] + 1, len(lines)) if re.match(r"[^\s#-]", lines[number]))
        behind = _BEHIND_TEXT if _BLOCK.search(lines[found[0]]) else _BEHIND
        while behind.match(lines[after - 1]):  # what stands before the next key speaks of that one
            after -= 1
        yield Edit(Place(last.path, first, 1, first + after - found[0], 1), "")


@remembered
def _lines(frontmatter: Frontmatter) -> Sequence[str]:
    return split(frontmatter.text)


@remembered
def _written(frontmatter: Frontmatter) -> Mapping[str, Sequence[int]]:
    """Return the lines that begin with each key, without its quotes."""
    lines: defaultdict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(_lines(frontmatter)):
        if key := _KEY.match(line):
            lines[key["name"]].append(number)
    return lines
