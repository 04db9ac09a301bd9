"""Frontmatter -> which of its fields a client knows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillcheck import facts
from skillcheck.model import Frontmatter, Json, Pointer
from skillcheck.rules.shape import fits
from skillcheck.rules.wording import closest, is_same_word

KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
TAG = re.compile(r"<[A-Za-z/!?][^<>]*>")


_SCHEMA = "skill-frontmatter"
_WORDS = frozenset({"mode"})  # of other clients, and no misspelling of what is like them
_UNREAD = {("license",), ("compatibility",), ("version",)}


def is_taken_as_text(frontmatter: Frontmatter, pointer: Pointer) -> bool:
    """Return whether Claude Code takes any value there: it does not read it, or makes text of it."""
    is_scalar = not isinstance(frontmatter.data.mapping().get("description"), list | dict)
    return pointer in _UNREAD or (pointer == ("description",) and is_scalar)


def _words(key: str) -> frozenset[str]:
    return frozenset(re.split(r"[-_ ]", key.lower()))


def is_field(key: str) -> bool:
    """Return whether any client knows a field of that name."""
    known = facts.frontmatter()
    return key in known.fields or key in known.aliases


def meant_field(key: str, value: Json) -> str | None:
    """Return the field that an unknown key is a misspelling of; what Claude Code keeps for itself is not meant.

    More words than the field has are another field's name; so is any above a mapping that the field does not take.
    """
    known = facts.frontmatter().fields
    if key in _WORDS or is_field(key):
        return None
    near = closest(key, (name for name, field in known.items() if not field.internal))
    if near is None or is_same_word(key, near):
        return near
    is_other = _words(near) < _words(key) or (isinstance(value, dict) and not fits(_SCHEMA, (near,), value))
    return None if is_other else near


def is_internal(key: str) -> bool:
    """Return whether Claude Code keeps a field for itself and documents none of that name."""
    known = facts.frontmatter()
    return known.fields[known.aliases.get(key, key)].internal


def only_claude_code(frontmatter: Frontmatter) -> Iterator[str]:
    """Yield the fields that Claude Code reads and claude.ai refuses."""
    known = facts.frontmatter()
    for key in frontmatter.data.mapping():
        field = known.fields.get(known.aliases.get(key, key))
        if field and not field.upload:
            yield key


def is_name(text: str) -> bool:
    """Return whether every client takes the text for a skill's name."""
    known = facts.frontmatter()
    short = len(text) <= known.limit("name")
    return short and bool(KEBAB.fullmatch(text)) and not any(word in text for word in known.reserved_words)


def is_readable(frontmatter: Frontmatter) -> bool:
    """Return whether the frontmatter could be read, so that what it lacks is the author's doing."""
    return frontmatter.repaired or not frontmatter.faults
