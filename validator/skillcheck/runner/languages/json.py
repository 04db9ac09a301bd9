"""JSON, parsed by the standard library; comments, fragments and ellipses are what documents are made of."""

from __future__ import annotations

import json
import re

from skillcheck.runner.languages import ACCEPTED, Language, Verdict

ELLIPSIS = re.compile(r"\.\.\.|…|<[A-Za-z][\w -]*>|\{\{.*?\}\}|\[[A-Z][A-Z _-]+\]")
COMMENT = re.compile(r'"(?:\\.|[^"\\])*"|//[^\n]*|/\*.*?\*/', re.DOTALL)
TRAILING = re.compile(r'"(?:\\.|[^"\\])*"|,(?=\s*[}\]])', re.DOTALL)
FRAGMENT = re.compile(r'\s*"(?:\\.|[^"\\])*"\s*:', re.DOTALL)


def parse(text: str) -> Verdict:
    """Return what is wrong with `text`, after comments, trailing commas and a missing outer bracket are granted."""
    error = _error(text)
    if error is None:
        return ACCEPTED
    plain = TRAILING.sub(_keep_strings, COMMENT.sub(_keep_strings, text))
    if any(_error(form) is None for form in _forms(plain)):
        return ACCEPTED
    if ELLIPSIS.search(text):
        return Verdict(reason="a template: parts of it are left out")
    return error


def _forms(text: str) -> list[str]:
    wrapped = "{" + text.strip().rstrip(",") + "}" if FRAGMENT.match(text) else text
    return [text, wrapped, "[" + re.sub(r"\}\s*\{", "},{", text) + "]"]


def _keep_strings(match: re.Match[str]) -> str:
    return match[0] if match[0].startswith('"') else ""


def _error(text: str) -> Verdict | None:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        fact = f"this is not JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        return Verdict(fact, "correct it, or tag the block with its own language", error.lineno, error.colno)
    except RecursionError:
        return Verdict("this JSON is nested too deeply to be read", "show a flatter example")
    return None


LANGUAGE = Language("json", parse)
