"""Skills and their archives → `.well-known/agent-skills`, the discovery index of version 0.2.0 with digests."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence

from skillcheck.model import Json
from skillcheck.site.listing import Entry

FOLDER = ".well-known/agent-skills"
SCHEMA = "https://schemas.agentskills.io/discovery/0.2.0/schema.json"
LONGEST = 1024


def discovery(entries: Sequence[Entry]) -> Mapping[str, bytes]:
    """Return the index and what it names, each artifact beside it; a skill that cannot be packed is not in it."""
    found: dict[str, bytes] = {}
    skills: list[Json] = []
    for entry in entries:
        for path, content in _artifact(entry):
            if path not in found:
                found[path] = content
                skills.append(_described(entry, path, content))
    index = json.dumps({"$schema": SCHEMA, "skills": skills}, indent=2) + "\n"
    return {f"{FOLDER}/{path}": content for path, content in [*found.items(), ("index.json", index.encode())]}


def _artifact(entry: Entry) -> Iterator[tuple[str, bytes]]:
    """Yield SKILL.md where it is all of the skill, else the archive, which has to hold it at its top."""
    if entry.alone is not None:
        yield f"{entry.skill.name}/SKILL.md", entry.alone
    elif entry.flat is not None:
        yield f"{entry.skill.name}.zip", entry.flat


def _described(entry: Entry, path: str, content: bytes) -> dict[str, Json]:
    return {
        "name": entry.skill.name,
        "type": "archive" if path.endswith(".zip") else "skill-md",
        "description": " ".join(entry.skill.description.split())[:LONGEST],
        "url": path,
        "digest": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }
