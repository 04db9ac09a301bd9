from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillcheck.runner.scripts.reading import read

BOUND = [
    "const a = 1, { b, c: [d, ...e], f = 2 } = g0;",
    "let a; a += b0;",
    "function f(a, { b }, c = 1, ...d) { return a + b + c + d + arguments.length; }",
    "const f = a => a; const g = async (b) => b; f(g);",
    "class A { #x = 1; m(a) { return a + this.#x; } } new A();",
    "for (const [a, b] of []) a(b); try { } catch ({ message }) { message; }",
    "import a, { b as c, d } from 'x'; import * as e from 'y'; a(c, d, e);",
    "label: for (;;) break label;",
    "if (typeof window !== 'undefined') window.x;",
    "x = 1; x.y.z; ({ key: x, x });",
    "export { a0 as b }; export { c } from 'x'; export * from 'y';",
    "const f = function named() { named(); }; function* g() {} g(f); const C = class D { m() { D; } };",
]


@pytest.mark.parametrize("text", BOUND)
@pytest.mark.parametrize("language", ["javascript", "typescript"])
def test_what_is_bound_is_not_free(text: str, language: str) -> None:
    assert {name for name in read(text, language).free if not name.endswith("0")} <= {"undefined"}


def test_types_are_erased() -> None:
    text = "interface A { b: B }\ntype C = typeof d;\ndeclare const e: E;\n"
    text += "function f(a: A, b?: React.FC<B>): a is B { return <any>b as C; }\nlet g: (x: H) => void = f<I>;\ne;\n"
    assert set(read(text, "typescript").free) == {"e"}


def test_free_names_have_their_places() -> None:
    assert read("// é\n  'é' + foo(bar);\nfoo;\n", "javascript").free == {"foo": (2, 9), "bar": (2, 13)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("import 'a'; import b from \"b/c\"; export * from './d.js';", {"a", "b/c", "./d.js"}),
        ("const a = require('a'); await import('b'); import(a); require(`c`); f.require('d'); require();", {"a", "b"}),
        ("import type { A } from 'a'; import { type B } from 'b';", {"b"}),
        ("export const a = 1;", set()),
    ],
)
def test_imports_are_listed(text: str, found: set[str]) -> None:
    assert set(read(text, "typescript").imports) == found


@pytest.mark.parametrize(
    ("text", "module"),
    [
        ("import 'a';", True),
        ("export default 1;", True),
        ("await f();", True),
        ("for await (const a of b) a;", True),
        ("import.meta.url;", True),
        ("async function f() { await g(); new.target; }", False),
        ("const f = async () => await g();", False),
        ("import('a');", False),
        ("require('a');", False),
    ],
)
def test_a_module_is_told_by_its_syntax(text: str, module: bool) -> None:  # noqa: FBT001 - a case's expectation
    assert read(text, "javascript").module is module


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("const a = <b>c</b>;", (True, False, False, False)),
        ("class A { @b c() {} }", (False, True, False, False)),
        ("{ a: 1, b: 2 }", (False, False, True, False)),
        ("plugins: ['a']", (False, False, True, False)),
        ("a: for (;;) break a;", (False, False, False, False)),
        ("// nothing", (False, False, False, True)),
        ("interface A {}\nexport type B = A;\n", (False, False, False, True)),
        ("export { a };", (False, False, False, False)),
    ],
)
def test_what_no_runtime_takes_is_seen(text: str, flags: tuple[bool, bool, bool, bool]) -> None:
    found = read(text, "typescript")
    assert (found.elements, found.decorators, found.values, found.inert) == flags


@given(
    st.text(alphabet="abcx(){}[]=>.,;:'\"`\n éimport const await", max_size=80),
    st.sampled_from(["javascript", "typescript"]),
)
def test_any_text_is_read(text: str, language: str) -> None:
    found = read(text, language)
    assert not found.free.keys() & found.declared
    for line, column in (*found.used.values(), *found.imports.values()):
        assert 1 <= line <= text.count("\n") + 1
        assert column >= 1
