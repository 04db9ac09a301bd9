"""A real client of the protocol, as an editor has one, talks to `skillcheck lsp` over its pipes."""

from __future__ import annotations

import asyncio
import sys
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from lsprotocol import types
from pygls.lsp.client import LanguageClient

SECONDS = 60
CLEAN = """---
name: pdf-forms
description: Fills PDF forms from data. Use when a form has to be filled, or its fields listed.
---

# PDF forms

Read the form first.
"""
BROKEN = CLEAN.replace("name: pdf-forms", "name: pdf-form")
MISTYPED = CLEAN.replace("---\n\n#", "allowed-tools: Raed\n---\n\n#")


class Editor:
    """The half of an editor that a language server sees."""

    def __init__(self) -> None:
        self.client = LanguageClient("editor", "1")
        self.told: defaultdict[str, asyncio.Queue[list[types.Diagnostic]]] = defaultdict(asyncio.Queue)
        self.complaints: list[str] = []

        published, complained = types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, types.WINDOW_SHOW_MESSAGE
        self.client.feature(published)(lambda params: self.told[params.uri].put_nowait(list(params.diagnostics)))
        self.client.feature(complained)(lambda params: self.complaints.append(params.message))

    def open(self, file: Path, text: str | None = None) -> None:
        held = file.read_text(encoding="utf-8") if text is None else text
        item = types.TextDocumentItem(file.as_uri(), "markdown", 1, held)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def type(self, file: Path, text: str, version: int = 2) -> None:
        document = types.VersionedTextDocumentIdentifier(version, file.as_uri())
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    def save(self, file: Path) -> None:
        document = types.TextDocumentIdentifier(file.as_uri())
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(document))

    def close(self, file: Path) -> None:
        document = types.TextDocumentIdentifier(file.as_uri())
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(document))

    async def diagnostics(self, file: Path) -> list[types.Diagnostic]:
        return await asyncio.wait_for(self.told[file.as_uri()].get(), SECONDS)

    async def codes(self, file: Path) -> list[object]:
        return [each.code for each in await self.diagnostics(file)]

    async def hover(self, file: Path, line: int, character: int) -> str:
        place = types.HoverParams(types.TextDocumentIdentifier(file.as_uri()), types.Position(line, character))
        said = await asyncio.wait_for(self.client.text_document_hover_async(place), SECONDS)
        if said is None:
            return ""
        assert isinstance(said.contents, types.MarkupContent)
        return said.contents.value

    async def actions(
        self, file: Path, place: types.Range, *only: types.CodeActionKind | str
    ) -> list[types.CodeAction]:
        context = types.CodeActionContext([], list(only) or None)
        asked = types.CodeActionParams(types.TextDocumentIdentifier(file.as_uri()), place, context)
        found = await asyncio.wait_for(self.client.text_document_code_action_async(asked), SECONDS)
        return [each for each in found or () if isinstance(each, types.CodeAction)]


@asynccontextmanager
async def editor(root: Path) -> AsyncIterator[Editor]:
    opened = Editor()
    await opened.client.start_io(sys.executable, "-m", "skillcheck", "lsp")
    given = types.InitializeParams(types.ClientCapabilities(), process_id=None, root_uri=root.as_uri())
    await asyncio.wait_for(opened.client.initialize_async(given), SECONDS)
    opened.client.initialized(types.InitializedParams())
    yield opened
    await asyncio.wait_for(opened.client.shutdown_async(None), SECONDS)
    opened.client.exit(None)
    await opened.client.stop()  # type: ignore[no-untyped-call] # the library's
    assert not opened.complaints


