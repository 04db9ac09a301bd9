"""Text of Markdown → whether a reader may take it for something else than was meant, told without reading it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

_FENCE = re.compile(r"[ \t>]*(?P<marks>`{3,}|~{3,})(?P<info>[^`]*)")
_BACKQUOTES = re.compile(r"```")
_MARKS = re.compile(r"```|~~~")
_LINK = re.compile(r"\]\((?!\w+:|[#/])(?P<path>(?:[^)\s#:\]]|\](?!\())+\.\w+)(?:#[^)\s]*)?\)")


def is_suspect(text: str, folder: str) -> bool:
    """Return whether fences or comments may not end where they were meant to, or a link may lead nowhere."""
    is_open = text.count("<!--") != text.count("-->")
    return is_open or "](#" in text or _slips(text) or _leads_nowhere(text, folder)


def _slips(text: str) -> bool:
    """Return whether a fence is never closed, or is closed by one that was meant to open."""
    opened = ""
    for found in _fences(text):
        if not opened:
            opened = found["marks"]
        elif found["marks"].startswith(opened):
            if found["info"].strip():
                return True
            opened = ""
    return bool(opened)


def _fences(text: str) -> Iterator[re.Match[str]]:
    marks, at = _MARKS if "~~~" in text else _BACKQUOTES, 0  # which are found soonest
    while mark := marks.search(text, at):
        end = text.find("\n", mark.end())
        at = end if end >= 0 else len(text)
        if found := _FENCE.fullmatch(text, text.rfind("\n", 0, mark.start()) + 1, at):
            yield found


def _leads_nowhere(text: str, folder: str) -> bool:
    links = _LINK.finditer(text) if "](" in text else ()
    return any(not os.path.exists(os.path.join(folder, link["path"])) for link in links)  # noqa: PTH110, PTH118
