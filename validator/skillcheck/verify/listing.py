"""Skills and configuration → marketplace.json and its twin, written or compared with those on disk."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from skillcheck.config import Config
from skillcheck.model import Drift, DriftKind, Place, Skill
from skillcheck.pack import Entry, marketplace, write
from skillcheck.verify.settings import Extraction, Part

FILES = ("marketplace.json", ".claude-plugin/marketplace.json")


def listed(skills: Sequence[Skill], config: Config, extraction: Extraction) -> Part:
    """Write both files, or tell which is not as it should be; nothing where no marketplace is configured."""
    if config.marketplace is None or extraction is Extraction.LEAVE:
        return Part()
    text = _text([skill for skill in skills if skill.location], config)
    drifts = tuple(_drifts(text, config.root))
    if extraction is Extraction.CHECK:
        return Part(drifts=drifts)
    for drift in drifts:
        write(text.encode(), config.root / drift.path)
    return Part(notes=(f"{len(FILES)} marketplace files, {len(drifts)} of them changed",))


def _text(skills: Sequence[Skill], config: Config) -> str:
    if config.marketplace is None:
        return ""
    entries = {name: Entry(own.version, own.author, own.keywords, own.category) for name, own in config.skills.items()}
    return marketplace(
        skills,
        root=config.root,
        name=config.marketplace.name,
        owner=config.marketplace.owner,
        description=config.marketplace.description,
        version=config.marketplace.version,
        entries=entries,
    )


def _drifts(text: str, root: Path) -> Iterator[Drift]:
    for name in FILES:
        path = root / name
        try:
            found = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            found = ""
        if found != text:
            lines = difflib.unified_diff(
                found.splitlines(keepends=True), text.splitlines(keepends=True), f"a/{name}", f"b/{name}"
            )
            yield Drift(DriftKind.MARKETPLACE, name, Place(os.path.relpath(path)), "".join(lines))
