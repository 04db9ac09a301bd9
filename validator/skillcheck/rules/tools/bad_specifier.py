"""Grant -> bad-specifier."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillcheck.model import Grant, Severity
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule

_COLON = re.compile(r"[A-Za-z][\w.-]+:[A-Za-z]")  # as in `git:status`, of which no program is called
_HOST = re.compile(r"domain:[\w*][\w.*-]*(?::\d+)?")
_SHELLS = ("Bash", "PowerShell")
_ROOTED = re.compile(
    r"/(?:etc|usr|var|tmp|opt|home|root|mnt|media|srv|proc|dev|bin|sbin|private|Users|Library|Applications|Volumes)"
    r"(?:/.*)?"
)  # of the system, as hardly any project has them
_AND = re.compile(r"(?<=:\*)\s*[,;|]\s*(?=\S)|(?<=\*),\s+(?=\S)")
_OF_PATHS = ("Read", "Edit", "Write", "Glob", "NotebookEdit")


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
    if grant.malformed or grant.specifier is None or grant.field == "tools":
        return
    expected = _expected(grant.tool, grant.specifier)
    if expected:
        yield Told(grant.place, f"`{grant.text}` never matches, expected {expected}", f"write {expected}")
    elif not grant.specifier.strip() and grant.tool not in _SHELLS:  # of a shell it is told that all is granted
        message = f"the parentheses of `{grant.text}` are empty, which means `{grant.tool}`"
        yield Told(grant.place, message, f"write `{grant.tool}`, or what it is for in the parentheses")


def _expected(tool: str, specifier: str) -> str | None:
    """Return what the tool takes in place of the specifier, None if it takes it."""
    if tool.startswith("mcp__"):
        return f"`{tool}` without parentheses"
    several = _AND.split(specifier)
    if len(several) > 1 and tool in (*_SHELLS, *_OF_PATHS):
        return f"`{', '.join(f'{tool}({part})' for part in several)}`, for parentheses hold one pattern"
    judged = (
        (tool == "WebFetch" and specifier != "*" and not _HOST.fullmatch(specifier), "`WebFetch(domain:example.com)`"),
        (tool == "WebSearch" and specifier != "*" and set(specifier) & set("*?"), "`WebSearch` without a pattern"),
        (tool == "Bash" and specifier.strip() == ":*", "a command before `:*`"),
        (
            tool == "Bash" and ":* " in specifier,
            f"`{tool}({specifier.replace(':* ', ' * ')})`, for `:*` is read at the end alone",
        ),
        (
            tool == "Bash" and _COLON.match(specifier),
            f"`Bash({specifier.replace(':', ' ', 1)})`, for a colon parts no words",
        ),
        (tool == "Bash" and specifier[-1:] == ":" and ":" not in specifier[:-1], f"`Bash({specifier}*)`"),
        (tool in _OF_PATHS and specifier.endswith(":*"), f"a path such as `{tool}(src/**)`"),
        (
            tool in _OF_PATHS and _ROOTED.fullmatch(specifier),
            f"`{tool}(/{specifier})`, for a path with one slash begins at the project's folder",
        ),
    )
    return next((expected for is_wrong, expected in judged if is_wrong and specifier.strip()), None)
