"""TOML, parsed by the standard library."""

from __future__ import annotations

import re
import tomllib

from skillcheck.runner.languages import ACCEPTED, Language, Verdict

SAID = re.compile(r"^(?P<fact>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")


def parse(text: str) -> Verdict:
    """Return what tomllib says of `text`."""
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return _told(str(error), text)
    except (RecursionError, ValueError) as error:
        return Verdict(f"this TOML cannot be read: {error}", "show a flatter example with smaller numbers")
    return ACCEPTED


def _told(said: str, text: str) -> Verdict:
    match = SAID.match(said)
    fact = match["fact"] if match else said
    end = text.count("\n") or 1
    line, column = (int(match["line"]), int(match["column"])) if match and match["line"] else (end, 1)
    return Verdict(f"this is not TOML: {fact[:1].lower()}{fact[1:]}", "correct it", line, column)


LANGUAGE = Language("toml", parse)
