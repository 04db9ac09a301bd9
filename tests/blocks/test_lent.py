from __future__ import annotations

from collections.abc import Callable

import pytest

from skillcheck.blocks import units
from skillcheck.blocks.lent import lent
from skillcheck.model import Skill

Made = Callable[[str], Skill]


def fence(*texts: str) -> str:
    return "\n".join(f"```python\n{text}\n```\n" for text in texts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import os\nx = <VALUE>", "import os\n"),
        (
            "x = <VALUE>\n\nimport os, sys  # both\nfrom a.b import c, d",
            "\n\nimport os, sys  # both\nfrom a.b import c, d\n",
        ),
        ("from a import (\n    b,\n    c,\n)\nx = <VALUE>", "from a import (\n    b,\n    c,\n)\n"),
        ("from a import *\n<MORE>", "from a import *\n"),
    ],
)
def test_the_imports_of_a_block_that_is_shown_keep_their_lines(skill: Made, text: str, expected: str) -> None:
    (unit,) = units(skill(fence(text)))
    reduced = lent(unit)
    assert reduced is not None
    assert reduced.block.text == expected


@pytest.mark.parametrize(
    "text", ["x = <VALUE>", "import <MODULE>", "from {a} import b", "def f():\n    import os, <X>"]
)
def test_what_is_no_import_by_itself_is_not_lent(skill: Made, text: str) -> None:
    (unit,) = units(skill(fence(text)))
    assert lent(unit) is None
