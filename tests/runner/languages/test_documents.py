from __future__ import annotations

import pytest

from skillcheck.blocks.languages import PROVEN
from skillcheck.runner.languages import ACCEPTED, Verdict, languages
from skillcheck.runner.languages.grammars import faults

WHOLE = {
    "c": "int main(void) { return 0; }\n",
    "cpp": "#include <map>\nauto f = [](auto x) { return x; };\n",
    "csharp": "var x = 1;\nrecord Point(int X, int Y);\n",
    "css": '@import "tailwindcss" prefix(tw);\n@theme { --color-*: initial; }\na { &:hover { color: red; } }\n',
    "go": "package main\n\nfunc main() { println(1) }\n",
    "graphql": "type Query { me: User! }\n",
    "hcl": 'resource "a" "b" {\n  c = var.d\n}\n',
    "html": "<!doctype html>\n<p>one</p>\n<script>let a = 1;</script><style>a { color: red }</style>\n",
    "ini": "[a]\nb = 1\nc\n",
    "java": "record A(int b) {}\n",
    "javascript": "const a = <B c={1} />;\nawait using b = c;\n",
    "jsonc": "// wrangler\n{ \"a\": [1, -2, Infinity,], b: 'c', }\n",
    "jsx": "const a = <B />;\n",
    "kotlin": "data class A(val b: Int = 1)\n",
    "makefile": "all: a\n\techo $@\n",
    "php": "<?php\necho 1;\n?>\n<p><?= $x ?></p>\n",
    "powershell": "Get-ChildItem | Where-Object { $_.Length -gt 1 }\n",
    "ruby": "class A\n  def b = 1\nend\n",
    "rust": 'fn main() { println!("{}", 1); }\n',
    "sql": "SELECT a::int FROM b WHERE c = $1;\n",
    "svelte": '<script lang="ts">let a: number = 1;</script>\n<p>{a}</p>\n',
    "swift": 'struct A: View { var body: some View { Text("a") } }\n',
    "tsx": "const a = <B<string> c={1} />;\n",
    "typescript": "const [,a] = b(/* c */, [1,, 2]);\nconst a = <T,>(b: T): T => b;\nfor await (using c of d()) {}\n",
    "vue": '<script setup lang="ts">\nconst a: number = 1\n</script>\n<template><p @click="b">{{ a }}</p></template>\n',
    "xml": '<?xml version="1.0"?>\n<a b="c"/>\n',
}
PARTS = [
    ("typescript", "<A />\n<B c={d}>e</B>\n"),
    ("typescript", "import { A } from 'a'\n<A b={c}>\n  <D />\n</A>\n"),
    ("typescript", '<div className="a">\n'),
    ("typescript", "// React\nonClick={() => a()}\n"),
    ("typescript", "async a(b: string): Promise<void> {}\n"),
    ("typescript", "a: 1,\nb: { c: 2 },\n"),
    ("typescript", "// chained\n.select('a')\n"),
    ("typescript", "name?: string;\nage: number;\n"),
    ("javascript", "else { a(); }\n"),
    ("javascript", "@decorated()\n"),
    ("java", "@Override\npublic void a() {}\n"),
    ("java", ".addTool(a.builder().build())\n"),
    ("csharp", "[Fact]\n"),
    ("go", "if err != nil {\n\treturn err\n}\n"),
    ("php", "public function a(): int { return 1; }\n"),
    ("rust", "Some(x) => x,\nNone => 0,\n"),
    ("jsonc", '"a": 1, // one\n"b": 2\n'),
    ("jsonc", '// one\n{ "a": 1 }\n\n// two\n{ "b": 2 }\n'),
    ("graphql", "name: String!\nage: Int\n"),
    ("ini", "a = 1\n"),
    ("xml", "<a/>\n<b/>\n"),
    ("css", "color: red;\nmargin: 0;\n"),
]
TEMPLATES = [
    ("go", "// Package a is one.\npackage a\n\nimport ...\n"),
    ("typescript", "const a = { ... }\nconst b = (c) => ...\n"),
    ("typescript", "export class ${NAME} extends A {}\n"),
    ("typescript", "const a = [Your Name];\n"),
    ("typescript", "- import a from 'a'\n+ import b from 'b'\n"),
    ("typescript", "x({\n  database: /* ... */,\n});\n"),
    ("typescript", "a()\n→ called by b\n"),
    ("javascript", "Hello {{$json.name}}!\n"),
    ("jsonc", '{ "a": 1, ... }\n'),
    ("graphql", "type A {\n  ...\n}\n"),
    ("sql", "SELECT {{ a }} FROM {% b %};\n"),
    ("xml", "<a ...>b</a>\n"),
]
WRONG = [
    ("typescript", "const a = {\n  b: 1,\n  c: [2,\n};\n", 3, 6, "this is not TypeScript: this `[` is never closed"),
    ("typescript", "function a() {\n  return 1;\n", 1, 14, "this is not TypeScript: this `{` is never closed"),
    ("javascript", "a();\n}\n", 2, 1, "this is not JavaScript: this `}` closes nothing"),
    ("javascript", "a([)];\n", 1, 4, "this is not JavaScript: unexpected `)`"),
    ("java", "class A {\n  int b = 1\n}\n", 2, 12, "this is not Java: `;` is missing"),
    ("ruby", "a = b >\n", 1, 8, "this is not Ruby: an identifier is missing"),
    ("go", "let x\n", 1, 5, "this is not Go: unexpected `x`"),
    ("javascript", "const é = 1; const = 2;\n", 1, 14, "this is not JavaScript: unexpected `const`"),
    ("jsonc", '{ "a": foo() }\n', 1, 8, "this is not JSON with comments: this is no value"),
    ("jsonc", '{\n  "a": 1\n  "b": 2\n}\n', 2, 9, "this is not JSON with comments: `,` is missing"),
    ("jsonc", '{ "a": 1,, "b": 2 }\n', 1, 10, "this is not JSON with comments: nothing stands before this comma"),
    ("jsonc", '{"a": [1, , 3]}\n', 1, 11, "this is not JSON with comments: nothing stands before this comma"),
    ("javascript", "f({a: 1,, b: 2});\n", 1, 9, "this is not JavaScript: nothing stands before this comma"),
    ("typescript", "f(a,\n  , b);\n", 2, 3, "this is not TypeScript: nothing stands before this comma"),
    ("go", "package main\n\nfunc main( {\n}\n", 3, 10, "this is not Go: this `(` is never closed"),
    ("cpp", "int main() {\n  return 0;\n", 1, 12, "this is not C++: this `{` is never closed"),
    (
        "graphql",
        "type A {\n  b: String @c(d: $e)\n}\n",
        2,
        19,
        "this is not GraphQL: unexpected variable '$e' in constant value",
    ),
    ("xml", '<?xml version="1.0"?>\n<a>\n</b>\n', 3, 3, "this is not XML: mismatched tag"),
    ("html", "<p>\n<script>\nlet a = (;\n</script>\n", 3, 9, "this is not JavaScript: this `(` is never closed"),
    ("vue", '<script lang="ts">\nlet a: = 1\n</script>\n', 2, 8, "this is not TypeScript: unexpected `=`"),
    ("sql", "SELECT a, (b FROM c;\n", 1, 11, "this is not SQL: this `(` is never closed"),
    ("sql", "SELECT (a, b(c) FROM d;\n", 1, 8, "this is not SQL: this `(` is never closed"),
    ("sql", "SELECT a) FROM c;\n", 1, 9, "this is not SQL: this `)` closes nothing"),
    ("sql", "SELECT 1;\n$)\n", 2, 2, "this is not SQL: this `)` closes nothing"),
    ("sql", "SELECT 'a FROM c;\n", 1, 1, "this is not SQL: a quote or a comment is never closed"),
    ("php", "$a = ;\n", 1, 4, "this is not PHP: unexpected `=`"),
    ("css", "a {\n  color: red;\n", 1, 3, "this is not CSS: this `{` is never closed"),
]
SHOWN = [
    ("typescript", "await a.b(c?: D): Promise<E>\n", "a signature"),
    ("rust", "error[E0432]: unresolved import\n  --> a.rs\n", "output"),
    ("java", "java.lang.Error: a\n\tat b.C.d(E.java:1)\n", "output"),
    ("go", "module a\n\ngo 1.22\n", "a go.mod"),
    ("c", "__try { __asm { int 3 } } __except(A) { return; }\n", "not read by its parser"),
    ("html", "<span>></span>\n", "not read by its parser"),
    ("ini", "[a]\n= 1\n", "not read by its parser"),
    ("sql", "SELECT FROM WHERE;;GRANT ?? 1 1 1\n", "not read by its parser"),
    ("sql", "admin'--\n", "not read by its parser"),
    ("xml", '<!DOCTYPE a [<!ENTITY b "c">]>\n<a>&b;</a>\n', "it declares entities"),
    (
        "xml",
        '<p><v>@(context.Get<int>("a", 0).Text())</v><w c="@(a.B("c"))">@{ if (a < 1) { return "b"; } }</w></p>\n',
        "code in it that is no XML",
    ),
    ("xml", "<role>colour & type < 3</role>\n", "marks that are no XML"),
]


