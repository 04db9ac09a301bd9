from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from lsprotocol import types
from pygls.workspace import Workspace

from skillcheck.language_server import server as protocol
from skillcheck.language_server.desk import Desk
from skillcheck.language_server.server import Server, language_server

TEXT = "---\nname: b\ndescription: Fills forms. Use when a form is to be filled.\n---\n\nFill it.\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "a").mkdir()
    file = tmp_path / "a" / "SKILL.md"
    file.write_text(TEXT, encoding="utf-8")
    return file


def desk(*files: Path) -> Desk:
    workspace = Workspace(None)
    for file in files:
        workspace.put_text_document(types.TextDocumentItem(file.as_uri(), "markdown", 1, file.read_text("utf-8")))
    return Desk(workspace)


def test_a_file_is_told_to_be_clean_once_it_is(file: Path) -> None:
    held = desk(file)
    assert [(uri, len(told)) for uri, told in held.check(file.as_uri())] == [(file.as_uri(), 1)]
    changed = types.TextDocumentContentChangeWholeDocument(TEXT.replace("name: b", "name: a"))
    held.workspace.update_text_document(types.VersionedTextDocumentIdentifier(2, file.as_uri()), changed)
    assert list(held.check(file.as_uri())) == [(file.as_uri(), [])]
    assert list(held.check(file.as_uri())) == []


def test_what_was_deleted_or_renamed_has_no_findings_any_more(file: Path) -> None:
    held = desk(file)
    assert [len(told) for _, told in held.check(file.as_uri())] == [1]
    renamed = file.parent.rename(file.parents[1] / "c") / "SKILL.md"
    held.workspace.remove_text_document(file.as_uri())
    assert list(held.check(file.as_uri())) == [(file.as_uri(), [])]
    assert list(held.check(file.as_uri())) == []
    held.workspace.put_text_document(types.TextDocumentItem(renamed.as_uri(), "markdown", 1, TEXT))
    assert [(uri, len(told)) for uri, told in held.check(renamed.as_uri())] == [(renamed.as_uri(), 1)]
    renamed.unlink()
    assert list(held.check("untitled:1")) == [(renamed.as_uri(), [])]


def test_only_what_has_edits_is_offered(file: Path) -> None:
    file.write_text(f"{TEXT}See [the notes](notes.md).\n", encoding="utf-8")
    whole = types.Range(types.Position(0, 0), types.Position(9, 0))
    (action,) = desk(file).actions(file.as_uri(), whole)
    assert [told.code for told in action.diagnostics or ()] == ["SK113"]


def test_what_is_part_of_no_bundle_has_no_findings(file: Path) -> None:
    note = file.parents[1] / "notes.md"
    note.write_text("# Notes\n", encoding="utf-8")
    assert list(desk(note).check(note.as_uri())) == []
    assert list(desk().check("untitled:1")) == []


def test_what_is_wrong_with_a_file_that_is_no_text_is_told_all_the_same(file: Path) -> None:
    broken = file.parent / "notes.md"
    broken.write_bytes(b"\xff\n")
    file.write_text(f"{TEXT}See [the notes](notes.md).\n", encoding="utf-8")
    told = dict(desk(file).check(file.as_uri()))
    assert told[broken.as_uri()][0].range.start == types.Position(0, 0)


@pytest.fixture
def events(file: Path, monkeypatch: pytest.MonkeyPatch) -> Events:
    return Events(file, monkeypatch)


class Events:
    """A server whose editor has one file open: its library calls it with events, and what it publishes is kept."""

    def __init__(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.uri, held = file.as_uri(), desk(file)
        self.published: list[tuple[str, int]] = []
        monkeypatch.setattr(protocol, "PAUSE", 0)
        monkeypatch.setattr(Server, "workspace", held.workspace)
        monkeypatch.setattr(Server, "text_document_publish_diagnostics", self.publish)
        self.features = language_server().protocol.fm.features
        self.features[types.INITIALIZED](types.InitializedParams())

    def publish(self, params: types.PublishDiagnosticsParams) -> None:
        self.published.append((params.uri, len(params.diagnostics)))

    def send(self, event: str, params: object) -> object:
        return self.features[event](params)

    def change(self, version: int, uri: str = "") -> None:
        document = types.VersionedTextDocumentIdentifier(version, uri or self.uri)
        sent = self.features[types.TEXT_DOCUMENT_DID_CHANGE](types.DidChangeTextDocumentParams(document, []))
        asyncio.run(sent)

    @property
    def document(self) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(self.uri)


def test_what_is_opened_saved_or_closed_is_checked(events: Events) -> None:
    item = types.TextDocumentItem(events.uri, "markdown", 1, TEXT)
    events.send(types.TEXT_DOCUMENT_DID_OPEN, types.DidOpenTextDocumentParams(item))
    events.send(types.TEXT_DOCUMENT_DID_SAVE, types.DidSaveTextDocumentParams(events.document))
    events.send(types.TEXT_DOCUMENT_DID_CLOSE, types.DidCloseTextDocumentParams(events.document))
    assert events.published == [(events.uri, 1)] * 3


def test_what_is_open_is_checked_again_when_files_around_it_change(events: Events, file: Path) -> None:
    old = types.FileRename(events.uri, "file:///b.md")
    events.send(types.WORKSPACE_DID_CHANGE_WATCHED_FILES, types.DidChangeWatchedFilesParams([]))
    events.send(types.WORKSPACE_DID_RENAME_FILES, types.RenameFilesParams([old]))
    file.unlink()
    events.send(types.WORKSPACE_DID_DELETE_FILES, types.DeleteFilesParams([types.FileDelete(events.uri)]))
    assert events.published == [*[(events.uri, 1)] * 2, (events.uri, 0)]


def test_only_the_last_of_many_changes_is_checked(events: Events) -> None:
    events.change(version=0)
    assert events.published == []
    events.change(version=1)
    assert events.published == [(events.uri, 1)]
    events.change(version=1, uri="file:///closed.md")
    assert events.published == [(events.uri, 1)]


def test_a_hover_is_markdown_and_none_where_there_is_nothing_to_say(events: Events) -> None:
    events.send(types.TEXT_DOCUMENT_DID_SAVE, types.DidSaveTextDocumentParams(events.document))
    said = events.send(types.TEXT_DOCUMENT_HOVER, types.HoverParams(events.document, types.Position(1, 7)))
    assert isinstance(said, types.Hover)
    assert isinstance(said.contents, types.MarkupContent)
    assert said.contents.kind is types.MarkupKind.Markdown
    nothing = types.HoverParams(events.document, types.Position(0, 0))
    assert events.send(types.TEXT_DOCUMENT_HOVER, nothing) is None


@pytest.mark.parametrize(
    ("only", "offered"),
    [
        (None, [types.CodeActionKind.QuickFix]),
        ([types.CodeActionKind.QuickFix], [types.CodeActionKind.QuickFix]),
        ([types.CodeActionKind.Refactor], []),
    ],
)
def test_only_the_kinds_that_are_asked_for_are_offered(
    events: Events, only: list[types.CodeActionKind | str] | None, offered: list[types.CodeActionKind]
) -> None:
    place = types.Range(types.Position(0, 0), types.Position(9, 0))
    asked = types.CodeActionParams(events.document, place, types.CodeActionContext([], only))
    actions = events.send(types.TEXT_DOCUMENT_CODE_ACTION, asked)
    assert isinstance(actions, list)
    assert [each.kind for each in actions] == offered
