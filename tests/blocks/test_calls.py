from __future__ import annotations

from collections.abc import Callable

import pytest

from skillcheck.blocks.calls import calls
from skillcheck.blocks.role import unit
from skillcheck.model import Skill

MakeSkill = Callable[[str], Skill]
Said = list[tuple[str, str, list[str]]]


@pytest.fixture
def read(skill: MakeSkill) -> Callable[..., Said]:
    def said(*texts: str) -> Said:
        blocks = skill("\n".join(f"```python\n{text}\n```" for text in texts)).documents[0].blocks
        *context, last = map(unit, blocks)
        found = calls(last, context)
        return [(call.module, call.attribute, [keyword.name for keyword in call.keywords]) for call in found]

    return said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("from a import B\nB(x=1, **more)", [("a", "B", ["x"])]),
        ("from a import B as C\nC.make(1)", [("a", "B.make", [])]),
        ("import a\na.b.C(x=1)", [("a", "b.C", ["x"])]),
        ("import a.b\na.b.C(x=1)", [("a.b", "C", ["x"])]),
        ("import a\nimport a.b\na.b.C(); a.c.D()", [("a.b", "C", []), ("a", "c.D", [])]),
        ("import a.b\na.c.D()", [("a", "c.D", [])]),
        ("import a.b as c\nc.D()", [("a.b", "D", [])]),
        ("import a\na()", []),
        ("from a import B\nfrom c import B\nB()", []),
        ("from a import B\nB = 1\nB()", []),
        ("from a import B\ndel B\nB()", []),
        ("from a import B\ndef f(B): B()", []),
        ("from a import B\ndef B(): pass\nB()", []),
        ("from a import B\nclass B: pass\nB()", []),
        ("from a import B\nasync def B(): pass\nB()", []),
        ("from a import B\ntry: pass\nexcept E as B: B()", []),
        ("from a import B\nmatch x:\n    case [*B]: B()", []),
        ("from a import B\nmatch x:\n    case {**B}: B()", []),
        ("from a import B\nmatch x:\n    case int() as B: B()", []),
        ("from a import B\nfrom .c import B\nB()", []),
        ("from .a import B\nB()", []),
        ("try:\n    from a import B\nexcept ImportError:\n    pass\nB()", []),
        ("f(1)()\nx[0].y()", []),
        ("from a import b\nb().c()", [("a", "b", [])]),
        ("from a import b\n(", []),
    ],
)
def test_a_call_of_something_imported_is_told(read: Callable[..., Said], text: str, said: Said) -> None:
    assert read(text) == said


def test_the_context_imports_too(read: Callable[..., Said]) -> None:
    assert read("from a import B\n", "(", "B(x=1)") == [("a", "B", ["x"])]
    assert read("from a import B\n", "B = 1", "B(x=1)") == []


def test_a_call_and_its_keywords_have_places(skill: MakeSkill) -> None:
    (call,) = calls(unit(skill("```python\nfrom a import B\nx = B(1, key=2)\n```").documents[0].blocks[0]))
    assert str(call.place) == "demo/SKILL.md:3:5"
    assert [(str(name.place), name.place.end_column) for name in call.keywords] == [("demo/SKILL.md:3:10", 13)]


def test_dots_stand_for_any_number_of_arguments(skill: MakeSkill) -> None:
    text = "```python\nfrom a import B\nB(...)\nB(1, ...)\nB(x=...)\n```\n"
    (block,) = skill(text).documents[0].blocks
    assert [call.count for call in calls(unit(block))] == [None, None, 0]
