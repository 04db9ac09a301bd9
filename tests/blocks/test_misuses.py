from __future__ import annotations

from collections.abc import Callable

import pytest

from skillcheck.blocks.misuses import misuses
from skillcheck.blocks.role import unit
from skillcheck.model import Misuse, Skill

Read = Callable[..., tuple[Misuse, ...]]
ADD = "def add(a, b=0, /, c=0, *, d):\n    pass\n"


@pytest.fixture
def read(skill: Callable[[str], Skill]) -> Read:
    def read(*texts: str) -> tuple[Misuse, ...]:
        blocks = skill("\n".join(f"```python\n{text}\n```" for text in texts)).documents[0].blocks
        *context, last = map(unit, blocks)
        return misuses(last, context)

    return read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{ADD}add(1, 2, 3, d=4)", []),
        (f"{ADD}add(1, 2, 3, 4, d=4)", ["`add` takes 3 arguments by position, not 4"]),
        (f"{ADD}add(1)", ["`add` also needs `d`"]),
        (f"{ADD}add()", ["`add` also needs `a`, `d`"]),
        (f"{ADD}add(1, d=1, cc=2)", ["`add` takes no argument `cc`"]),
        (f"{ADD}add(a=1, d=1)", ["`add` takes no argument `a`"]),
        (f"{ADD}add(*x)", []),
        (f"{ADD}add(...)", []),
        (f"{ADD}add(1, ...)", []),
        (f"{ADD}add(..., e=2)", ["`add` takes no argument `e`"]),
        (f"{ADD}add(**x)", []),
        (f"{ADD}add(1, **x)", []),
        ("def f(a): pass\nf(1, 2)", ["`f` takes 1 argument by position, not 2"]),
        ("def f(*a, **b): pass\nf(1, 2, c=3)", []),
        ("@x\ndef f(a): pass\nf()", []),
        ("def f(a): pass\nf = g(f)\nf()", []),
        ("def f(a): pass\ndef h(f): f()", []),
        ("if x:\n    def f(a): pass\nf()", []),
        ("def f(a): pass\ntry:\n    f()\nexcept TypeError:\n    pass", []),
        ("def f(a): pass\ntry:\n    f()\nexcept:\n    pass", []),
        ("def f(a): pass\nwith pytest.raises(TypeError):\n    f()", []),
        ("def f(a): pass\ntry:\n    f()\nexcept KeyError:\n    pass", ["`f` also needs `a`"]),
        ("x.f(1); f()(2)", []),
        ("(", []),
    ],
)
def test_calls_that_a_function_cannot_take(read: Read, text: str, expected: list[str]) -> None:
    assert [misuse.fact for misuse in read(text)] == expected


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("def f(name, loud): pass\nf(1, lod=2)", "did you mean `loud`?"),
        ("def f(name): pass\nf(1, zz=2)", "it takes `name`"),
        ("def f(): pass\nf(zz=2)", "it takes nothing"),
    ],
)
def test_the_remedy_says_what_it_takes(read: Read, text: str, remedy: str) -> None:
    assert [misuse.remedy for misuse in read(text)] == [remedy]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("async def f(): pass\nf()", [3]),
        ("async def f(): pass\nawait f()", []),
        ("async def f(): pass\nx = f()", []),
        ("async def f():\n    yield 1\nf()", []),
        ("@x\nasync def f(): pass\nf()", []),
        ("def f(): pass\nf()", []),
        ("g(); x.y()", []),
        ("class A:\n    async def f(self): pass\n    def g(self):\n        self.f()\n        self.g()", [5]),
        ("class A:\n    @x\n    async def f(self): pass\n    def g(self):\n        self.f()", []),
        ("class A:\n    def g(self):\n        self.f()", []),
    ],
)
def test_calls_that_nobody_awaits(read: Read, text: str, lines: list[int]) -> None:
    found = read(text)
    assert [misuse.place.line for misuse in found] == lines
    assert all(misuse.fact.endswith("is async, and its call is never awaited") for misuse in found)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("n = 0\ndef f():\n    n += 1", 4),
        ("n = 0\ndef f():\n    global n\n    n += 1", None),
        ("n = 0\ndef f(n):\n    n += 1", None),
        ("n = 0\ndef f():\n    n = 1\n    n += 1", None),
        ("n = 0\ndef f():\n    import n\n    n += 1", None),
        ("n = 0\ndef f():\n    for n in x:\n        n += 1", None),
        ("n = 0\ndef f():\n    def g():\n        nonlocal n\n        n += 1\n    n = 0", None),
        ("n = 0\ndef f():\n    def g():\n        n = 1\n    n += 1", 6),
        ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import a\na.b()", 5),
        ("import typing\nif typing.TYPE_CHECKING:\n    import a\nclass B(a.C): pass", 5),
        ("if TYPE_CHECKING:\n    import a\n    x: a.B\ndef f(y: a.B) -> a.C:\n    z: a.D = y", None),
        ("if TYPE_CHECKING:\n    import a\nelse:\n    a = None\na.b()", None),
        ("if TYPE_CHECKING:\n    import a\ndef f():\n    import a\n    a.b()", None),
        ("if TYPE_CHECKING:\n    import a\na.b(); a.c()", 4),
    ],
)
def test_names_that_are_bound_elsewhere_than_where_they_are_used(read: Read, text: str, line: int | None) -> None:
    assert [misuse.place.line for misuse in read(text)] == ([] if line is None else [line])


def test_the_context_defines_functions_too(read: Read) -> None:
    assert [str(misuse.place) for misuse in read("def f(a): pass", "(", "f()")] == ["demo/SKILL.md:8:1"]
    assert read("def f(a): pass", "f = 1", "f()") == ()
