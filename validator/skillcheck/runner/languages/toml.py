"""TOML, parsed by the standard library."""

from __future__ import annotations

import re
import tomllib

from skillcheck.runner.languages import ACCEPTED, Language, Verdict
from skillcheck.runner.languages.brackets import spot, unclosed

TOKENS = re.compile(
    r'"""(?:\\.|[^\\])*?(?:"""|\Z)|'
    r"'''.*?(?:'''|\Z)"
    r'|"(?:\\.|[^"\\\n])*"?|'
    r"'[^'\n]*'?|#[^\n]*|[\[\]{}]",
    re.DOTALL,
)
FRONT = re.compile(r"\s*\+\+\+[ \t]*\n(?:(?!\+\+\+).*\n)*\+\+\+\s*\Z")
"""The front matter of a page, as site generators have it: TOML between two marks."""
MARKS = re.compile(r"(?m)^\+\+\+")
_NEXT = re.compile(r"[\w.\"'-]+[ \t]*=|\[\[?[^\[\]\n,]+\]\]?[ \t]*(?:#[^\n]*)?(?:\n|\Z)")
"""How the next entry of a table begins, or the next table."""
SAID = re.compile(r"^(?P<fact>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")


def parse(text: str) -> Verdict:
    """Return what tomllib says of `text`."""
    text = MARKS.sub(lambda mark: " " * len(mark[0]), text) if FRONT.match(text) else text
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return _told(str(error), text)
    except (RecursionError, ValueError) as error:
        return Verdict(f"this TOML cannot be read: {error}", "show a flatter example with smaller numbers")
    return ACCEPTED


def _told(said: str, text: str) -> Verdict:
    match = SAID.match(said)
    at_line = match if match and match["line"] else None
    end = len(text.rstrip("\n"))
    offset = _offset(text, int(at_line["line"]), int(at_line["column"])) if at_line else len(text)
    fact, where = _found(text, match["fact"] if match else said, offset)
    where = where if where is not None else min(offset, end) if at_line is None else offset
    return Verdict(f"this is not TOML: {fact[:1].lower()}{fact[1:]}", "correct it", *spot(text, where))


def _offset(text: str, line: int, column: int) -> int:
    return sum(len(each) + 1 for each in text.split("\n")[: line - 1]) + column - 1


def _found(text: str, fact: str, offset: int) -> tuple[str, int | None]:
    """Return what is wrong, and where it was written if that is not the place where reading it stopped."""
    if fact.startswith("Unterminated"):
        return fact, next((found.start() for found in TOKENS.finditer(text) if _is_endless(found[0])), None)
    if not fact.startswith("Unclosed"):
        return fact, None
    rest = text[offset:]
    if rest.strip() and not _NEXT.match(rest) and "\n" in text[len(text[:offset].rstrip()) : offset]:
        return "a `,` is missing", len(text[:offset].rstrip())
    return fact, unclosed(text, TOKENS, offset)


def _is_endless(token: str) -> bool:
    quotes = token[:3]
    return quotes in {'"""', "'''"} and (len(token) < len(quotes) * 2 or not token.endswith(quotes))


LANGUAGE = Language("toml", parse)
