"""Skill -> unexpected-key-in-archive."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Skill
from skillcheck.rules.fields import only_claude_code
from skillcheck.rules.rule import CLAUDE_AI, Told, rule


@rule("SK611", clients=CLAUDE_AI, source="https://code.claude.com/docs/en/skills")
def unexpected_key_in_archive(skill: Skill) -> Iterator[Told]:
    """A packed skill has a field that claude.ai refuses.

    claude.ai answers "Unexpected key(s) in SKILL.md frontmatter" and takes nothing. Claude Code would read the
    field.
    """
    for key in only_claude_code(skill.frontmatter) if not skill.location else ():
        message = f"`{key}` is a field of Claude Code, claude.ai refuses the archive"
        yield Told(skill.frontmatter.data.key_place(key), message, f"remove `{key}` from the packed SKILL.md")
