"""Files of a folder or archive -> Skill."""

from __future__ import annotations

import posixpath
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace

from skillcheck.load.evidence import evidence
from skillcheck.load.frontmatter import extent, frontmatter, is_frontmatter, unread
from skillcheck.load.leads import leads
from skillcheck.load.limits import Limits
from skillcheck.load.markdown import document
from skillcheck.load.scripts import scripts
from skillcheck.load.source import Source, decode
from skillcheck.load.tree import below
from skillcheck.model import Document, Fault, FaultKind, File, Place, Skill
from skillcheck.model.lean import dataclass

NAME = "SKILL.md"


@dataclass(frozen=True, slots=True)
class Home:
    """Where a skill stands: its folder as shown, that folder's name, and the folder on disk (empty in an archive)."""

    path: str
    folder: str
    location: str


def skill(home: Home, files: Sequence[File], faults: Sequence[Fault], limits: Limits) -> Skill:
    """Read a skill from its files; what cannot be read becomes a fault."""
    by_path = {file.path: file for file in files}
    main = by_path.get(NAME)
    content = _content(main, limits.max_file) if main else _absent(home, faults)
    if isinstance(content, Fault):
        others = tuple(fault for fault in faults if fault.place != content.place)
        return Skill(*_named(home), unread(content), (Document(content.place.path, NAME, ""),), tuple(files), others)
    source, broken = content
    top, body_line = frontmatter(source)
    first, told = document(source, NAME, body_line)
    reading = _Led(by_path, limits)
    documents = (first, *reading.follow(first))
    every = (*faults, *broken, *told, *reading.faults)
    proof = evidence(by_path, documents, limits)
    texts = tuple(scripts(files, limits))
    return Skill(*_named(home), top, documents, tuple(files), every, proof, texts)


def _named(home: Home) -> tuple[str, str, str]:
    return home.path, home.folder, home.location


def _absent(home: Home, faults: Sequence[Fault]) -> Fault:
    """Tell why a SKILL.md that was seen is no file that could be listed."""
    place = Place(below(home.path, NAME))
    missing = Fault(FaultKind.UNREADABLE, place, "no file that can be read", "make it a regular file")
    cause = next((fault for fault in faults if fault.place.path == place.path), missing)
    if cause.kind is not FaultKind.LINK_ESCAPES:
        return cause
    fact, remedy = f"{cause.fact}, and is not read", "copy the file, or check the folder that holds both"
    return replace(cause, kind=FaultKind.UNREADABLE, fact=fact, remedy=remedy)


def _content(file: File, limit: int) -> tuple[Source, tuple[Fault, ...]] | Fault:
    if file.size > limit:
        fact = f"the file holds {file.size:,} bytes, more than the {limit:,} that are read"
        return Fault(FaultKind.TOO_LARGE, file.place, fact, "split it, or move data into files of their own")
    try:
        return decode(file.place.path, file.read())
    except OSError as error:
        fact = f"the file cannot be read: {error.strerror or error}"
        return Fault(FaultKind.UNREADABLE, file.place, fact, "mend the file or its permissions")


class _Led:
    """Reads the Markdown files that documents lead to, each once, nearest first."""

    def __init__(self, files: dict[str, File], limits: Limits) -> None:
        self.files = files
        self.limits = limits
        self.faults: list[Fault] = []

    def follow(self, first: Document) -> Iterator[Document]:
        seen = {first.relative}
        todo = deque([first])
        while todo:
            for path in leads(todo.popleft(), self.files):
                if path in seen or posixpath.basename(path) == NAME:
                    continue
                seen.add(path)
                if len(seen) > self.limits.max_documents:
                    self.full(first)
                    return
                if read := self.document(self.files[path]):
                    todo.append(read)
                    yield read

    def full(self, first: Document) -> None:
        fact = f"more than {self.limits.max_documents} Markdown files are linked or named; the others are not read"
        self.faults.append(Fault(FaultKind.TOO_MANY_FILES, Place(first.path), fact, "split the skill", is_mild=True))

    def document(self, file: File) -> Document | None:
        content = _content(file, self.limits.max_file)
        if isinstance(content, Fault):
            self.faults.append(content)
            return None
        source, broken = content
        found = extent(source)
        body_line = found.body_line if found and is_frontmatter(found) else 1
        read, told = document(source, file.path, body_line)
        self.faults += (*broken, *told)
        return read
