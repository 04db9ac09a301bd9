from __future__ import annotations

from collections.abc import Callable

import pytest

from skillcheck.blocks.role import unit
from skillcheck.blocks.stars import starred
from skillcheck.model import Skill


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("from m import *\nx = 1\nf(x)",), [("m", "f", "demo/SKILL.md:4:1")]),
        (("from m import *", "f(1)"), [("m", "f", "demo/SKILL.md:5:1")]),
        (("from m import *", "def f(x): pass", "f(1)"), []),
        (("from m import *\nfrom n import *\nf()",), []),
        (("from m import *", "from n import *\nf()"), []),
        (("f()",), []),
        (("from m import *\nprint(1)",), []),
    ],
)
def test_names_that_only_one_star_import_can_give(
    skill: Callable[[str], Skill], texts: tuple[str, ...], expected: list[tuple[str, str, str]]
) -> None:
    blocks = skill("\n".join(f"```python\n{text}\n```" for text in texts)).documents[0].blocks
    *context, last = map(unit, blocks)
    assert [(use.module, use.attribute, str(use.parts[0].place)) for use in starred(last, context)] == expected