@pytest.fixture
def skill(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    file = tmp_path / "pdf-forms" / "SKILL.md"
    file.parent.mkdir()
    file.write_text(BROKEN, encoding="utf-8")
    return file


def edited(root: Path, work: Callable[[Editor], Awaitable[None]]) -> None:
    async def session() -> None:
        async with editor(root) as opened:
            await work(opened)

    asyncio.run(session())


def put(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")


def whole(text: str) -> types.Range:
    return types.Range(types.Position(0, 0), types.Position(text.count("\n") + 1, 0))


def after(text: str, edits: list[types.TextEdit]) -> str:
    """Return the text as an editor has it after edits of one line each, or one of the whole text."""
    lines = text.splitlines(keepends=True)
    for edit in sorted(edits, key=lambda edit: edit.range.start.line, reverse=True):
        start, end = edit.range.start, edit.range.end
        if start.line == 0 and end.line >= len(lines):
            return edit.new_text
        line = lines[start.line]
        lines[start.line : end.line + 1] = [line[: start.character] + edit.new_text + lines[end.line][end.character :]]
    return "".join(lines)


def test_a_broken_skill_is_told_at_its_place_when_it_is_opened(skill: Path) -> None:
    async def work(opened: Editor) -> None:
        opened.open(skill)
        (told,) = await opened.diagnostics(skill)
        assert (told.code, told.source, told.severity) == ("SK113", "skillcheck", types.DiagnosticSeverity.Error)
        assert told.range == types.Range(types.Position(1, 6), types.Position(1, 14))
        assert told.message.splitlines()[1].startswith("fix: ")

    edited(skill.parents[1], work)


def test_what_is_typed_counts_and_not_what_is_saved(skill: Path) -> None:
    async def work(opened: Editor) -> None:
        opened.open(skill)
        assert await opened.codes(skill) == ["SK113"]
        opened.type(skill, CLEAN)
        assert await opened.codes(skill) == []
        opened.close(skill)
        assert await opened.codes(skill) == ["SK113"]
        put(skill, CLEAN)
        opened.open(skill)
        opened.save(skill)
        assert await opened.codes(skill) == []

    edited(skill.parents[1], work)


def test_hovering_says_what_the_rule_is_about(skill: Path) -> None:
    async def work(opened: Editor) -> None:
        opened.open(skill)
        await opened.diagnostics(skill)
        said = await opened.hover(skill, 1, 8)
        assert said.startswith("**SK113 ")
        assert "```markdown" in said
        assert "Source: https://" in said
        assert await opened.hover(skill, 6, 0) == ""

    edited(skill.parents[1], work)


def test_a_quick_fix_mends_what_it_is_offered_for(skill: Path) -> None:
    async def work(opened: Editor) -> None:
        opened.open(skill, MISTYPED)
        (told,) = await opened.diagnostics(skill)
        actions = await opened.actions(skill, told.range, types.CodeActionKind.QuickFix)
        assert [list(each.diagnostics or ()) for each in actions] == [[told]]
        assert actions[0].edit is not None
        assert actions[0].edit.changes is not None
        mended = after(MISTYPED, list(actions[0].edit.changes[skill.as_uri()]))
        opened.type(skill, mended)
        assert await opened.codes(skill) == []

    edited(skill.parents[1], work)


def test_all_that_is_safe_to_mend_is_mended_at_once(skill: Path) -> None:
    async def work(opened: Editor) -> None:
        text = CLEAN.replace("---\n\n#", "license: 2\ncompatibility: 3\n---\n\n#")
        opened.open(skill, text)
        assert len(await opened.codes(skill)) == 2
        (action,) = await opened.actions(skill, whole(text), f"{types.CodeActionKind.SourceFixAll.value}.skillcheck")
        assert action.edit is not None
        assert action.edit.changes is not None
        opened.type(skill, after(text, list(action.edit.changes[skill.as_uri()])))
        assert await opened.codes(skill) == []

    edited(skill.parents[1], work)


def test_nothing_is_offered_where_nothing_is_wrong(skill: Path) -> None:
    async def work(opened: Editor) -> None:
        opened.open(skill, CLEAN)
        assert await opened.actions(skill, whole(CLEAN)) == []

    edited(skill.parents[1], work)


def test_a_marketplace_is_checked_as_one(tmp_path: Path) -> None:
    async def work(opened: Editor) -> None:
        file = tmp_path / ".claude-plugin" / "marketplace.json"
        file.parent.mkdir()
        file.write_text('{"name": "mine", "owner": {"name": "Me"}, "plugins": 1}', encoding="utf-8")
        opened.open(file)
        assert await opened.diagnostics(file)

    edited(tmp_path, work)


def test_an_agent_of_a_plugin_that_only_a_marketplace_lists_is_checked(tmp_path: Path) -> None:
    async def work(opened: Editor) -> None:
        market, agent = tmp_path / ".claude-plugin" / "marketplace.json", tmp_path / "p" / "agents" / "a.md"
        for file in (market, agent):
            file.parent.mkdir(parents=True)
        listed = '[{"name": "p", "source": "./p"}]'
        market.write_text(f'{{"name": "mine", "owner": {{"name": "Me"}}, "plugins": {listed}}}', encoding="utf-8")
        agent.write_text("---\nname: a\ndescription: x\n---\n\nFill them.\n", encoding="utf-8")
        opened.open(agent, "---\nname: 3\ndescription: x\n---\n\nFill them.\n")
        assert "SK528" in await opened.codes(agent)

    edited(tmp_path, work)


def test_what_belongs_to_no_bundle_is_left_alone(tmp_path: Path, skill: Path) -> None:
    async def work(opened: Editor) -> None:
        note = tmp_path / "notes.md"
        note.write_text("# Notes\n", encoding="utf-8")
        opened.open(note)
        assert await opened.hover(note, 0, 0) == ""
        assert await opened.actions(note, whole("# Notes\n")) == []
        opened.client.text_document_did_open(
            types.DidOpenTextDocumentParams(types.TextDocumentItem("untitled:1", "markdown", 1, BROKEN))
        )
        opened.open(skill)
        assert await opened.codes(skill) == ["SK113"]

    edited(tmp_path, work)
