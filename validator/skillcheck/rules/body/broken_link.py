"""Skill -> broken-link."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from skillcheck.model import Document, Skill
from skillcheck.rules.paths import has_all_files, has_path, inner_path, is_of_project, is_stand_in, is_unread, links
from skillcheck.rules.remembered import remembered
from skillcheck.rules.rule import Told, rule
from skillcheck.rules.showing import in_patterns, is_shown
from skillcheck.rules.wording import closest, is_same_word

_MOST = 20_000  # so many names of files are compared with what links lead to, in one skill
_BUNDLED = frozenset({"assets", "references", "scripts"})  # which the project of a user has not
_VALUES = re.compile(r"[\d\s]*,[\d\s,]*")  # in brackets a list of numbers, as in `[0,2](MON/WED)`
_NUMBER = re.compile(r"\d+")


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
        is_elsewhere = path is None or has_path(skill, path) or is_unread(skill, path) or is_stand_in(path)
        if path is None or is_elsewhere or _VALUES.fullmatch(link.text):
            continue
        is_theirs = link.place.line in in_patterns(document) and path.partition("/")[0] not in _BUNDLED
        if not is_theirs and not is_of_project(skill, path) and not is_shown(document, link.place):
            compared += len(skill.files)
            fix = _other(skill, path) or _fix(skill, document, path, compare=compared <= _MOST)
            yield Told(link.place, f"the link leads to {path}, which is not in the skill", fix)


def _fix(skill: Skill, document: Document, path: str, *, compare: bool) -> str:
    near = _same(skill, document, path) or (_near(skill, document, path) if compare else None)
    return f"link to `{_from(document, near)}`" if near else "add the file, or remove the link"


def _other(skill: Skill, path: str) -> str | None:
    """Return what to do with a link to the SKILL.md of another skill."""
    folder = posixpath.dirname(path)
    is_other = posixpath.basename(path) == "SKILL.md" and not has_path(skill, folder)
    return f"write the name of the skill, `{posixpath.basename(folder)}`, without a link" if is_other else None


def _same(skill: Skill, document: Document, path: str) -> str | None:
    """Return the only other file of the skill that has the name at the end of the path."""
    same = _by_name(skill).get(_name(path), [])
    return same[0] if len(same) == 1 and same[0] != document.relative else None


@remembered
def _by_name(skill: Skill) -> Mapping[str, Sequence[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for file in skill.files:
        found[_name(file.path)].append(file.path)
    return found


def _near(skill: Skill, document: Document, path: str) -> str | None:
    """Return the file that is likely meant: one of a path and a name like it, which no other link means."""
    near = closest(path, (file.path for file in skill.files if closest(_stem(path), [_stem(file.path)])))
    if near is None or near == document.relative or _NUMBER.findall(_stem(near)) != _NUMBER.findall(_stem(path)):
        return None
    return near if is_same_word(_stem(near), _stem(path)) or near not in _linked(skill) else None


@remembered
def _linked(skill: Skill) -> frozenset[str]:
    """Return what the links of the skill name in it."""
    return frozenset(
        path for document, link in links(skill) if (path := inner_path(skill, document, link.target)) is not None
    )


def _stem(path: str) -> str:
    return _name(path).partition(".")[0]


def _name(path: str) -> str:
    return posixpath.basename(path).lower()


def _from(document: Document, path: str) -> str:
    """Return how a document links to a file of the skill."""
    return posixpath.relpath(path, posixpath.dirname(document.relative) or ".")
