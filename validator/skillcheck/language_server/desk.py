"""What one editor has open → the findings of it, kept until the next check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lsprotocol import types
from pygls.uris import from_fs_path, to_fs_path
from pygls.workspace import TextDocument, Workspace

from skillcheck.language_server.checking import Checked, checked
from skillcheck.language_server.showing import covers, diagnostic, fix_all, hover, lines_of, quick_fix
from skillcheck.language_server.subjects import is_subject, subject
from skillcheck.model import Finding

NOTHING = Checked({}, {})


@dataclass(slots=True)
class Desk:
    """The documents of an editor, and what was last found in what each belongs to."""

    workspace: Workspace
    known: dict[Path, Checked] = field(default_factory=dict)

    def check(self, uri: str) -> Iterator[tuple[str, list[types.Diagnostic]]]:
        """Check what a document belongs to; yield every file that has findings, or had some, with its diagnostics.

        What was deleted or renamed meanwhile had some, too.
        """
        before, gone, after = self.found(uri), self.gone(), self.renewed(uri)
        for file in sorted({*before.findings, *gone, *after.findings}):
            yield _uri(file), [told for _, told in self.told(file, after)]

    def gone(self) -> set[Path]:
        """Forget what is no longer there, and return the files that had findings in it."""
        ended = [whole for whole in self.known if not is_subject(whole)]
        return {file for whole in ended for file in self.known.pop(whole).findings}

    def renewed(self, uri: str) -> Checked:
        """Check what a document belongs to, and return what is found; nothing in one that is no part of a bundle."""
        whole = _subject(uri)
        if whole is None:
            return NOTHING
        self.known[whole] = checked(whole, self.texts())
        return self.known[whole]

    def found(self, uri: str) -> Checked:
        """Return what was last found in what a document belongs to."""
        whole = _subject(uri)
        return self.known.get(whole, NOTHING) if whole else NOTHING

    def hover(self, uri: str, point: types.Position) -> str:
        """Return what there is to say of a point of a document, as Markdown."""
        found = self.found(uri)
        here = self.at(uri, types.Range(point, point), found)
        return "\n\n---\n\n".join(hover(finding, found.about.get(finding.code)) for finding, _ in here)

    def actions(self, uri: str, place: types.Range) -> Iterator[types.CodeAction]:
        """Yield what mends a document at a place, then what mends all of it that is safe to mend."""
        found, document = self.renewed(uri), self.workspace.get_text_document(uri)
        lines, units = lines_of(document.source), document.position_codec.client_num_units
        for finding, told in self.at(uri, place, found):
            if finding.edits:
                yield quick_fix(finding, told, uri, lines, units)
        whole = fix_all(found.findings.get(_path(uri), ()), document.source, uri, units)
        yield from [whole] if whole else []

    def texts(self) -> dict[str, str]:
        """Return the texts of all open documents by their paths."""
        return {str(_path(uri)): document.source for uri, document in self.workspace.text_documents.items()}

    def at(self, uri: str, place: types.Range, found: Checked) -> Iterator[tuple[Finding, types.Diagnostic]]:
        """Yield the findings of a document at a place, with their diagnostics."""
        yield from (each for each in self.told(_path(uri), found) if covers(each[1].range, place))

    def told(self, file: Path, found: Checked) -> Iterator[tuple[Finding, types.Diagnostic]]:
        """Yield the findings of a file with their diagnostics."""
        document = self.workspace.get_text_document(_uri(file))
        lines, units = _lines(document, file), document.position_codec.client_num_units
        yield from ((finding, diagnostic(finding, lines, units)) for finding in found.findings.get(file, ()))


def _lines(document: TextDocument, file: Path) -> list[str]:
    """Return the lines of a file as the editor holds it, else as it is on disk; none of what cannot be read."""
    try:
        return lines_of(document.source)
    except (OSError, ValueError):  # a folder, or no UTF-8: what is told of it stands at its beginning
        return [file.name]


def _subject(uri: str) -> Path | None:
    return subject(_path(uri)) if uri.startswith("file:") else None


def _path(uri: str) -> Path:
    return Path(to_fs_path(uri) or uri)


def _uri(path: Path) -> str:
    return from_fs_path(str(path)) or path.as_uri()
