"""The protocol's events → checks, and what is told of them."""

from __future__ import annotations

import asyncio
from importlib.metadata import version

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from skillcheck.language_server.desk import Desk
from skillcheck.language_server.showing import FIX_ALL

PAUSE = 0.2
"""Seconds without a key press after which a document is checked."""

EVERY_FILE = types.FileOperationRegistrationOptions([types.FileOperationFilter(types.FileOperationPattern("**/*"))])
"""Folders as well, for with one goes what lies in it."""

KINDS = [types.CodeActionKind.QuickFix, FIX_ALL]


class Server(LanguageServer):
    """The server, with the desk of its one editor."""

    desk: Desk

    def check(self, document: types.TextDocumentIdentifier | types.TextDocumentItem) -> None:
        """Check what a document belongs to, and publish what is found."""
        for uri, told in self.desk.check(document.uri):
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, told))

    def check_again(self) -> None:
        """Check what all open documents belong to, for files around them were changed."""
        for uri in [*self.workspace.text_documents] or [""]:  # what is gone is told though nothing is open
            self.check(types.TextDocumentIdentifier(uri))

    async def check_later(self, document: types.VersionedTextDocumentIdentifier) -> None:
        """Check a document unless it is changed again within the pause."""
        await asyncio.sleep(PAUSE)
        held = self.workspace.text_documents.get(document.uri)
        if held and held.version == document.version:
            self.check(types.TextDocumentIdentifier(document.uri))


def language_server() -> LanguageServer:
    """Return the server, ready to be started."""
    server = Server("skillcheck", version("claude-skillcheck"))

    @server.feature(types.INITIALIZED)
    def begun(_: types.InitializedParams) -> None:
        server.desk = Desk(server.workspace)

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        server.check(params.text_document)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        server.check(params.text_document)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        server.check(params.text_document)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(params: types.DidChangeTextDocumentParams) -> None:
        await server.check_later(params.text_document)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hovered(params: types.HoverParams) -> types.Hover | None:
        said = server.desk.hover(params.text_document.uri, params.position)
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, said)) if said else None

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=KINDS))
    def acted(params: types.CodeActionParams) -> list[types.CodeAction]:
        actions = server.desk.actions(params.text_document.uri, params.range)
        only = params.context.only
        return [each for each in actions if only is None or any(_is_kind(each.kind, kind) for kind in only)]

    _watch(server)
    return server


def _watch(server: Server) -> None:
    """Have the server look again when files change that the editor has not open."""

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def changed_on_disk(_: types.DidChangeWatchedFilesParams) -> None:
        server.check_again()

    @server.feature(types.WORKSPACE_DID_DELETE_FILES, EVERY_FILE)
    def deleted(_: types.DeleteFilesParams) -> None:
        server.check_again()

    @server.feature(types.WORKSPACE_DID_RENAME_FILES, EVERY_FILE)
    def renamed(_: types.RenameFilesParams) -> None:
        server.check_again()


def _is_kind(kind: str | None, asked: str) -> bool:
    """Whether a kind of action is the one that is asked for, or a kind of it."""
    return kind is not None and (kind + ".").startswith(asked + ".")  # an f-string would take an enum's name
