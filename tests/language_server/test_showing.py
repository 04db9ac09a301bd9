from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from skillcheck.language_server.showing import diagnostic, fix_all, hover, quick_fix, span
from skillcheck.language_server.subjects import subject
from skillcheck.model import About, Client, Edit, Finding, Place, Severity

LINES = ["# \U0001f600 a", "b"]


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def spot(line: int, start: int, end: int) -> Place:
    return Place("SKILL.md", line, start, line, end)


def finding(*edits: Edit, safe: bool = True, severity: Severity = Severity.ERROR, source: str = "") -> Finding:
    clients = (Client.SPEC,) if source else ()
    return Finding(
        "SK999", "a-rule", severity, spot(1, 5, 6), "the fact", "the deed", clients, source, edits=edits, safe=safe
    )


def test_columns_are_counted_as_the_editor_counts_them() -> None:
    assert span(spot(1, 5, 6), LINES, utf16) == types.Range(types.Position(0, 5), types.Position(0, 6))
    assert span(spot(1, 5, 6), LINES, len) == types.Range(types.Position(0, 4), types.Position(0, 5))


def test_a_point_is_shown_as_the_rest_of_its_line() -> None:
    assert span(Place("SKILL.md", 1, 3), LINES, len) == types.Range(types.Position(0, 2), types.Position(0, 5))


def test_a_place_behind_the_last_line_is_shown_there() -> None:
    assert span(Place("SKILL.md", 9), LINES, len) == types.Range(types.Position(8, 0), types.Position(8, 0))


@pytest.mark.parametrize(
    ("severity", "shown"),
    [
        (Severity.ERROR, types.DiagnosticSeverity.Error),
        (Severity.WARNING, types.DiagnosticSeverity.Warning),
        (Severity.NOTE, types.DiagnosticSeverity.Information),
    ],
)
def test_levels_have_their_counterparts(severity: Severity, shown: types.DiagnosticSeverity) -> None:
    assert diagnostic(finding(severity=severity), LINES, len).severity is shown


def test_only_a_source_on_the_web_can_be_followed() -> None:
    assert diagnostic(finding(source="client 2.1.330"), LINES, len).code_description is None
    followed = diagnostic(finding(source="https://example.org/a"), LINES, len).code_description
    assert followed == types.CodeDescription("https://example.org/a")


def test_a_hover_says_what_is_known() -> None:
    about = About("SK999", "a-rule", Severity.ERROR, "The summary.", "The help.")
    said = hover(finding(source="client 2.1.330"), about)
    told, of_the_rule = ["**SK999 a-rule** (error)", "the fact", "fix: the deed"], ["The summary.", "The help."]
    assert said.split("\n\n") == [*told, "---", *of_the_rule, "Clients: spec", "Source: client 2.1.330"]
    assert hover(finding(), None) == "**SK999 a-rule** (error)\n\nthe fact\n\nfix: the deed"


def test_a_fix_that_may_change_the_meaning_is_offered_and_not_preferred() -> None:
    unsafe = finding(Edit(spot(1, 5, 6), "c"), safe=False)
    told = diagnostic(unsafe, LINES, utf16)
    action = quick_fix(unsafe, told, "file:///SKILL.md", LINES, utf16)
    assert (action.title, action.is_preferred) == ("the deed (SK999)", False)
    assert action.edit == types.WorkspaceEdit(changes={"file:///SKILL.md": [types.TextEdit(told.range, "c")]})


def test_all_fixes_at_once_leave_out_what_is_not_safe() -> None:
    text = "\n".join(LINES)
    safe, unsafe = finding(Edit(spot(1, 5, 6), "c")), finding(Edit(spot(2, 1, 2), "d"), safe=False)
    action = fix_all([safe, unsafe], text, "file:///SKILL.md", utf16)
    assert action is not None
    assert action.edit == types.WorkspaceEdit(
        changes={
            "file:///SKILL.md": [
                types.TextEdit(types.Range(types.Position(0, 0), types.Position(1, 1)), "# \U0001f600 c\nb")
            ]
        }
    )
    assert fix_all([unsafe], text, "file:///SKILL.md", utf16) is None


def test_a_document_belongs_to_the_nearest_skill_or_plugin_above_it(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    plugin = tmp_path / "p" / ".claude-plugin" / "plugin.json"
    skill = tmp_path / "p" / "skills" / "s" / "SKILL.md"
    for file in (plugin, skill):
        file.parent.mkdir(parents=True)
        file.write_text("{}", encoding="utf-8")
    assert subject(skill) == skill.parent
    assert subject(skill.parent / "references" / "a.md") == skill.parent
    assert subject(plugin) == plugin
    assert subject(tmp_path / "p" / "hooks" / "hooks.json") == plugin
    assert subject(tmp_path / "marketplace.json") == tmp_path / "marketplace.json"
    assert subject(tmp_path / "README.md") is None
    assert subject(Path("/SKILL.md")) is None


@pytest.mark.parametrize("place", [".claude-plugin/marketplace.json", "marketplace.json"])
def test_a_component_of_a_plugin_without_a_manifest_belongs_to_the_marketplace(tmp_path: Path, place: str) -> None:
    market = tmp_path / place
    market.parent.mkdir(exist_ok=True)
    market.write_text("{}", encoding="utf-8")
    parts = (
        "agents/a.md",
        "commands/inner/a.md",
        "hooks/hooks.json",
        "monitors/monitors.json",
        ".mcp.json",
        ".lsp.json",
    )
    assert {subject(tmp_path / folder / part) for part in parts for folder in ("", "plugins/p")} == {market}
    assert subject(tmp_path / "plugins" / "p" / "README.md") is None
