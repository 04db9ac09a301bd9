"""What both are asked about: the files of a skill, a plugin or a marketplace, written to disk."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Kind(StrEnum):
    """What a case is.

    A part is a Markdown file of a plugin, with `@` in its path for the name it is given; a manifest is a plugin whose
    files but plugin.json and hooks are not looked at; an entry is one of a marketplace.
    """

    PART = "part"
    MANIFEST = "manifest"
    ENTRY = "entry"
    PLUGIN = "plugin"
    MARKETPLACE = "marketplace"

    @property
    def is_shared(self) -> bool:
        """Whether the client can be asked about many at once."""
        return self in {Kind.PART, Kind.MANIFEST, Kind.ENTRY}


@dataclass(frozen=True)
class Case:
    """A bundle: its files by their paths, and its symbolic links with their targets."""

    kind: Kind
    files: Mapping[str, bytes]
    links: Mapping[str, str]
    name: str = ""

    def write(self, root: Path) -> None:
        """Put it on disk below `root`."""
        root.mkdir(parents=True, exist_ok=True)
        for path, content in self.files.items():
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        for path, target in self.links.items():
            link = root / path
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(target)

    def __str__(self) -> str:
        """Return every file as it is written, control characters escaped."""
        shown = [f"--- {path}\n{_visible(content)}" for path, content in self.files.items()]
        return "\n".join([*shown, *(f"--- {path} -> {target}" for path, target in self.links.items())])


def case(kind: Kind, files: Mapping[str, object], links: Mapping[str, str] | None = None, name: str = "") -> Case:
    """Make a case; text is encoded, other values become JSON."""
    return Case(kind, {path: _encoded(content) for path, content in files.items()}, links or {}, name)


def _encoded(content: object) -> bytes:
    if isinstance(content, bytes):
        return content
    text = content if isinstance(content, str) else json.dumps(content, indent=1)
    return text.encode("utf-8", "surrogatepass")


def _visible(content: bytes) -> str:
    text = content.decode("utf-8", "backslashreplace")
    return "".join(char if char == "\n" or char.isprintable() else ascii(char)[1:-1] for char in text)
