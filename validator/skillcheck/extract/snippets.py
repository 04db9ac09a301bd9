"""A skill and its programs -> the executable file of each block, and the manifest of them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence

from skillcheck.extract.comments import headed
from skillcheck.extract.header import metadata, origin, search_path
from skillcheck.extract.joined import joined
from skillcheck.model import Place, Program, Requirement, Role, Skill, Snippet, Unit

MANIFEST = "manifest.json"
_OWN_METADATA = re.compile(r"(?m)^# /// script$")


def snippets(
    skill: Skill,
    programs: Sequence[Program],
    units: Sequence[Unit],
    requirements: Sequence[Requirement],
    python: str = ">=3.11",
) -> tuple[Snippet, ...]:
    """Return every unit as a file, shown ones too, and the manifest that tells our files from the user's."""
    by_block = {_key(program.unit): program for program in programs}
    documents = {document.path: document.relative for document in skill.documents}
    head = metadata(requirements, python)
    made: list[Snippet] = []
    listed: list[dict[str, object]] = []
    for unit in units:
        document = documents.get(unit.block.place.path, unit.block.document)
        snippet = Snippet(unit.snippet, _text(unit, document, by_block.get(_key(unit)), head), unit.block.place)
        made.append(snippet)
        listed.append(_entry(unit, document, snippet))
    return (*made, _manifest(skill, listed)) if made else ()


def digest(text: str) -> str:
    """Return the SHA-256 of a snippet's bytes, in hexadecimal."""
    return hashlib.sha256(encoded(text)).hexdigest()


def encoded(text: str) -> bytes:
    """Return the bytes that a snippet has on disk."""
    return text.encode("utf-8", "surrogatepass")


def _key(unit: Unit) -> tuple[str, int]:
    return unit.block.document, unit.block.index


def _manifest(skill: Skill, listed: Sequence[dict[str, object]]) -> Snippet:
    content = {"version": 1, "skill": skill.name, "snippets": sorted(listed, key=lambda entry: str(entry["path"]))}
    text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    return Snippet(MANIFEST, text, Place(skill.documents[0].path))


def _text(unit: Unit, document: str, program: Program | None, head: str) -> str:
    if unit.role is Role.FILE:
        return unit.block.text
    if program is None or unit.language != "python":
        return headed(unit.block.text, origin(unit, document), unit.language)
    futures, body = joined(program.segments)
    own = _OWN_METADATA.search(body)
    comment = headed("", origin(unit, document), "python")
    parts = ("" if own else head, comment + futures, search_path(program), body)
    return "\n".join(filter(None, parts))


def _entry(unit: Unit, document: str, snippet: Snippet) -> dict[str, object]:
    return {
        "path": snippet.path,
        "document": document,
        "headings": list(unit.block.headings),
        "role": unit.role.value,
        "language": unit.language,
        "sha256": digest(snippet.text),
    }
