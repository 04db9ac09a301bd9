"""Names of skills and plugins -> whether they are kebab-case, and whether they pass as Anthropic's own."""

from __future__ import annotations

import re
import unicodedata

from skillcheck import facts

_KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SEPARATORS = re.compile(r"[^a-z0-9]+")


def is_kebab(name: str) -> bool:
    """Return whether a name is lower-case letters and digits, joined by single hyphens."""
    return bool(_KEBAB.fullmatch(name))


def kebab(name: str, folder: str = "") -> str:
    """Return the name in kebab-case; where nothing is left of it that of its folder, if this is a name."""
    instead = folder if is_kebab(folder) else "my-skill"
    return _SEPARATORS.sub("-", _folded(name)).strip("-")[: facts.frontmatter().limit("name")] or instead


def is_reserved(name: str) -> bool:
    """Return whether Claude Code's validator refuses the name from a third party."""
    return bool(re.search(facts.plugin().reserved, _folded(name)))


def reads_as_anthropic(name: str) -> bool:
    """Return whether Claude Code's validator warns of the name from a third party."""
    return not is_reserved(name) and bool(re.search(facts.plugin().reads_as, _folded(name)))


def _folded(name: str) -> str:
    """Return the name in lower case, without accents."""
    if name.isascii():
        return name.lower()
    letters = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).lower()
