"""A target as somebody wrote it → where the page may lead, or nowhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from skillcheck.model import Document

SAFE = frozenset({"http", "https", "mailto"})
SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
HIDDEN = re.compile(r"[\x00-\x20\x7f\\]")


@dataclass(frozen=True, slots=True)
class Targets:
    """Where the documents of one skill stand on its page: the prefix of each one's anchors; and its URL elsewhere."""

    prefixes: Mapping[str, str]
    anchors: Mapping[str, frozenset[str]]
    files: frozenset[str] = frozenset()
    source: str = ""

    def resolve(self, target: str, document: Document) -> str:
        """Return the address for a link in a document, empty where it must not or cannot lead anywhere."""
        if SCHEME.match(target):
            return external(target)
        if HIDDEN.search(target) or target.startswith("/"):
            return ""
        path, _, anchor = target.partition("#")
        if not path:
            return self._anchor(document.relative, unquote(anchor))
        relative = posixpath.normpath(posixpath.join(posixpath.dirname(document.relative), unquote(path)))
        if relative in self.prefixes:
            return self._anchor(relative, unquote(anchor)) or f"#{self.prefixes[relative]}"
        return f"{self.source}/{quote(relative)}" if self.source and relative in self.files else ""

    def _anchor(self, relative: str, anchor: str) -> str:
        known = anchor in self.anchors[relative]
        return f"#{self.prefixes[relative]}-{quote(anchor)}" if known else ""


def external(target: str) -> str:
    """Return the URL if it is of a harmless scheme and hides nothing, else nothing.

    >>> [external(url) for url in ("https://a.example/b", "JavaScript:alert(1)", "https://a b", "data:text/html,x")]
    ['https://a.example/b', '', '', '']
    """
    try:
        scheme = urlsplit(target).scheme.lower()
    except ValueError:
        return ""
    return target if scheme in SAFE and not HIDDEN.search(target) else ""
