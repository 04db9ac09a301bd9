"""JavaScript, with the elements of JSX."""

from __future__ import annotations

import re
from dataclasses import replace

from skillcheck.runner.languages import ACCEPTED, Language, Verdict
from skillcheck.runner.languages.grammars import Grammar, reader
from skillcheck.runner.languages.grammars.scripts import ELEMENTS, HOLED, MEMBERS, NEWER, OTHERS, SIGNATURES
from skillcheck.runner.languages.typescript import LANGUAGE as TYPESCRIPT

GRAMMAR = Grammar(
    "JavaScript",
    "tree_sitter_javascript",
    wrappers=(*MEMBERS, *ELEMENTS),
    newer=NEWER,
    notations=SIGNATURES,
    holed=HOLED,
    others=OTHERS,
)
_TYPED = re.compile(
    r"[\w)\]}?]\s*:\s*[\w{\[(]|\w<\w|\b(?:abstract|as|declare|enum|implements|interface|private|readonly|type)\b"
)
_read = reader(GRAMMAR)


def parse(text: str) -> Verdict:
    """Return what is wrong with `text`; whether it is TypeScript if it is not JavaScript."""
    verdict = _read(text)
    line = text.split("\n")[verdict.line - 1]
    if verdict.fact and _TYPED.search(line) and TYPESCRIPT.parse(text) == ACCEPTED:
        return replace(
            verdict, fact=f"{verdict.fact}, which only TypeScript allows", remedy="tag it `tsx` or `typescript`"
        )
    return verdict


LANGUAGE = Language("javascript", parse)
