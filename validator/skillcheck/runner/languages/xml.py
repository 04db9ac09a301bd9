"""XML, parsed by expat: no entity is expanded, nothing is fetched."""

from __future__ import annotations

import re
from xml.parsers import expat

from skillcheck.runner.languages import Language, Verdict
from skillcheck.runner.languages.grammars.fillings import filled

LARGEST = 1_000_000
_LARGEST_FILLING = 20_000
_LOOSE = re.compile(r"&(?!#?\w{1,31};)|<(?![\w/!?])")
"""What XML forbids in text; prompts mark up their parts with tags and write of anything between them."""

_INNER = r"[^(){}]|\((?:[^(){}]|\([^(){}]{0,200}\)){0,400}\)|\{(?:[^{}]|\{[^{}]{0,400}\}){0,2000}\}"
_CODE = re.compile(rf"@\((?:{_INNER}){{0,400}}\)|@\{{(?:{_INNER}){{0,2000}}\}}")
"""Expressions and statements of another language, which who reads the document takes out first, as API gateways do."""


class _EntityError(Exception):
    """The document declares an entity, whose expansion could be endless."""


def parse(text: str) -> Verdict:
    """Return what expat says of `text`; one without a single root is a fragment."""
    if len(text) > LARGEST:
        return Verdict(reason=f"longer than {LARGEST} characters")
    try:
        error = _error(text)
        reason = _excuse(text) if error else ""
    except _EntityError:
        return Verdict(reason="it declares entities")
    if error is None or reason:
        return Verdict(reason=reason)
    fact = f"this is not XML: {expat.ErrorString(error.code)}"
    return Verdict(fact, "correct it, or escape the character", error.lineno, error.offset + 1)


def _excuse(text: str) -> str:
    """Return why a text that is no document need not be one, empty where it must."""
    if _error(_rooted(text)) is None:
        return "a fragment"
    if not text.lstrip().startswith("<?xml") and _error(_rooted(_LOOSE.sub("x", text))) is None:
        return "marks that are no XML"
    short = len(text) <= _LARGEST_FILLING
    if short and _error(_rooted(_CODE.sub("x", text))) is None:
        return "code in it that is no XML"
    return "a template" if short and any(_error(_rooted(full)) is None for full in filled(text)) else ""


def _rooted(text: str) -> str:
    """Return the text in a root of its own, its declaration left out."""
    start = text.find("?>") + 2 if text.lstrip().startswith("<?xml") and "?>" in text else 0
    return f"<root>{text[start:]}</root>"


def _error(text: str) -> expat.ExpatError | None:
    parser = expat.ParserCreate("utf-8")
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(text.encode(errors="replace"), True)  # noqa: FBT003 - the parameter is positional only
    except expat.ExpatError as error:
        return error
    return None


def _refuse(*_: object) -> None:
    raise _EntityError


LANGUAGE = Language("xml", parse)
