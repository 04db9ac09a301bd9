"""SQL, parsed by sqlglot in the dialects that documents show most."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from skillcheck.runner.languages import ACCEPTED, Language, Verdict
from skillcheck.runner.languages.grammars.fillings import filled

if TYPE_CHECKING:
    from sqlglot.tokenizer_core import Token

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
        return ACCEPTED
    if any(_reads(full, DIALECTS[0]) for full in filled(text)):
        return Verdict(reason="a template")
    return _unpaired(text) or Verdict(reason="not read by its parser")


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


def _reads(text: str, dialect: str) -> bool:
    sqlglot = import_module("sqlglot")
    try:
        sqlglot.parse(text, read=dialect)
    except (sqlglot.errors.SqlglotError, RecursionError, ValueError):
        return False
    return True


LANGUAGE = Language("sql", parse)
