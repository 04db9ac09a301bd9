from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillcheck.blocks.names import names, spot


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("print(x)\n", {"x": (1, 7)}),
        ("é = 1; print(é, x)\n", {"x": (1, 17)}),
        ("x = 1\nprint(x)\n", {}),
        ("print(x)\nx = 1\n", {"x": (1, 7)}),
        ("def f():\n    return x\nx = 1\n", {}),
        ("def f():\n    return x\n", {"x": (2, 12)}),
        ("[x for x in y]\n", {"y": (1, 13)}),
        ("class A:\n    b = 1\n    def f(self):\n        return b\n", {"b": (4, 16)}),
        ("try:\n    x\nexcept NameError:\n    x = 1\n", {}),
        ("def f(a: 'Missing'):\n    pass\n", {"Missing": (1, 10)}),
        ("__all__ = ['gone']\n", {"gone": (1, 1)}),
        ("print(__file__, __name__)\n", {}),
        ("display(1)\n", {"display": (1, 1)}),
        ("x: int\nprint(x)\n", {"x": (2, 7)}),
        ("await x\n", {"x": (1, 7)}),
        ("del x\n", {"x": (1, 5)}),
        ("x\nx\n", {"x": (1, 1)}),
        ("def f():\n    global n\n    n += 1\n", {"n": (3, 5)}),
        ("def f():\n    global n\n", {}),
        ("def f():\n    global n\n    print(n)\n", {"n": (3, 11)}),
    ],
)
def test_a_block_needs_what_it_uses_and_does_not_bind(text: str, needs: dict[str, tuple[int, int]]) -> None:
    assert names(text).needs == needs


@pytest.mark.parametrize(
    ("text", "gives"),
    [
        ("a = b = 1\n", {"a", "b"}),
        ("a, (b, *c) = x\n", {"a", "b", "c"}),
        ("import os.path, sys as s\nfrom a import b, c as d\n", {"os", "s", "b", "d"}),
        ("def f():\n    inner = 1\nasync def g(): ...\nclass C:\n    attr = 1\n", {"f", "g", "C"}),
        ("for i in x:\n    j = i\nwith x as w:\n    pass\n", {"i", "j", "w"}),
        ("if x:\n    a = 1\ntry:\n    b = 1\nexcept E as e:\n    c = 1\n", {"a", "b", "c"}),
        ("match x:\n    case {'k': v, **rest}:\n        pass\n", {"v", "rest"}),
        ("print(y := 1)\n", {"y"}),
        ("def f():\n    global g\n    g = 1\n", {"f", "g"}),
        ("def f():\n    global g\n    import g\n", {"f", "g"}),
        ("def f():\n    global g\n    try: pass\n    except E as g: pass\n", {"f", "g"}),
        ("def f():\n    global g\n    def g(): pass\n", {"f", "g"}),
        ("def f():\n    global g\n    g += 1\n", {"f"}),
        ("x: int\n", set()),
        ("x = 1\ndel x\n", set()),
        ("from a import *\n", set()),
    ],
)
def test_a_block_gives_what_it_binds_in_the_module(text: str, gives: set[str]) -> None:
    assert names(text).gives == gives


def test_a_star_import_may_give_anything() -> None:
    found = names("from math import *\nfrom . import *\nprint(pi)\n")
    assert (found.needs, found.likes, found.stars) == ({}, frozenset({"pi"}), ("math",))


def test_a_global_that_a_function_assigns_may_come_from_elsewhere() -> None:
    found = names("def f():\n    global pool\n    if pool is None:\n        pool = 1\n")
    assert (found.needs, found.likes) == ({}, frozenset({"pool"}))


@pytest.mark.parametrize(
    ("text", "gives"),
    [
        ("async def f(:\n", {"f"}),
        ("class A(\n", {"A"}),
        ("x: int = (\n", {"x"}),
        ("x == (\n", set()),
        ("import a.b as c\nfrom x import y as z\n(\n", {"c", "z"}),
        ("with open() as f:\n(\n", {"f"}),
        ("\0x = 1\ny = 1\n", {"y"}),
    ],
)
def test_of_a_block_that_does_not_parse_the_names_are_guessed(text: str, gives: set[str]) -> None:
    found = names(text)
    assert (found.parsed, found.gives, found.needs) == (False, frozenset(gives), {})


def test_of_a_block_that_is_too_deep_to_read_the_names_are_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr("skillcheck.blocks.names._Checker", refuse)
    assert names("too_deep = print\n").gives == {"too_deep"}


def test_nesting_without_end_is_guessed_too() -> None:
    found = names("x = " + "+".join("1" * 3000) + "\n")
    assert (found.parsed, found.gives) == (False, frozenset({"x"}))


def test_only_a_package_has_a_path() -> None:
    assert names("print(__path__)\n", "src/a/__init__.py").needs == {}
    assert names("print(__path__)\n", "src/a/b.py").needs == {"__path__": (1, 7)}


def test_a_spot_counts_characters() -> None:
    assert spot(["ab", "é𝄞x"], 2, 6) == (2, 3)


@given(st.text() | st.text(alphabet="xy=():\n\t '\"[]{}.,defglobalimport*"))
def test_no_text_raises(text: str) -> None:
    found = names(text)
    assert not found.needs.keys() & found.likes
