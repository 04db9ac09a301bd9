"""What Claude Code says of an edit → what it should hear of the skill that it edited, as its hooks have it.

The protocol is that of https://code.claude.com/docs/en/hooks: an event as JSON on standard input, the answer as JSON on
standard output. PostToolUse comes after the edit, so that a "block" undoes nothing: it is what Claude has to act on.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from skillcheck.checking import configured
from skillcheck.disk import is_file
from skillcheck.lint import lint
from skillcheck.model import Finding, Severity
from skillcheck.reporters.counts import plural
from skillcheck.reporters.visible import cut

SKILL = "skill.md"
MANIFESTS = frozenset({"plugin.json", "marketplace.json"})
SHOWN = 20
LARGEST = 64 * 1024 * 1024  # bytes of an event; it may hold the file
LONGEST = 400
TOLD = frozenset({Severity.ERROR, Severity.WARNING})


@click.command()
def hook() -> None:
    """Tell Claude Code, as its PostToolUse hook, what is wrong with the skill that it has just edited.

    The hook's JSON is read from standard input. Nothing is said of a file that belongs to no skill, or with which
    nothing is wrong; the exit status is 0 all the same.
    """
    path = _edited(sys.stdin.buffer.read(LARGEST).decode("utf-8", "replace"))
    found = _findings(path) if path else ()
    if found:
        click.echo(json.dumps(_answer(found)))


def _edited(text: str) -> Path | None:
    """Return the file that the event says was edited, None where it says of none that is there."""
    try:
        event: Any = json.loads(text)
        path, folder = event["tool_input"].get("file_path"), event.get("cwd")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        message = "standard input holds no event of a hook, which is JSON with `tool_input`"
        raise click.UsageError(message) from error
    if not isinstance(path, str) or "\0" in path:
        return None
    found = Path(folder, path) if isinstance(folder, str) else Path(path)
    return found if is_file(found) else None


def _findings(path: Path) -> tuple[Finding, ...]:
    """Return what is wrong with the skill whose SKILL.md was edited, or with another file of a bundle that was."""
    top = _bundle(path)
    if top is None:
        return ()
    shown = _shown(top)
    report = lint((shown,), configured((shown,)))
    found = (finding for finding in report.findings if finding.severity in TOLD)
    if path.name.casefold() == SKILL:
        return tuple(found)
    own = path.resolve()
    return tuple(finding for finding in found if Path(finding.place.path).resolve() == own)


def _bundle(path: Path) -> Path | None:
    """Return the folder of what a file belongs to: a skill, a plugin or a marketplace; None if to nothing."""
    if path.name.casefold() == SKILL:
        return path.parent
    if path.name in MANIFESTS:
        return path.parent.parent if path.parent.name == ".claude-plugin" else path.parent
    around = (folder for folder in path.parents if is_file(folder / "SKILL.md"))
    return next(around, None) if path.suffix == ".md" else None


def _shown(folder: Path) -> str:
    """Return the path from here, or the whole one where that would lead out of here."""
    way = os.path.relpath(folder)
    return str(folder) if way.startswith("..") else way


def _answer(found: Sequence[Finding]) -> dict[str, object]:
    """Return errors as what has to be corrected, and warnings alone as what is good to know."""
    errors = sum(finding.severity is Severity.ERROR for finding in found)
    counted = f"{plural(errors, 'error')}, {plural(len(found) - errors, 'warning')}"
    order = sorted(found, key=lambda finding: finding.severity is not Severity.ERROR)
    lines = [line for finding in order[:SHOWN] for line in _lines(finding)]
    if len(order) > SHOWN:
        lines.append(f"and {len(order) - SHOWN} more, which `skillcheck check` tells")
    text = "\n".join([f"skillcheck, after this edit: {counted}", *lines])
    if errors:
        return {"decision": "block", "reason": text}
    return {"hookSpecificOutput": {"hookEventName": "PostToolUse", "additionalContext": text}}


def _lines(finding: Finding) -> Iterator[str]:
    yield cut(f"{finding.place}: {finding.severity}[{finding.code}] {finding.message}", LONGEST)
    yield f"    fix: {cut(finding.fix, LONGEST)}"
