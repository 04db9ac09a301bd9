"""One statement of one rule at one place."""

from __future__ import annotations

from enum import StrEnum

from skillcheck.model.lean import dataclass
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
class Edit:
    """One replacement in a file: what stands at `place`, a span, becomes `text`."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class About:
    """What a rule says of itself; `help` is Markdown."""

    code: str
    name: str
    severity: Severity
    summary: str
    help: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule has to say.

    `message` is the fact with both values, in lower case without full stop; `fix` is the deed that mends it. `clients`
    are those the fact breaks; `source` is where the rule comes from. `demoted` is true where it is an error for clients
    that are no target here. `excerpt` is the line it is about, as written; `fingerprint` tells it from all others and
    stays what it is when lines move. `edits` do the deed; what is not `safe` may change what the author meant.
    `warned` are the clients that take it with a warning.
    """

    code: str
    name: str
    severity: Severity
    place: Place
    message: str
    fix: str
    clients: tuple[Client, ...] = ()
    source: str = ""
    demoted: bool = False
    excerpt: str = ""
    fingerprint: str = ""
    edits: tuple[Edit, ...] = ()
    safe: bool = True
    warned: tuple[Client, ...] = ()

    def marked(self, excerpt: str, fingerprint: str) -> Finding:
        """Return the finding with its line and fingerprint; `replace` takes four times as long, and there are many."""
        marks = (self.demoted, excerpt, fingerprint, self.edits, self.safe, self.warned)
        told = (self.code, self.name, self.severity, self.place, self.message, self.fix)
        return Finding(*told, self.clients, self.source, *marks)
