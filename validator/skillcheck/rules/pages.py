"""Rules -> Markdown: a page each, and the list of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from skillcheck.rules import Rule

EXAMPLE = re.compile(r"^(?P<fence>`{3,})(?P<language>\w+) (?P<role>bad|good|with) path=(?P<path>\S+)$", re.MULTILINE)
ROLES = {"bad": "Wrong", "good": "Right", "with": "With"}
IN_MARKDOWN = ("SK1", "SK2", "SK3", "SK4", "SK8")  # the others are about files that hold no comments
INDEX = "README.md"
HEAD = """\
# Rules

Written by `skillcheck rules --markdown docs/rules`. Each page says why its rule matters; its examples are tested.

| code | level | name | about |
| --- | --- | --- | --- |
"""


def pages(rules: Iterable[Rule]) -> Mapping[str, str]:
    """Return the pages by their file names, with the list of all rules as README.md."""
    found = tuple(rules)
    rows = "".join(
        f"| [{rule.code}]({_file(rule)}) | {rule.severity} | {rule.name} | {_cell(rule.summary)} |\n" for rule in found
    )
    return {INDEX: HEAD + rows} | {_file(rule): page(rule) for rule in found}


def page(rule: Rule) -> str:
    """Return the page of a rule: what it is about, why, examples, the clients and the source."""
    clients = ", ".join(rule.clients) or "all of them"
    parts = (
        f"# {rule.code} {rule.name}",
        f"{rule.summary} Level: {rule.severity}. Clients: {clients}.",
        EXAMPLE.sub(_example, rule.help),
        f"Source: <{rule.source}>" if rule.source else "",
        _ignoring(rule) if rule.code.startswith(IN_MARKDOWN) else "",
    )
    return "\n\n".join(part for part in parts if part) + "\n"


def _ignoring(rule: Rule) -> str:
    asked = f"skillcheck: ignore {rule.code} why"
    return f"To leave it out at one place: `<!-- {asked} -->` in the text, `# {asked}` in the frontmatter."


def _file(rule: Rule) -> str:
    return f"{rule.code}.md"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _example(found: re.Match[str]) -> str:
    return f"{ROLES[found['role']]}, `{found['path']}`:\n\n{found['fence']}{found['language']}"
