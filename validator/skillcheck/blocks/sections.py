"""The headings of a skill's documents -> a file stem for each section."""

from __future__ import annotations

import hashlib
import itertools
import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import PurePosixPath

from skillcheck.model import Block, Document

_RESERVED = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")
_LONGEST = 60
_Chain = tuple[str, ...]
_Key = tuple[str, int, _Chain]


@lru_cache(maxsize=65_536)
def slug(words: str) -> str:
    """Return words as a file name that every system takes: ASCII, lower case, hyphens; empty words give an empty one.

    Letters that have no ASCII form are told apart by a digest.
    """
    folded = unicodedata.normalize("NFKD", words.casefold())
    bare = "".join(character for character in folded if not unicodedata.combining(character))
    ascii_only = "-".join(re.findall(r"[a-z0-9_]+", re.sub("['\u2019]", "", bare)))
    found = re.sub(r"[-_]*-[-_]*", "-", ascii_only).strip("-_")
    if any(character.isalnum() and not character.isascii() for character in bare):
        digest = hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:6]
        found = f"{found[: _LONGEST - 7].strip('-_')}-{digest}".strip("-")
    found = found[:_LONGEST].strip("-_")
    return f"{found}-block" if _RESERVED.fullmatch(found) else found


class Sections:
    """The sections of a skill: the folder of each document, the stem of each section, all of them unique."""

    def __init__(self, documents: Sequence[Document], blocks: Sequence[Block]) -> None:
        """Name the sections of the documents, and those that only the blocks know of."""
        self.folders = _folders(documents)
        self._chains = {document.path: _chains(document) for document in documents}
        self._lines = {document.path: [entry.place.line for entry in document.headings] for document in documents}
        keys = [
            (path, position, chain) for path, chains in self._chains.items() for position, chain in enumerate(chains)
        ]
        self._stems: dict[_Key, str] = {}
        self.stems: set[str] = set()
        numbers: Counter[str] = Counter()
        for key in dict.fromkeys((*keys, *map(self._key, blocks))):
            folder = self.folders.get(key[0], "")
            stem = next(stem for stem in _stems(folder, key[2], numbers) if stem not in self.stems)
            self._stems[key] = stem
            self.stems.add(stem)

    def stem(self, block: Block) -> str:
        """Return the stem of the section that a block stands in."""
        return self._stems[self._key(block)]

    def _key(self, block: Block) -> _Key:
        path = block.place.path
        position = bisect_left(self._lines.get(path, []), block.line) - 1
        return (path, position, self._chains[path][position]) if position >= 0 else (path, -1, block.headings)


def _chains(document: Document) -> list[_Chain]:
    """Return for each heading its text with those of its parents before it."""
    found: list[_Chain] = []
    above: list[tuple[int, str]] = []
    for heading in document.headings:
        above = [*(entry for entry in above if entry[0] < heading.level), (heading.level, heading.text)]
        found.append(tuple(text for _, text in above))
    return found


def _stems(folder: str, chain: _Chain, numbers: Counter[str]) -> Iterator[str]:
    """Yield the slug of the nearest heading, then with its parents', then with a number not yet given."""
    slugs = [part for part in map(slug, chain) if part] or ["start"]
    for count in range(1, len(slugs) + 1):
        yield folder + _shortened("-".join(slugs[-count:]))
    base = folder + _shortened("-".join(slugs))
    while True:
        numbers[base] += 1
        yield f"{base}_{numbers[base] + 1}"


def _folders(documents: Sequence[Document]) -> dict[str, str]:
    """Return the folder of each document's snippets: none for SKILL.md, else its stem."""
    found: dict[str, str] = {}
    for document in documents:
        pure = PurePosixPath(document.relative)
        plain = (slug(pure.stem), slug(str(pure.with_suffix(""))))
        numbered = (f"document-{number}" for number in itertools.count(1))
        folder = next(name for name in itertools.chain(plain, numbered) if name and f"{name}/" not in found.values())
        found[document.path] = "" if document.relative == "SKILL.md" else f"{folder}/"
    return found


def _shortened(stem: str) -> str:
    return stem[:_LONGEST].strip("-_")
