"""The units of a skill -> the snippet file of each."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Container, Sequence
from pathlib import PurePosixPath

from skillcheck.blocks import languages
from skillcheck.blocks.sections import Sections
from skillcheck.model import Document, Role, Unit

MANIFEST = "manifest.json"


def snippet_names(documents: Sequence[Document], units: Sequence[Unit]) -> tuple[str, ...]:
    """Return the path of each unit's snippet: its own for a `file`, else one that its nearest heading gives.

    Names are unique also where case is ignored. They depend on the headings of the document and on the earlier blocks
    under the same one, so that an edit elsewhere renames nothing. A name that Python could import gets its number even
    if it is the first, lest `logging.py` be taken for the library.
    """
    sections = Sections(documents, [unit.block for unit in units])
    taken = {MANIFEST, *sections.folders.values()}
    own = [_own(unit, taken) for unit in units]
    counts: Counter[tuple[str, str]] = Counter()
    names: list[str] = []
    for unit, path in zip(units, own, strict=True):
        stem, suffix = sections.stem(unit.block), _suffix(unit)
        counts[stem, suffix] += path is None
        names.append(path or _numbered(stem, counts[stem, suffix], suffix, taken, sections.stems))
    return tuple(names)


def _own(unit: Unit, taken: set[str]) -> str | None:
    """Return the path of a `file` unit unless an earlier one has it, or lies below or above it."""
    if unit.role is not Role.FILE or unit.path is None:
        return None
    folded = unit.path.casefold()
    parents = {str(parent) for parent in PurePosixPath(folded).parents}
    if folded in taken or f"{folded}/" in taken or parents & taken:
        return None
    taken.update({folded}, {f"{parent}/" for parent in parents})
    return unit.path


def _suffix(unit: Unit) -> str:
    language = languages.named(unit.language)
    return language.suffixes[0].lower() if language else ".txt"


def _numbered(stem: str, number: int, suffix: str, taken: set[str], stems: Container[str]) -> str:
    """Return the name of the block of that number in its section, kept apart from files and other sections."""
    importable = suffix == ".py" and stem.rpartition("/")[2].isidentifier()
    numbered = (f"{stem}{'-' * count}{number}" for count in itertools.count(1))
    unmistaken = (name for name in numbered if name not in stems)
    candidates = unmistaken if importable or number > 1 else itertools.chain([stem], unmistaken)
    path = next(name + suffix for name in candidates if name + suffix not in taken)
    taken.add(path)
    return path
