"""Skill -> ungranted-command."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from skillcheck.model import Severity, Skill
from skillcheck.rules.commands import commands, granted_by, told_commands
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule(
    "SK212",
    severity=Severity.NOTE,
    clients=CLAUDE_CODE,
    source="https://code.claude.com/docs/en/skills#pre-approve-tools-for-a-skill",
)
def ungranted_command(skill: Skill) -> Iterator[Told]:
    """A command of the text is not granted.

    The skill grants tools, and tells Claude to run a command that none of them covers. Claude Code asks for permission
    each time, or fails where nobody can be asked.

    ````markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    allowed-tools: Read
    ---

    # PDF forms

    Read the fields:

    ```bash
    pdftk form.pdf dump_data
    ```
    ````

    ````markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    allowed-tools: Read, Bash(pdftk *)
    ---

    # PDF forms

    Read the fields:

    ```bash
    pdftk form.pdf dump_data
    ```
    ````
    """
    grants = [grant for grant in skill.frontmatter.grants if grant.is_granted]
    granted = granted_by(grants)
    is_told = grants and not granted.is_all and not any(grant.malformed for grant in grants)
    documents = skill.documents[:1] if is_told else ()
    every = chain.from_iterable((*commands(document), *told_commands(document)) for document in documents)
    found = [each for each in every if not granted.covers(each.text)]
    for first in found[:1]:
        programs = dict.fromkeys(each.program for each in found)
        named = ", ".join(f"`{program}`" for program in list(programs)[:5])
        fix = f"add `Bash({first.program} *)` to `allowed-tools`"
        yield Told(first.place, f"no grant covers what the text runs: {named}", fix)
