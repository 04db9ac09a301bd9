from __future__ import annotations

from collections.abc import Callable

import pytest

from skillcheck.blocks.role import unit
from skillcheck.blocks.uses import uses
from skillcheck.model import Skill, Use

MakeSkill = Callable[[str], Skill]
Read = Callable[..., tuple[Use, ...]]
Said = list[tuple[str, str]]


@pytest.fixture
def read(skill: MakeSkill) -> Read:
    def read(*texts: str) -> tuple[Use, ...]:
        blocks = skill("\n".join(f"```python\n{text}\n```" for text in texts)).documents[0].blocks
        *context, last = map(unit, blocks)
        return uses(last, context)

    return read


def said(found: tuple[Use, ...]) -> Said:
    return [(use.module, use.attribute) for use in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import a\na.b.c", [("a", "b.c")]),
        ("import a as z\nz.b(1)", [("a", "b")]),
        ("import a.b\na.b.c; a.d", [("a.b", "c"), ("a", "d")]),
        ("from a import B\nB.c", [("a", "B.c")]),
        ("from a import B\nB(1).c.d", [("a", "B.().c.d")]),
        ("from a import B\nb = B(1)\nb.c()", [("a", "B.().c")]),
        ("from a import B\nwith B.open(1).c as f: f.d", [("a", "B.open.().c")]),
        ("import a\ndef f(x=a.b) -> a.c:\n    a.d", [("a", "b"), ("a", "c"), ("a", "d")]),
        ("import a\n@a.b\nclass A(a.c): pass", [("a", "b"), ("a", "c")]),
        ("import a\na.b = 1\na.b", []),
        ("import a\nsetattr(a, 'b', 1)\na.b", []),
        ("import a\nimport c as b\na.b", [("a", "b")]),
        ("from a import B\nb = B()\nb = 1\nb.c", []),
        ("from a import B\nb = b.c()\nb.d", []),
        ("from a import B\nb = c.x(); c = b.y()\nb.z", []),
        ("from a import B\nimport b\nb = B()\nb.c", []),
        ("from .a import B\nB.c", []),
        ("a.b", []),
        ("import a\nf().b; a[0].c; (", []),
        ("import a\nf().b; a[0].c", []),
        ("try:\n    import a\nexcept ImportError:\n    a = None\na.b", []),
        ("import a\ntry:\n    a.b\nexcept AttributeError:\n    a.c", []),
        ("import a\ntry:\n    a.b\nexcept:\n    pass", []),
        ("import a\ntry:\n    a.b\nexcept ValueError:\n    pass", [("a", "b")]),
        ("import a\nx = a.b if hasattr(a, 'z') else a.c", []),
        ("import a\nx = hasattr(a, 'z') and a.b", []),
        ("import a\nif a.__version__ > '2':\n    a.b", []),
        ("import a, sys\nif sys.platform == 'win32':\n    a.b", []),
        ("import a\nif a.x:\n    a.b", [("a", "x"), ("a", "b")]),
    ],
)  # fmt: skip
def test_what_is_taken_of_an_import_is_told(read: Read, text: str, expected: Said) -> None:
    assert said(read(text)) == expected


def test_the_context_imports_and_binds_too(read: Read) -> None:
    assert said(read("import a", "a.b")) == [("a", "b")]
    assert said(read("import a\na.b = 1", "a.b")) == []
    assert said(read("import a", "(", "a = 1", "a.b")) == []


def test_each_attribute_has_its_place(read: Read) -> None:
    (use,) = read("import a\nx = (a\n  .ünb\n  .c)")
    assert [(str(part.place), part.place.end_column) for part in use.parts] == [
        ("demo/SKILL.md:4:4", 7),
        ("demo/SKILL.md:5:4", 5),
    ]


def test_what_else_the_program_imports_is_told(read: Read) -> None:
    (use,) = read("import c.d\ntry:\n    import e\nexcept ImportError: pass", "import a\na.b")
    assert use.beside == ("a", "c.d")
