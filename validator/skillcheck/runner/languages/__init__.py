"""Text → what its own language's parser says of it: one language a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a parser says: nothing (`fact` and `reason` empty) if it accepts the text.

    `fact` is the error, at `line` and `column` of the text; `remedy` what to do. `reason` says instead why the text is
    no whole document and can only be shown, such as a template or a missing parser. What is `unbound`
    is read, but has a name that nothing binds.
    """

    fact: str = ""
    remedy: str = ""
    line: int = 1
    column: int = 1
    reason: str = ""
    unbound: bool = False


ACCEPTED = Verdict()


@dataclass(frozen=True, slots=True)
class Language:
    """A language that is parsed: its canonical name and its parser."""

    name: str
    parse: Callable[[str], Verdict]


@cache
def languages() -> Mapping[str, Language]:
    """Return the languages of this folder by their names; its packages are what several of them share."""
    modules = (module.name for module in iter_modules(__path__) if not module.ispkg)
    found = (import_module(f"{__name__}.{module}").LANGUAGE for module in modules)
    return {language.name: language for language in found}
