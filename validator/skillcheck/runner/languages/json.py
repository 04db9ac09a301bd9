"""JSON, parsed by the standard library."""

from __future__ import annotations

import json
import re

from skillcheck.runner.languages import ACCEPTED, Language, Verdict
from skillcheck.runner.languages.brackets import spot, unclosed

TOKENS = re.compile(r'"(?:\\.|[^"\\\n])*"?|[\[\]{}]')
_REMEDY = "correct it, or tag the block with its own language"
_NO_VALUE = re.compile(r':(?=\s*\n\s*"(?:\\.|[^"\\\n])*"\s*$)')
_OF_STRINGS = ("Unterminated", "Invalid control", "Invalid \\")


def parse(text: str) -> Verdict:
    """Return what is wrong with `text`."""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        said, offset = _found(text, error)
        return Verdict(f"this is not JSON: {said[:1].lower()}{said[1:]}", _REMEDY, *spot(text, offset))
    except (RecursionError, ValueError) as error:
        return Verdict(f"this JSON cannot be read: {error}", "show a flatter example with smaller numbers")
    return ACCEPTED


def _found(text: str, error: json.JSONDecodeError) -> tuple[str, int]:
    """Return what is wrong and where it was written, which is often before the place where reading it stopped."""
    if error.msg.startswith(_OF_STRINGS):
        return error.msg, error.pos
    opening = unclosed(text, TOKENS)
    if opening is not None:
        return f"this `{text[opening]}` is never closed", opening
    read = text[: error.pos].rstrip()
    if text[error.pos : error.pos + 1] in {"}", "]"} and read.endswith(","):
        return "nothing follows this comma", len(read) - 1
    if text[error.pos : error.pos + 1] == ":" and (colon := _NO_VALUE.search(read)):
        return "expecting value", colon.end()
    is_late = error.msg.startswith("Expecting ','") or (read.endswith(":") and "\n" in text[len(read) : error.pos])
    return error.msg, len(read) if is_late else error.pos


LANGUAGE = Language("json", parse)
