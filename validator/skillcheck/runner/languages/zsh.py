"""Zsh, parsed by `zsh -n`: nothing is executed."""

from __future__ import annotations

from skillcheck.runner.languages import Language, Verdict
from skillcheck.runner.languages.shells import handed_python, said_by


def parse(text: str) -> Verdict:
    """Return what zsh says of `text`, then what Python says of what it is handed there."""
    said = said_by("zsh", ("-f", "-n"), text)
    return said if said.fact or said.reason else handed_python(text)


LANGUAGE = Language("zsh", parse)
