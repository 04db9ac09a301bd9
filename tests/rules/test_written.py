"""Places inside the values of the frontmatter."""

from __future__ import annotations

import pytest

from skillcheck.load.frontmatter import frontmatter
from skillcheck.load.source import Source
from skillcheck.rules.written import comment_behind, line, within


@pytest.mark.parametrize(
    ("yaml", "needle", "place"),
    [
        ("description: Fills <b>forms</b>", "<b>", "f:2:20"),
        ("description: >\n  Fills\n  <b>forms</b>", "<b>", "f:4:3"),
        ('description: "Fills \\x3cb>"', "<b>", "f:2:14"),
    ],
)
def test_within(yaml: str, needle: str, place: str) -> None:
    top, _ = frontmatter(Source("f", f"---\n{yaml}\n---\n"))
    assert str(within(top, "description", needle)) == place


def test_lines_outside_are_empty() -> None:
    top, _ = frontmatter(Source("f", "---\n\nname: a\n---\nx\n"))
    assert [line(top, number) for number in (1, 3, 9)] == ["", "name: a", ""]


@pytest.mark.parametrize(
    ("yaml", "place"),
    [
        ("description: Fixes issue #3 of it", "f:2:26"),
        ("description: Says ## more", "f:2:19"),
        ("description: Fills forms. # short", None),
        ("description: Fills # " + "a long sentence that was meant for the description", "f:2:20"),
        ('description: "Fills #3"', None),
        ("description: Fills#3", None),
        ("description: a # skillcheck: ignore SK301 of a reason that is long enough to be a text", None),
        ("name: a #3", None),
    ],
)
def test_comments_behind_a_text(yaml: str, place: str | None) -> None:
    top, _ = frontmatter(Source("f", f"---\n{yaml}\n---\n"))
    found = comment_behind(top, "description")
    assert (str(found) if found else None) == place
