"""HTML: its elements, then its scripts and styles by their own grammars."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from skillcheck.runner.languages import ACCEPTED, Language, Verdict
from skillcheck.runner.languages.css import LANGUAGE as CSS
from skillcheck.runner.languages.grammars import Grammar, Wrapper, reader
from skillcheck.runner.languages.javascript import LANGUAGE as JAVASCRIPT

WRAPPERS = (Wrapper("<x>\n", "</x>"), Wrapper("<x\n", "/>", only=r"[\w:@#-]+="))
# A browser reads any text as HTML, so that what the grammar refuses is shown.
MARKUP = reader(Grammar("HTML", "tree_sitter_html", wrappers=WRAPPERS, certain=False, paired=False))
_RAW = re.compile(r"<(script|style)\b([^>]{0,400})>(.{0,200000}?)</\1\s*>", re.DOTALL | re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\b(?:type|lang)\s*=\s*[\"']?([\w/+.-]*)")
_SCRIPTS = frozenset({"", "module", "text/javascript", "application/javascript", "js", "ts", "tsx", "jsx"})
_STYLES = frozenset({"", "text/css", "css", "postcss"})


def embedding(script: Language) -> Callable[[str], Verdict]:
    """Return what reads a text of elements whose scripts are in that language."""

    def parse(text: str) -> Verdict:
        verdicts = [*_embedded(text, script), MARKUP(text)]
        wrong = next((verdict for verdict in verdicts if verdict.fact), None)
        return wrong or next((verdict for verdict in verdicts if verdict.reason), ACCEPTED)

    return parse


def _embedded(text: str, script: Language) -> Iterator[Verdict]:
    """Yield what the parsers of its scripts and styles say, at their places in the text."""
    for match in _RAW.finditer(text):
        said = _ATTRIBUTE.search(match[2])
        kind = said[1].lower() if said else ""
        is_script = match[1].lower() == "script"
        if kind in (_SCRIPTS if is_script else _STYLES):
            verdict = (script if is_script else CSS).parse(match[3])
            yield replace(verdict, line=verdict.line + text.count("\n", 0, match.start(3)))


LANGUAGE = Language("html", embedding(JAVASCRIPT))
