"""Findings → what the protocol has for them: diagnostics, hover texts, quick fixes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from lsprotocol import types

from skillcheck.edits import applied
from skillcheck.model import About, Edit, Finding, Place, Severity

SOURCE = "skillcheck"
FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.{SOURCE}"
SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.NOTE: types.DiagnosticSeverity.Information,
}
Units = Callable[[str], int]
"""The length of a text as the editor counts: mostly in UTF-16 code units."""

_LINE_END = re.compile(r"\r\n?|\n")


def lines_of(text: str) -> list[str]:
    """Return the lines of a text as the protocol and the reader of bundles both count them, without their ends."""
    return _LINE_END.split(text)


def span(place: Place, lines: Sequence[str], units: Units) -> types.Range:
    """Return a place as the editor counts; a point becomes the rest of its line, so that it can be seen."""
    start = _position(place.line, place.column, lines, units)
    if place.end_line is None or place.end_column is None:
        return types.Range(start, _position(place.line, len(_line(place.line, lines)) + 1, lines, units))
    return types.Range(start, _position(place.end_line, place.end_column, lines, units))


def diagnostic(finding: Finding, lines: Sequence[str], units: Units) -> types.Diagnostic:
    """Return a finding as a diagnostic: the fact, then the remedy on a line of its own."""
    sourced = finding.source.startswith("https://")
    return types.Diagnostic(
        range=span(finding.place, lines, units),
        message=f"{finding.message}\nfix: {finding.fix}" if finding.fix else finding.message,
        severity=SEVERITIES[finding.severity],
        code=finding.code,
        code_description=types.CodeDescription(finding.source) if sourced else None,
        source=SOURCE,
    )


def hover(finding: Finding, about: About | None) -> str:
    """Return what is said of a finding at its place, as Markdown: what it is, then what its rule says of itself."""
    parts = [f"**{finding.code} {finding.name}** ({finding.severity})", finding.message]
    parts += [f"fix: {finding.fix}"] if finding.fix else []
    parts += ["---", about.summary, about.help] if about else []
    clients = ", ".join(finding.clients)
    parts += [f"Clients: {clients}"] if clients else []
    parts += [f"Source: {finding.source}"] if finding.source else []
    return "\n\n".join(part for part in parts if part)


def quick_fix(
    finding: Finding, told: types.Diagnostic, uri: str, lines: Sequence[str], units: Units
) -> types.CodeAction:
    """Return the action that does what a finding says; one that may change what is meant is not the preferred."""
    edits = [_text_edit(edit, lines, units) for edit in finding.edits]
    return types.CodeAction(
        title=f"{finding.fix} ({finding.code})",
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[told],
        is_preferred=finding.safe,
        edit=types.WorkspaceEdit(changes={uri: edits}),
    )


def fix_all(findings: Iterable[Finding], text: str, uri: str, units: Units) -> types.CodeAction | None:
    """Return the action that makes all safe fixes of a file at once, None where there is none."""
    after, count = applied(text, (finding.edits for finding in findings if finding.edits and finding.safe))
    if not count:
        return None
    lines = lines_of(text)
    whole = types.Range(types.Position(0, 0), _position(len(lines), len(lines[-1]) + 1, lines, units))
    return types.CodeAction(
        title=f"mend all that is safe to mend ({count})",
        kind=FIX_ALL,
        edit=types.WorkspaceEdit(changes={uri: [types.TextEdit(whole, after)]}),
    )


def covers(within: types.Range, place: types.Range) -> bool:
    """Whether two ranges share a point."""
    return _order(within.start) <= _order(place.end) and _order(place.start) <= _order(within.end)


def _order(position: types.Position) -> tuple[int, int]:
    return position.line, position.character


def _text_edit(edit: Edit, lines: Sequence[str], units: Units) -> types.TextEdit:
    place = edit.place
    start = _position(place.line, place.column, lines, units)
    end = _position(place.end_line or place.line, place.end_column or place.column, lines, units)
    return types.TextEdit(types.Range(start, end), edit.text)


def _line(number: int, lines: Sequence[str]) -> str:
    return lines[number - 1] if number <= len(lines) else ""


def _position(line: int, column: int, lines: Sequence[str], units: Units) -> types.Position:
    return types.Position(line - 1, units(_line(line, lines)[: column - 1]))
