"""Code → HTML with its parts marked by class; everything in it is escaped."""

from __future__ import annotations

import re
from functools import cache

from markupsafe import Markup, escape
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

LARGEST = 100_000  # characters; beyond it nobody reads colours
QUOTED = re.compile(r"`([^`]+)`")


def highlighted(text: str, language: str) -> Markup:
    """Return the text with what its language tells apart in spans, plain where the language is not known."""
    lexer = _lexer(language)
    if lexer is None or len(text) > LARGEST:
        return escape(text)
    return Markup(highlight(text, lexer, _formatter()))  # noqa: S704 - the formatter escapes all that it is given


def quoted(message: str) -> Markup:
    """Return what a finding says with what stands in its backticks as code."""
    parts = QUOTED.split(message)
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if number % 2 else escape(part) for number, part in enumerate(parts)
    )


@cache
def _lexer(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name(language, stripnl=False) if language else None
    except ClassNotFound:
        return None


@cache
def _formatter() -> HtmlFormatter[str]:
    return HtmlFormatter(nowrap=True, classprefix="t-")
