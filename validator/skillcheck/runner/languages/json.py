"""JSON, parsed by the standard library."""

from __future__ import annotations

import json

from skillcheck.runner.languages import ACCEPTED, Language, Verdict


def parse(text: str) -> Verdict:
    """Return what is wrong with `text`."""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        fact = f"this is not JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        return Verdict(fact, "correct it, or tag the block with its own language", error.lineno, error.colno)
    except (RecursionError, ValueError) as error:
        return Verdict(f"this JSON cannot be read: {error}", "show a flatter example with smaller numbers")
    return ACCEPTED


LANGUAGE = Language("json", parse)
