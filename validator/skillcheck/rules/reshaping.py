"""Data and a complaint of its shape -> the edit that gives it the shape, where there is but one way."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from skillcheck.model import Data, Edit, Frontmatter, Json
from skillcheck.rules.shape import Complaint
from skillcheck.rules.written import is_bare

PEOPLE = frozenset({"author", "owner"})


def quoted(frontmatter: Frontmatter, complaint: Complaint) -> Iterator[Edit]:
    """Yield the edits that put quotes around a number or a boolean of YAML that has to be a string."""
    value, place = frontmatter.data.at(*complaint.pointer), frontmatter.data.place(*complaint.pointer)
    is_one = isinstance(value, bool | int | float) and place.end_line == place.line and is_bare(frontmatter, place)
    if "string" in complaint.types and is_one:
        yield Edit(replace(place, end_line=place.line, end_column=place.column), '"')
        yield Edit(replace(place, column=place.end_column or place.column), '"')


def reshaped(data: Data, complaint: Complaint) -> Iterator[Edit]:
    """Yield the edit of JSON that makes a mapping of a person's name, or a list of keywords in one string."""
    value, key = data.at(*complaint.pointer), str(complaint.pointer[-1] if complaint.pointer else "")
    if complaint.keyword != "type" or not isinstance(value, str) or not value.strip():
        return
    meant: Json = None
    if key in PEOPLE:
        meant = {"name": value}
    elif key == "keywords":
        meant = [word.strip() for word in value.split(",") if word.strip()]
    if meant:
        yield Edit(data.place(*complaint.pointer), json.dumps(meant, ensure_ascii=False))
