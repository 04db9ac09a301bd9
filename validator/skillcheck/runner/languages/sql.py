"""SQL, parsed by sqlglot in the dialects that documents show most."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING

from skillcheck.runner.languages import ACCEPTED, Language, Verdict
from skillcheck.runner.languages.grammars.fillings import filled

if TYPE_CHECKING:
    from sqlglot.tokenizer_core import Token

KEYWORDS = (
    *("SELECT", "FROM", "WHERE", "GROUP", "ORDER", "HAVING", "INSERT", "INTO", "VALUES", "UPDATE", "DELETE", "CREATE"),
    *("TABLE", "ALTER", "JOIN", "INNER", "LEFT", "LIMIT", "OFFSET", "UNION", "DISTINCT", "BETWEEN", "EXISTS", "WITH"),
    *("PRIMARY", "FOREIGN", "REFERENCES", "CONSTRAINT", "INDEX", "UNIQUE", "DEFAULT", "CASE", "WHEN", "THEN", "ELSE"),
)
NEAR = 0.74
MOST_WORDS = 200
_WORD = re.compile(r"\b[A-Za-z]{4,12}\b")
_QUOTED = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|`[^`]*`|--[^\n]*|/\*.*?\*/", re.DOTALL)
_INJECTION = re.compile(r"(?m)^[\w=]{0,20}'")
LARGEST = 50_000
_READERS = ("postgres", "mysql", "tsql")
DIALECTS = ("postgres", "mysql", "sqlite", "bigquery", "tsql", "snowflake", "clickhouse", "oracle", "duckdb", "spark")


def parse(text: str) -> Verdict:
    """Return whether one of the dialects reads `text`; SQL has too many to call the rest of them wrong."""
    if len(text) > LARGEST:
        return Verdict(reason=f"longer than {LARGEST} characters")
    logging.getLogger("sqlglot").setLevel(logging.CRITICAL)  # it warns of statements that it passes on unread
    if any(_reads(text, dialect) for dialect in DIALECTS):
        return ACCEPTED if _is_understood(text) else _misspelt(text) or ACCEPTED
    if any(_reads(full, DIALECTS[0]) for full in filled(text)):
        return Verdict(reason="a template")
    return _unpaired(text) or _misspelt(text) or Verdict(reason="not read by its parser")


def _misspelt(text: str) -> Verdict | None:
    """Return the word that is nearly a keyword, with which the dialects could read a text that they refuse."""
    words = list(_WORD.finditer(_QUOTED.sub(lambda quoted: " " * len(quoted[0]), text)))
    for word in words[:MOST_WORDS]:
        near = None if word[0].upper() in KEYWORDS else get_close_matches(word[0].upper(), KEYWORDS, 1, NEAR)
        if near and _is_understood(f"{text[: word.start()]}{near[0]}{text[word.end() :]}"):
            line, column = text.count("\n", 0, word.start()) + 1, word.start() - text.rfind("\n", 0, word.start())
            fact = f"this is not SQL: `{word[0]}` stands where a keyword is wanted"
            return Verdict(fact, f"did you mean `{near[0]}`?", line, column)
    return None


def _unpaired(text: str) -> Verdict | None:
    """Return the parenthesis without a partner, or the quote that is never closed: wrong in every dialect."""
    sqlglot = import_module("sqlglot")
    found = []
    for dialect in _READERS:
        try:
            tokens = sqlglot.tokenize(text, read=dialect)
        except sqlglot.errors.TokenError:
            continue
        found.append(_parenthesis(text, tokens))
    if not found and not _INJECTION.search(text):
        return Verdict("this is not SQL: a quote or a comment is never closed", "close it")
    return found[0] if found and all(found) else None


def _parenthesis(text: str, tokens: Sequence[Token]) -> Verdict | None:
    opened: list[Token] = []
    for token in tokens:
        match token.text:
            case "(":
                opened.append(token)
            case ")" if opened:
                opened.pop()
            case ")":
                return Verdict("this is not SQL: this `)` closes nothing", "remove it", *_spot(text, token))
    if not opened:
        return None
    last = opened[-1]
    return Verdict("this is not SQL: this `(` is never closed", "close it", *_spot(text, last))


def _spot(text: str, token: Token) -> tuple[int, int]:
    """Return line and column by the offset: what the token says of them is wrong behind a `$` that quotes nothing."""
    before = text[: token.start]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _is_understood(text: str) -> bool:
    """Whether one of the commonest dialects knows what each statement means: others are passed on unread."""
    return any(_reads(text, dialect, whole=True) for dialect in DIALECTS[:3])


def _reads(text: str, dialect: str, *, whole: bool = False) -> bool:
    sqlglot = import_module("sqlglot")
    try:
        read = sqlglot.parse(text, read=dialect)
    except (sqlglot.errors.SqlglotError, RecursionError, ValueError):
        return False
    return not whole or not any(isinstance(statement, sqlglot.exp.Command) for statement in read)


LANGUAGE = Language("sql", parse)
