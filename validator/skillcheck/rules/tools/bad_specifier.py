"""Grant -> bad-specifier."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Grant, Severity
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule("SK207", severity=Severity.WARNING, clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/permissions")
def bad_specifier(grant: Grant) -> Iterator[Told]:
    """What stands in a grant's parentheses is none that the tool takes.

    Each tool reads its parentheses in its own way: WebFetch a domain, Bash a command, Read a path. Claude Code
    never matches such an entry.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    allowed-tools: WebFetch(https://example.com/forms)
    ---

    # PDF forms

    Fill each field by its name.
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    allowed-tools: WebFetch(domain:example.com)
    ---

    # PDF forms

    Fill each field by its name.
    ```
    """
    if grant.malformed is None and grant.specifier is not None:
        expected = _expected(grant.tool, grant.specifier)
        if expected:
            yield Told(grant.place, f"`{grant.text}` never matches, expected {expected}", f"write {expected}")


def _expected(tool: str, specifier: str) -> str | None:
    """Return what the tool takes in place of the specifier, None if it takes it."""
    if tool.startswith("mcp__") or not specifier.strip():
        return f"`{tool}` without parentheses"
    match tool:
        case "WebFetch" if specifier != "*" and not specifier.startswith("domain:"):
            return "`WebFetch(domain:example.com)`"
        case "WebSearch" if specifier != "*" and set(specifier) & set("*?"):
            return "`WebSearch` without a pattern"
        case "Bash" if specifier.strip() == ":*":
            return "a command before `:*`"
        case "Read" | "Edit" | "Write" | "Glob" | "NotebookEdit" if specifier.endswith(":*"):
            return f"a path such as `{tool}(src/**)`"
    return None
