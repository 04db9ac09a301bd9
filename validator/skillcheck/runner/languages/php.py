"""PHP, with or without its opening tag."""

from __future__ import annotations

import re

from skillcheck.runner.languages import Language, Verdict
from skillcheck.runner.languages.grammars import Grammar, Wrapper, reader

_TAG = re.compile(r"<\?|\?>")
WRAPPERS = (
    Wrapper("<?php class X {\n", "}"),
    Wrapper("<?php $x = [\n", "];"),
    Wrapper("<?php f(\n", ");"),
    Wrapper("<?php\n", "class X {}", only=r"#\["),
    Wrapper("<?php $x\n", ";", only=r"->"),
)
TAGGED = reader(Grammar("PHP", "tree_sitter_php", ("language_php",)))
BARE = reader(Grammar("PHP", "tree_sitter_php", ("language_php",), WRAPPERS, whole=Wrapper("<?php\n", "")))


def parse(text: str) -> Verdict:
    """Return what the grammar says of `text`: without an opening tag as its first, it is PHP from the start."""
    first = _TAG.search(text)
    return TAGGED(text) if first and first[0] == "<?" else BARE(text)


LANGUAGE = Language("php", parse)
