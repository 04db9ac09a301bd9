"""Grant -> unknown-tool."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from skillcheck import facts
from skillcheck.model import Grant, Severity
from skillcheck.rules.grants import opens_the_shell, renamed
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule
from skillcheck.rules.wording import closest

_COMMAND = re.compile(r"[A-Za-z][a-z\d.-]*")
_PARTED = re.compile(r"[;|/+&]")


@rule("SK202", severity=Severity.WARNING, clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/tools-reference")
def unknown_tool(grant: Grant) -> Iterator[Told]:
    """A granted tool does not exist in Claude Code.

    A grant for an unknown name grants nothing, and Claude Code does not say so. Names are case-sensitive.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    allowed-tools: Reed
    ---

    # PDF forms

    Fill each field by its name.
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    allowed-tools: Read mcp__forms__fill
    ---

    # PDF forms

    Fill each field by its name.
    ```
    """
    known = facts.tools()
    if (
        grant.malformed
        or not grant.tool
        or "*" in grant.tool
        or grant.tool in known.tools
        or grant.tool in known.foreign
    ):
        return
    if re.match(known.mcp_pattern, grant.tool):
        return
    meant = closest(grant.tool, (name for name, tool in known.tools.items() if tool.status == "current"))
    fix = f"write `{meant}`" if meant else _remedy(grant.tool, known.tools)
    edits = renamed(grant, meant)
    is_same = bool(meant) and grant.tool.casefold() == str(meant).casefold()
    safe = is_same and not opens_the_shell(str(meant), grant.specifier)  # until now it granted nothing
    yield Told(grant.place, f"Claude Code has no tool {grant.tool!r}", fix, edits, safe)


def _remedy(name: str, known: Collection[str]) -> str:
    parts = [part for part in _PARTED.split(name) if part]
    if len(parts) > 1 and all(part in known for part in parts):
        return f"part the names by commas: `{', '.join(parts)}`"
    if "_" in name:
        return f"name a server's tool in full, as in `mcp__server__{name}`, or remove it"
    is_word = _COMMAND.fullmatch(name) is not None  # `TodoRead` is none
    return f"remove it, or grant the command as `Bash({name.lower()} *)`" if is_word else "remove it"
