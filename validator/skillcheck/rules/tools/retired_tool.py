"""Grant -> retired-tool."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck import facts
from skillcheck.model import Grant, Severity
from skillcheck.rules.grants import renamed
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule("SK204", severity=Severity.WARNING, clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/tools-reference")
def retired_tool(grant: Grant) -> Iterator[Told]:
    """A granted tool is no longer there.

    Claude Code has withdrawn the tool, so the entry grants nothing.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    allowed-tools: Read LS
    ---

    # PDF forms

    Fill each field by its name.
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    allowed-tools: Read Glob
    ---

    # PDF forms

    Fill each field by its name.
    ```
    """
    tool = facts.tools().tools.get(grant.tool)
    if tool and tool.status in {"retired", "legacy"} and not grant.malformed:
        fix = f"grant `{tool.replacement}` in its place" if tool.replacement else "remove it"
        is_alike = tool.status == "legacy" and str(tool.replacement).isalpha()  # the others grant more, or two
        edits = renamed(grant, tool.replacement) if is_alike else ()
        yield Told(grant.place, f"Claude Code has withdrawn the tool {grant.tool!r}", fix, edits, safe=False)
