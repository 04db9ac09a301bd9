"""What makes whole the fragments of JavaScript and of the languages that grew from it."""

from __future__ import annotations

import re

from skillcheck.runner.languages.grammars.wrapper import Wrapper

ELEMENTS = (
    Wrapper("<>\n", "</>", only=r"(?s)(?:<[A-Za-z>!]|\{).*[>}]\s*$"),
    Wrapper("", "</x>", only=r"<\w[^\n]*>\s*(?:\{/\*[^\n]*\*/\})?\s*$", whole_block=True),
    Wrapper("", "</x>", only=r"<\w+(?:\n[^\n<>]+)+\n\s*>\s*$", whole_block=True),
    Wrapper("<x\n", "/>", only=r"[\w:-]+=[{\"']"),
)
MEMBERS = (
    Wrapper("({\n", "})"),
    Wrapper("class X {\n", "}"),
    Wrapper("[\n", "]"),
    Wrapper("switch (x) {\n", "}"),
    Wrapper("", "class X {}", only=r"@"),
    Wrapper("import {\n", "} from 'x'"),
    Wrapper("if (x) {}\n", "", only=r"else\b"),
    Wrapper("try {}\n", "", only=r"(?:catch|finally)\b"),
    Wrapper("f()\n", "", only=r"\??\.\w"),
)
TYPES = (
    Wrapper("interface X {\n", "}"),
    Wrapper("type X =\n", "", only=r"[{|&(\[<'\"A-Za-z]"),
    Wrapper("enum X {\n", "}"),
    Wrapper("declare module 'x' {\n", "}"),
    Wrapper("let x:\n", "", only=r"[{(]"),
)
NEWER = (
    (re.compile(r"\b(?:await\s+)?using(?=\s+[\w$]+\s*(?:=|of\b))"), "const"),
    (re.compile(r"\bimport\s+(?:defer|source)(?=\s+[\w*{])"), "import"),
    (re.compile(r"(?<=\w)<(?:\{[^{}]{0,400}\}|[\w.]+)>(?=`)"), ""),
)
TEMPLATES = ((re.compile(r"(?s).{0,20000}?(?<!=)\{\{\s*\$?[\w.]+[^{}\n:]*\}\}"), "a template"),)
SIGNATURES = (
    (re.compile(r"(?m)^new\s+(?=[A-Z])"), ""),
    (re.compile(r"(?m)^async\s+(?=\()"), ""),
    (re.compile(r"(?m)^(?:(?:const|let|var)\s+\w+\s*=\s*)?(?:await\s+)?(?:[\w$]+\.)+(?=[\w$]+(?:<[^<>\n]*>)?\()"), ""),
    (re.compile(r"(?<=\w)\?(?=\s*[,)])"), ""),
)
