"""One statement of one rule at one place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from skillcheck.model.place import Place


class Severity(StrEnum):
    """How bad a finding is, in SARIF's words."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Client(StrEnum):
    """Who loads a skill."""

    SPEC = "spec"
    CLAUDE_CODE = "claude-code"
    CLAUDE_AI = "claude-ai"
    GH = "gh"
    NPX_SKILLS = "npx-skills"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule has to say.

    `message` is the fact with both values, in lower case without full stop; `fix` is the deed that mends it. `clients`
    are those the fact breaks; `source` is where the rule comes from.
    """

    code: str
    name: str
    severity: Severity
    place: Place
    message: str
    fix: str
    clients: tuple[Client, ...] = ()
    source: str = ""
