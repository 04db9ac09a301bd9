"""Skill -> broken-link."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from skillcheck.model import Document, Skill
from skillcheck.rules.fences import is_meant_as_code
from skillcheck.rules.paths import has_all_files, has_path, inner_path, is_stand_in, is_unread, links
from skillcheck.rules.remembered import remembered
from skillcheck.rules.rule import Told, rule
from skillcheck.rules.wording import closest

_CODE = re.compile(r"`[^`]*`")
_MOST = 20_000  # so many names of files are compared with what links lead to, in one skill
_BLANK = re.compile(r"(?<!\])\[[A-Z][^\[\]]*\](?![\[(:])")


@rule("SK401", source="https://agentskills.io/specification#file-references")
def broken_link(skill: Skill) -> Iterator[Told]:
    """A link leads to a file that is not in the skill.

    Claude follows the link and finds nothing. The skill promises knowledge that it does not hold.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    Read [the fields](references/fields.md).
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
    ```
    """
    if not has_all_files(skill):
        return
    compared = 0
    for document, link in links(skill):
        path = inner_path(skill, document, link.target)
        if path is None or has_path(skill, path) or is_unread(skill, path) or is_stand_in(path):
            continue
        if not is_meant_as_code(document, link.place.line) and link.place.line not in _templates(document):
            compared += len(skill.files)
            near = _same(skill, path) or (_near(skill, path) if compared <= _MOST else None)
            fix = f"link to `{_from(document, near)}`" if near else "add the file, or remove the link"
            yield Told(link.place, f"the link leads to {path}, which is not in the skill", fix)


@remembered
def _templates(document: Document) -> frozenset[int]:
    """Return the lines of prose that are to be filled in, so that their links are as well."""
    return frozenset(number for number, line in document.prose if _BLANK.search(_CODE.sub("", line)))


def _same(skill: Skill, path: str) -> str | None:
    """Return the only file of the skill that has the name at the end of the path."""
    same = _by_name(skill).get(_name(path), [])
    return same[0] if len(same) == 1 else None


@remembered
def _by_name(skill: Skill) -> Mapping[str, Sequence[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for file in skill.files:
        found[_name(file.path)].append(file.path)
    return found


def _near(skill: Skill, path: str) -> str | None:
    """Return the file of the skill that is likely meant: one of a path and a name like it."""
    stem = _name(path).partition(".")[0]
    return closest(path, (file.path for file in skill.files if closest(stem, [_name(file.path).partition(".")[0]])))


def _name(path: str) -> str:
    return posixpath.basename(path).lower()


def _from(document: Document, path: str) -> str:
    """Return how a document links to a file of the skill."""
    return posixpath.relpath(path, posixpath.dirname(document.relative) or ".")