def read(language: str, text: str) -> Verdict:
    return languages()[language].parse(text)


def test_a_missing_node_is_told_in_words() -> None:
    assert faults._said("type_identifier") == "a type identifier"
    assert faults._said("_expression") == "an expression"


def test_only_scripts_and_styles_of_their_languages_are_read() -> None:
    assert read("html", "<script>let a = (;</script>\n").fact
    assert read("html", '<script type="text/x-template">let a = (;</script>\n') == ACCEPTED
    assert read("html", "<style>a {</style>\n").fact
    assert read("html", '<style lang="postcss">a {</style>\n').fact
    assert read("html", '<style lang="scss">a {</style>\n') == ACCEPTED


def test_the_folder_and_the_table_of_blocks_agree() -> None:
    assert {*languages(), "python"} == PROVEN


@pytest.mark.parametrize(("language", "text"), WHOLE.items(), ids=WHOLE)
def test_a_whole_text_is_accepted(language: str, text: str) -> None:
    assert read(language, text) == ACCEPTED


@pytest.mark.parametrize("language", sorted({*WHOLE} - {"graphql", "xml"}))
def test_nothing_is_accepted(language: str) -> None:
    assert not read(language, "").fact


@pytest.mark.parametrize(("language", "text"), PARTS)
def test_a_part_is_a_fragment(language: str, text: str) -> None:
    assert read(language, text) in {Verdict(reason="a fragment"), ACCEPTED}


@pytest.mark.parametrize(("language", "text"), TEMPLATES)
def test_what_parses_once_it_is_filled_in_is_a_template(language: str, text: str) -> None:
    assert read(language, text) == Verdict(reason="a template")


@pytest.mark.parametrize(("language", "text", "line", "column", "fact"), WRONG)
def test_what_is_wrong_is_told_at_its_place(language: str, text: str, line: int, column: int, fact: str) -> None:
    verdict = read(language, text)
    assert (verdict.line, verdict.column, verdict.fact) == (line, column, fact)
    assert verdict.remedy


@pytest.mark.parametrize(("language", "text", "reason"), SHOWN)
def test_what_is_not_certain_is_shown_with_its_reason(language: str, text: str, reason: str) -> None:
    assert read(language, text) == Verdict(reason=reason)
