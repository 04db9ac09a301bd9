"""YAML, parsed by PyYAML without constructing a value."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator

import yaml

from skillcheck.runner.languages import ACCEPTED, Language, Verdict

PAGE = re.compile(r"(?P<front>---[ \t]*\n(?:(?!---).*\n)+)---[ \t]*\n\s*#{1,6} [^\n]+\n\s*\n(?!\s*[\w-]+:(?:\s|$))")
"""Front matter, and a heading by itself above something that is no key: a page of Markdown begins so."""
_QUOTES = frozenset({"'", '"'})
LOADER: type[yaml.Loader] = getattr(yaml, "CLoader", yaml.Loader)


def parse(text: str) -> Verdict:
    """Return what PyYAML's scanner and parser say of `text`; of a page, only the front matter is YAML."""
    verdict = _parsed(text)
    page = None if verdict == ACCEPTED else PAGE.match(text)
    if page is None:
        return verdict
    front = _parsed(page["front"])
    return Verdict(reason="a page behind its front matter") if front == ACCEPTED else front


def _parsed(text: str) -> Verdict:
    try:
        for _ in yaml.parse(text, Loader=LOADER):
            pass
    except yaml.MarkedYAMLError as error:
        if (quoted := _swallowed(text, error)) is not None:
            start, lines = quoted
            below = "one line below" if lines == 1 else f"{lines} lines below"
            fact = f"this is not YAML: the quote that begins here is closed {below}"
            return Verdict(fact, "close it, or double what is in it", start.line + 1, start.column + 1)
        mark = _mark(text, error)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        return Verdict(f"this is not YAML: {error.problem}", "correct it, or quote the value", line, column)
    except yaml.YAMLError as error:
        return Verdict(f"this is not YAML: {' '.join(str(error).split())}", "remove the character")
    except RecursionError:
        return Verdict("this YAML is nested too deeply to be read", "show a flatter example")
    return ACCEPTED


def _swallowed(text: str, error: yaml.MarkedYAMLError) -> tuple[yaml.Mark, int] | None:
    """Return where a quote begins that ends lines below in what was to be another text, and how many lines."""
    where = error.problem_mark
    for token in _scanned(text):
        if isinstance(token, yaml.ScalarToken) and not token.plain and token.style in _QUOTES:
            lines = token.end_mark.line - token.start_mark.line
            if lines and where and token.end_mark.line == where.line and token.end_mark.column <= where.column:
                return token.start_mark, lines
    return None


def _scanned(text: str) -> Iterator[yaml.Token]:
    """Yield what the scanner finds before anything is wrong."""
    with contextlib.suppress(yaml.YAMLError):
        yield from yaml.scan(text, Loader=LOADER)


def _mark(text: str, error: yaml.MarkedYAMLError) -> yaml.Mark | None:
    """Return where it was written: what is never closed, and what should be a key, is so where it begins."""
    context, problem = error.context_mark, error.problem_mark
    uneven = any(text.count(opener) > text.count(closer) for opener, closer in ("[]", "{}"))
    begins = ("while scanning a quoted", "while scanning a simple key", *(("while parsing a flow",) if uneven else ()))
    return context if context and str(error.context).startswith(begins) else problem or context


LANGUAGE = Language("yaml", parse)
