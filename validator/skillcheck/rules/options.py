"""A script in Python → the options that it takes, where they can be read off its text."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence

from skillcheck.model import Script

_PARSES = re.compile(r"(?<!\w)(?:argparse\.)?ArgumentParser\(")
_OPTION = re.compile(r"[\"'](--[\w-]+)[\"']")
_MADE = re.compile(  # options that are put together, shared or passed on to others
    r"\b[fF][\"']--|[\"']--[^\"'\w-]|[\"']--[\"']\s*[+%,]|\bparse_known_args\b|\bparents\s*=\s*(?!True|False)|\bREMAINDER\b|\bprefix_chars\b"
    r"|\bsys\.argv\[(?:[1-9]\d*\]|[2-9]:|-)"
)
_IMPORTED = re.compile(r"^[ \t]*(?:from|import)[ \t]+(?:\.|\w+\.)*(\w+)", re.MULTILINE)
_USUAL = frozenset({"--help"})


def options(script: Script, scripts: Sequence[Script]) -> frozenset[str] | None:
    """Return the long options that a script takes, and those of the scripts beside it that it imports.

    None is returned where they cannot be told, as where argparse does not read them all.
    """
    texts = [script.text, *(other.text for other in scripts if _stem(other) in _IMPORTED.findall(script.text))]
    if not _PARSES.search(script.text) or ".add_argument(" not in script.text or any(map(_MADE.search, texts)):
        return None
    written = {option for text in texts for option in _OPTION.findall(text)}
    negated = {f"--no-{option[2:]}" for option in written} if "BooleanOptionalAction" in script.text else set()
    return _USUAL | written | negated


def is_written(script: Script, option: str) -> bool:
    """Return whether a script writes an option out, which costs less to find than all that it takes."""
    return f'"{option}"' in script.text or f"'{option}'" in script.text


def takes(known: frozenset[str], option: str) -> bool:
    """Return whether an option is one of those, or the beginning of one, which argparse takes as well."""
    return any(each.startswith(option) for each in known)


def _stem(script: Script) -> str:
    return posixpath.basename(script.relative).removesuffix(".py")
