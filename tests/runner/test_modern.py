from __future__ import annotations

import ast
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillcheck.runner.modern import LONGEST, needed


@pytest.mark.parametrize(
    ("text", "release"),
    [
        ("type X = int", "3.12"),
        ("if 1:\n    type Pair[T] = tuple[T, T]", "3.12"),
        ("def first[T: (int, list[str]), *Ts](items: list[T]) -> T:\n    return items[0]", "3.12"),
        ("class A[T](B[T]):\n    async def f[U](self): return self.x[0]", "3.12"),
        ('print(f"{x["a"]}")', "3.12"),
        ("print(f'{{x}} {', '.join(x):>{n}}\\n')", "3.12"),
        ("try:\n    pass\nexcept ValueError, a.TypeError:\n    pass", "3.14"),
        ("try:\n    pass\nexcept* ValueError, TypeError:\n    pass\ntype A = int", "3.14"),
        ('print(t"hello {name}", rt"\\d", tr"\\d")', "3.14"),
        ("await a(t'x')", "3.14"),
    ],
)
def test_what_a_later_python_reads(text: str, release: str) -> None:
    assert needed(text) == release


@pytest.mark.parametrize(
    "text",
    [
        "def f(:",
        "try:\n    pass\nexcept ValueError, e:\n    pass",
        "def f[T](x: T) -> T\n    return x",
        "def f[T(x: T): pass",
        "type X = ",
        "def f[\ntype X[T]\n](x): pass\n(",
        "print 'a', f'{b}'",
        "def f():\n    return f'{await a()}' + f'{b}'\n\ndef g():\n    await b()",
        "return f'{b}'",
        "type X = int\nbreak",
        "x = f\"{\nx['a']",
        'x = (f"""{\na}""',
        "(" * 500 + "f''",
        "f''\0",
        "type X = int\n(" + "#" * LONGEST,
    ],
)
def test_what_no_python_reads(text: str) -> None:
    assert needed(text) == ""


PARTS = ["def f", "class A", "type X", "[T]", "(x)", ":", " = ", "f'", 'f"', "t'", "'", '"', "{", "}", "except A, B"]


@given(st.lists(st.sampled_from([*PARTS, "\n"]), max_size=30).map("".join))
def test_any_text_is_read_by_a_release_or_by_none(text: str) -> None:
    release = needed(text)
    assert release in {"", "3.12", "3.14"}
    if release and tuple(map(int, release.split("."))) <= sys.version_info[:2]:
        ast.parse(text)
