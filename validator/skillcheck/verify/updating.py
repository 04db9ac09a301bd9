"""Skill → its Markdown, saying what its blocks print."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path

from skillcheck.config import Config
from skillcheck.model import Document, Mismatch, Skill
from skillcheck.rewriting import rewritten, write
from skillcheck.verify.proving import Proving
from skillcheck.verify.settings import Part, Settings

MARK = "\ufeff"


def updated(skill: Skill, config: Config, settings: Settings) -> Part:
    """Run the blocks that say what they print, and write what they do print where that is something else."""
    proving = Proving.of(skill, config, settings)
    wanted = {program.unit.snippet for program in proving.programs if program.expected}
    found = [mismatch for result in proving.blocks(wanted)[0] for mismatch in result.mismatches] if wanted else []
    part = Part()
    for document in skill.documents:
        here = [mismatch for mismatch in found if mismatch.place.path == document.path]
        if here:
            part += _updated(skill, document, here)
    return part


def _updated(skill: Skill, document: Document, found: Sequence[Mismatch]) -> Part:
    content = _content(skill, document)
    if content is None:
        return Part(notes=(f"{document.path}: not rewritten, because it is not a UTF-8 file on this disk",))
    text, left = rewritten(content, found)
    notes = tuple(_notes(left))
    if text == content:
        return Part(notes=notes)
    write(Path(skill.location, document.relative), text.encode())
    written = len(found) - len(left)
    said = f"{document.path}: {written} expected output{'s' if written > 1 else ''} rewritten"
    return Part(notes=(said, *notes), diffs=(_diff(content, text, document.path),))


def _content(skill: Skill, document: Document) -> str | None:
    """Return the file's text with its byte order mark, None where it is not what was read."""
    if not skill.location:
        return None
    content = Path(skill.location, document.relative).read_bytes()
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return None
    return text if text.removeprefix(MARK) == document.text else None


def _notes(left: Sequence[Mismatch]) -> Iterator[str]:
    for mismatch in left:
        why = "what is printed cannot stand there" if mismatch.steady else "another run prints something else"
        yield f"{mismatch.place}: not rewritten, because {why}"


def _diff(old: str, new: str, path: str) -> str:
    lines = difflib.unified_diff(old.split("\n"), new.split("\n"), f"a/{path}", f"b/{path}", lineterm="")
    return "\n".join(lines) + "\n"
