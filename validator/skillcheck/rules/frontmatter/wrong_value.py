"""Frontmatter -> wrong-value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from skillcheck.model import Frontmatter
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule
from skillcheck.rules.shape import Complaint, complaints

_SIGN = re.compile(r"[^\w\s-]")  # which no word has that is taken
_FEW = 3  # words that may be meant as one of those that are taken


@rule("SK106", clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/skills")
def wrong_value(frontmatter: Frontmatter) -> Iterator[Told]:
    """A field's value is none that the client knows.

    Claude Code ignores such a value and goes on with its default. What was asked for does not happen.
    """
    for complaint in complaints("skill-frontmatter", frontmatter.data):
        if complaint.keyword != "type":
            yield replace(complaint.told, fix=_fix(frontmatter, complaint))


def _fix(frontmatter: Frontmatter, complaint: Complaint) -> str:
    """Return what to do; a sentence in the place of a word was meant for a reader."""
    value = frontmatter.data.at(*complaint.pointer)
    is_text = isinstance(value, str) and (len(value.split()) > _FEW or _SIGN.search(value) is not None)
    is_sentence = len(complaint.pointer) == 1 and is_text
    return "move the text to the description, or to the body" if is_sentence else complaint.told.fix
