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
HOLED = frozenset({"array", "array_pattern"})
"""What may have nothing between two commas; the grammars allow it in objects and calls as well."""
_RESERVED = (
    "break|case|catch|class|const|continue|debugger|default|delete|do|else|export|extends|false|finally|for|function|if"
    "|import|in|instanceof|new|null|return|super|switch|this|throw|true|try|typeof|var|void|while|with"
)
NEWER = (
    (re.compile(rf"(?<=\s)(?:{_RESERVED})(?==[\"'{{])"), "blank"),
    (re.compile(r'(?<=[\w-]=")[^"\n]*&[^"\n]*(?=")'), "x"),
    (re.compile(r"(?m)^(?:use[ \t]+[\w-]+|show[ \t]+(?:dbs|databases|collections|users))[ \t]*;?$"), ""),
    (re.compile(r"\b(?:await\s+)?using(?=\s+[\w$]+\s*(?:=|of\b))"), "const"),
    (re.compile(r"\bimport\s+(?:defer|source)(?=\s+[\w*{])"), "import"),
    (re.compile(r"(?<=\w)<(?:\{[^{}]{0,400}\}|[\w.]+)>(?=`)"), ""),
)
_COMMENTS = r"(?:\s*//[^\n]*\n|\s+)*"
OTHERS = (
    (re.compile(r"(?s).{0,20000}?(?<!=)\{\{\s*\$?[\w.]+[^{}\n:]*\}\}"), "a template"),
    (
        re.compile(rf"{_COMMENTS}(?:rules_version\b|service (?:cloud\.firestore|firebase\.storage)|match /)"),
        "rules of Firebase",
    ),
    (re.compile(rf"{_COMMENTS}(?:query|mutation|subscription|fragment)\s+\w+[^\n={{]*\{{"), "GraphQL"),
)
"""What is shown as a script, since nothing colours it otherwise."""
SIGNATURES = (
    (re.compile(r"(?m)^new\s+(?=[A-Z])"), ""),
    (re.compile(r"(?m)^async\s+(?=\()"), ""),
    (re.compile(r"(?m)^(?:(?:const|let|var)\s+\w+\s*=\s*)?(?:await\s+)?(?:[\w$]+\.)+(?=[\w$]+(?:<[^<>\n]*>)?\()"), ""),
    (re.compile(r"(?<=\w)\?(?=\s*[,)])"), ""),
    (re.compile(r"(?m)^[A-Z][A-Z0-9_]*=[^\n;=>]*$"), ""),
    (re.compile(r"(?m)^[ \t]*[a-z][a-z0-9+.-]*://\S+$"), ""),
    (re.compile(r"(?m)^[ \t]*<[A-Z][\w.]*(?:\s[^<>\n]*)?>[ \t]*(?://[^\n]*)?$"), ""),
)
