from __future__ import annotations

from dataclasses import replace

import pytest

from skillcheck.blocks.halves import without_wrong
from skillcheck.blocks.role import HALF, unit
from skillcheck.model import Block, Directive, Place, Role

BLOCK = Block("SKILL.md", 0, "python", "python", "", 8, 1, Place("SKILL.md", 7))


def block(text: str, language: str = "python") -> Block:
    return replace(BLOCK, text=text, language=language)


@pytest.mark.parametrize(
    ("language", "text", "kept"),
    [
        ("python", "# BAD\n1 / 0\n\n# GOOD\nx = 1\n", "\n\n\n# GOOD\nx = 1\n"),
        ("python", "import a\n# Good:\nx = 1\n# Bad:\n1 / 0\n", "import a\n# Good:\nx = 1\n\n\n"),
        ("python", "# ❌ Wrong\nimport b\nb.x\n# ✅ Right\nb.y\n", "\nimport b\n\n# ✅ Right\nb.y\n"),
        ("python", "# Python 2\nprint 1\n# Python 3.x:\nprint(1)\n", "\n\n# Python 3.x:\nprint(1)\n"),
        ("python", "# BAD\na = 1\nb = a\n# GOOD\nprint(a)\n", "\na = 1\n\n# GOOD\nprint(a)\n"),
        ("python", "# BAD\na: int = 1\nb = [\n  a]\n# GOOD\nb[0]\n", "\na: int = 1\nb = [\n  a]\n# GOOD\nb[0]\n"),
        ("python", "# BAD\n@d\ndef f(): pass\n# GOOD\nf()\n", "\n@d\ndef f(): pass\n# GOOD\nf()\n"),
        ("python", "# BAD\na = 1\na.b = 2\n# GOOD\na = 2\nprint(a, c)\n", "\n\n\n# GOOD\na = 2\nprint(a, c)\n"),
        ("python", "# BAD\na = (\n# GOOD\nprint(a)\n", "\n\n# GOOD\nprint(a)\n"),
        ("javascript", "// BAD\nf(\n// GOOD\nf()\n", "\n\n// GOOD\nf()\n"),
        ("bash", "# Don't\nrm\n# Do\nls\n# Don't\nrm\n", "\n\n# Do\nls\n\n\n"),
    ],
)
def test_what_is_called_wrong_is_left_out(language: str, text: str, kept: str) -> None:
    found = without_wrong(block(text, language), language)
    assert found is not None
    assert found.text == kept


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("python", "# BAD\n1 / 0\n"),
        ("python", "x = 1\n# GOOD\ny = 2\n"),
        ("python", "def f():\n    # BAD\n    1 / 0\n    # GOOD\n    return 1\n"),
        ("python", "# BAD\nf(\n# GOOD\n1)\n"),
        ("sql", "-- BAD\nSELECT\n-- GOOD\nSELECT 1\n"),
        ("", "# BAD\nx\n# GOOD\nx\n"),
    ],
)
def test_what_has_no_two_parts_is_left_whole(language: str, text: str) -> None:
    assert without_wrong(block(text, language), language) is None


def test_the_right_half_is_a_script_that_says_what_it_is_without() -> None:
    found = unit(block("# BAD\n1 / 0\n# GOOD\nx = 1\n"))
    assert (found.role, found.reason) == (Role.SCRIPT, HALF)
    whole = unit(replace(block("# BAD\n1 / 0\n# GOOD\nx = 1\n"), directive=Directive({"raises": "ZeroDivisionError"})))
    assert (whole.role, whole.block.text) == (Role.SCRIPT, "# BAD\n1 / 0\n# GOOD\nx = 1\n")
    blank = unit(block("# BAD\n1 / 0\n# GOOD\nx = <VALUE>\n"))
    assert blank.role is Role.SHOWN
