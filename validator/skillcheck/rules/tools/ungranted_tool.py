"""Skill -> ungranted-tool."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from skillcheck import facts
from skillcheck.model import Document, Grant, Place, Severity, Skill
from skillcheck.rules.commands import is_forbidden
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule

_TOLD = r"\b(?:[Uu]s(?:e|ing)|[Cc]all(?:ing)?|[Ii]nvok(?:e|ing))\s+(?:the\s+)?"
_MCP = "mcp__"
_WRITING = frozenset({"Edit", "Write", "NotebookEdit", "MultiEdit"})  # each is given with the others


@rule(
    "SK213",
    severity=Severity.NOTE,
    clients=CLAUDE_CODE,
    source="https://code.claude.com/docs/en/skills#pre-approve-tools-for-a-skill",
)
def ungranted_tool(skill: Skill) -> Iterator[Told]:
    """A tool of the text is not granted.

    The skill grants tools, and tells Claude to use one that is not among them. Claude Code asks for permission each
    time, or fails where nobody can be asked.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    allowed-tools: Read
    ---

    # PDF forms

    Use the WebFetch tool to read the form's page.
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    allowed-tools: Read, WebFetch
    ---

    # PDF forms

    Use the WebFetch tool to read the form's page.
    ```
    """
    grants = [grant for grant in skill.frontmatter.grants if grant.is_granted]
    documents = skill.documents[:1] if grants and not any(grant.malformed for grant in grants) else ()
    told: set[str] = set()
    for document in documents:
        held = [tool for tool in _asking() if tool in document.text]  # few texts hold any, so that few lines are read
        asking = [tool for tool in held if tool == _MCP or not _is_granted(tool, grants)]
        for tool, place in _named(document, asking):
            if tool not in told and not _is_granted(tool, grants):
                told.add(tool)
                message = f"the text tells Claude to use `{tool}`, which no grant gives"
                yield Told(place, message, f"add `{tool}` to `allowed-tools`")


def _named(document: Document, asking: Sequence[str]) -> Iterator[tuple[str, Place]]:
    """Yield the tools that lines tell Claude to use in which one of those stands that are `asking` for permission."""
    for number, line in document.prose if asking else ():
        for found in _pattern().finditer(line) if any(map(line.__contains__, asking)) else ():
            if not is_forbidden(line, found.start()):
                tool = found["code"] or found["word"] or found["plain"]
                yield tool, Place(document.path, number, line.find(tool, found.start()) + 1)


@cache
def _asking() -> tuple[str, ...]:
    """Return the names of the tools that ask, but that of the shell, whose commands have a rule of their own."""
    known = facts.tools().tools
    return (_MCP, *(name for name, tool in known.items() if tool.asks and name != "Bash"))


@cache
def _pattern() -> re.Pattern[str]:
    """Return what tells to use a tool: in backquotes, followed by `tool`, or by a name that is no English word."""
    names = "|".join(name for name in _asking() if name != _MCP)
    mcp = r"mcp__\w+?__\w+"
    return re.compile(
        rf"{_TOLD}(?:`(?P<code>{names}|{mcp})`|\**(?P<word>{names})\**\s+tool\b|(?P<plain>Web(?:Fetch|Search)|{mcp})\b)"
    )


def _is_granted(tool: str, grants: Sequence[Grant]) -> bool:
    return any(_gives(grant.tool, tool) for grant in grants)


def _gives(granted: str, tool: str) -> bool:
    if granted.startswith(_MCP):
        beginning = granted.removesuffix("*") if granted.endswith("*") else f"{granted}__"
        return tool == granted or tool.startswith(beginning)
    return granted == tool or {granted, tool} <= _WRITING
