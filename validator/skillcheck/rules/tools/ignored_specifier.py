"""Grant -> ignored-specifier."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck import facts
from skillcheck.model import Grant, Severity
from skillcheck.rules.grants import renamed
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule("SK206", severity=Severity.WARNING, clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/permissions")
def ignored_specifier(grant: Grant) -> Iterator[Told]:
    """A grant's path is never consulted.

    Claude Code accepts a path for this tool but asks the rules of another one. The grant does not do what it
    says.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    allowed-tools: Write(forms/**)
    ---

    # PDF forms

    Fill each field by its name.
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    allowed-tools: Edit(forms/**)
    ---

    # PDF forms

    Fill each field by its name.
    ```
    """
    tool = facts.tools().tools.get(grant.tool)
    if (
        tool
        and grant.field != "tools"
        and tool.path_rules_of
        and grant.specifier not in {None, "", "*"}
        and not grant.malformed
    ):
        instead = f"{tool.path_rules_of}({grant.specifier})"
        message = f"the path in `{grant.text}` is never consulted, that of `{instead}` is"
        edits = renamed(grant, tool.path_rules_of)
        yield Told(grant.place, message, f"write `{instead}`", edits, safe=False)
