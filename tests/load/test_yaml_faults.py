from __future__ import annotations

import pytest

from skillcheck.load.frontmatter import frontmatter
from skillcheck.load.source import Source


@pytest.mark.parametrize(
    ("yaml", "place", "fact"),
    [
        ("d: a: b", "2:5", "unquoted `: ` in the value of `d`"),
        ("d: a\n  b: c", "3:4", "unquoted `: ` in the value of `d`"),
        ("m:\n  - x: y: z", "3:9", "unquoted `: ` in the value of `x`"),
        ("d: @a", "2:4", "`@` starts the value of `d` unquoted, which YAML reserves"),
        ("d: - a", "2:4", "`-` starts the value of `d` unquoted, which YAML reserves"),
        ("m:\n\ta: b", "3:1", "a tab indents this line, and YAML takes only spaces"),
        ("d: *a", "2:4", "unquoted `*` or `&` starts the value of `d`, which YAML reads as an alias or anchor"),
        ("d: **/*.ts", "2:5", "unquoted `*` or `&` starts the value of `d`, which YAML reads as an alias or anchor"),
        (
            'd: "a',
            "2:4",
            'the quote `"` that opens the value of `d` is never closed',
        ),
        ("d: [a\ne: f", "2:4", "the `[` that opens the value of `d` is never closed, or a comma is missing after it"),
        ('d: "a" b', "2:8", '`b` follows the closing `"` of the value of `d`'),
        ("m:\n    a: b\n  c: d", "4:3", "`c: d` is indented by 2 and belongs to no field above"),
        ("d: a\ne", "3:1", "`e` is no `key: value` pair"),
        ("d: \0", "2:4", "control character U+0000 in the value of `d`"),
        ("a: b\n...\nc: d", "3:1", "`...` ends the YAML, but more of it follows"),
        ("@a", "2:1", "`@` starts the frontmatter unquoted, which YAML reserves"),
    ],
)
def test_causes_are_told_at_their_place(yaml: str, place: str, fact: str) -> None:
    top, _ = frontmatter(Source("f", f"---\n{yaml}\n---\n"))
    (fault,) = top.faults
    assert (str(fault.place), fault.fact) == (f"f:{place}", fact)
    assert fault.remedy
