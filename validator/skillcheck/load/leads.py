"""Document -> the Markdown files of the skill that it leads to: those it links, and those it names where they are.

Of the files that public skills tell Claude to read, nearly all are named, in backquotes or not; few are linked.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator
from urllib.parse import unquote

from skillcheck.model import Document

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_OWN = (
    r"(?:\$?\{(?:baseDir|skill_path|skillDir|skill_base_dir|(?:CLAUDE_)?SKILL_(?:BASE_)?DIR)\}|\$CLAUDE_SKILL_DIR"
    r"|<(?:(?:CLAUDE_)?SKILL_(?:BASE_)?(?:DIR|PATH|ROOT)|skill[-_](?:base[-_])?(?:dir|directory|path|root|folder)"
    r"|path-to-skill)>|\[path-to-skill\])/"
)
_ROOT = re.compile(_OWN)
_NAMED = re.compile(rf"(?<![\w./-])(?P<root>{_OWN})?(?P<path>(?:\.{{1,2}}/)*[\w.-]*\w(?:/[\w.-]+)*\.md)(?![\w/-]|\.\w)")
_NOT_FOR_CLAUDE = re.compile(  # what is named as a file to make, or stands there for people
    r"(?:assets|templates|evals|tests)/.*|(?:.*/)?(?:SKILL|README|CHANGELOG|CONTRIBUTING|LICENSE|SECURITY|CLAUDE|AGENTS)\.md",
    re.IGNORECASE,
)


def leads(read: Document, files: Collection[str]) -> Iterator[str]:
    """Yield the paths in the skill, each as often as it is linked or named."""
    for path, rooted in _linked(read):
        yield from _there(read, path, files, rooted=rooted)
    for path, rooted in _named(read):
        yield from (found for found in _there(read, path, files, rooted=rooted) if not _NOT_FOR_CLAUDE.fullmatch(found))


def _linked(read: Document) -> Iterator[tuple[str, bool]]:
    """Yield the paths that links have, and whether they say that they begin at the skill's folder."""
    for link in read.links:
        target, rooted = _ROOT.subn("", link.target, count=1)
        target = unquote(re.split(r"[?#]", target, maxsplit=1)[0])
        if target.lower().endswith(".md") and not _SCHEME.match(target) and not target.startswith("/"):
            yield target, bool(rooted)


def _named(read: Document) -> Iterator[tuple[str, bool]]:
    """Yield the paths in the text, likewise."""
    for _, line in read.prose if ".md" in read.text else ():
        for named in _NAMED.finditer(line) if ".md" in line else ():
            yield named["path"], bool(named["root"])


def _there(read: Document, path: str, files: Collection[str], *, rooted: bool) -> Iterator[str]:
    """Yield where a path leads: beside the document, or else from the skill's folder, as the specification has it."""
    for folder in ("",) if rooted else (posixpath.dirname(read.relative), ""):
        found = posixpath.normpath(posixpath.join(folder, path))
        if found in files:
            yield found
            return
