"""A grant -> the edit that gives it another tool."""

from __future__ import annotations

import re
from dataclasses import replace

from skillcheck.model import Edit, Grant

_SHELLS = frozenset({"Bash", "PowerShell"})
_RUNS_OTHERS = re.compile(r"(?:sudo|doas|(?:ba|da|z|k)?sh|eval|exec|env|xargs|nohup)(?: -\w+)*(?::| ?)\*")
"""A specifier that lets a command through with whatever it is given, where that is another command."""


def renamed(grant: Grant, tool: str | None) -> tuple[Edit, ...]:
    """Return the edit that puts `tool` in the place of the grant's own; what stands in its parentheses stays.

    There is none without a tool, or where the grant is not written as it reads, for escapes or folded lines.
    """
    place = grant.place
    as_written = place.end_column is not None and place.end_column - place.column in {len(grant.text), len(grant.tool)}
    if tool is None or not as_written or place.end_line != place.line:
        return ()
    return (Edit(replace(place, end_column=place.column + len(grant.tool)), tool),)


def opens_the_shell(tool: str, specifier: str | None) -> bool:
    """Return whether a grant of a tool lets every command through."""
    return tool in _SHELLS and not (specifier or "").strip("* ")


def runs_any(tool: str, specifier: str | None) -> bool:
    """Return whether a grant lets every command through once it stands behind another, such as `sudo`."""
    return tool in _SHELLS and bool(_RUNS_OTHERS.fullmatch((specifier or "").strip()))
