"""Why something of the user's could not be read: a node, never an exception."""

from __future__ import annotations

from enum import StrEnum

from skillcheck.model.finding import Edit
from skillcheck.model.lean import dataclass
from skillcheck.model.place import Place


class FaultKind(StrEnum):
    """What kept a reader from reading; each kind is told by one rule."""

    NOT_FOUND = "not-found"
    UNREADABLE = "unreadable"
    NOT_UTF8 = "not-utf8"
    TOO_LARGE = "too-large"
    LINK_LOOP = "link-loop"
    LINK_ESCAPES = "link-escapes"
    TOO_MANY_FILES = "too-many-files"
    BAD_ARCHIVE = "bad-archive"
    UNSAFE_MEMBER = "unsafe-member"
    BOMB = "bomb"
    NO_FRONTMATTER = "no-frontmatter"
    BAD_YAML = "bad-yaml"
    BAD_JSON = "bad-json"
    DUPLICATE_KEY = "duplicate-key"
    NOT_A_MAPPING = "not-a-mapping"
    BAD_DIRECTIVE = "bad-directive"
    WRONG_CASE = "wrong-case"
    MISNAMED = "misnamed"
    BAD_CONFIG = "bad-config"
    UNPACKABLE = "unpackable"
    BAD_REQUIREMENT = "bad-requirement"
    REFUSED_REQUIREMENT = "refused-requirement"
    UNBUILT_REQUIREMENT = "unbuilt-requirement"
    BAD_EVIDENCE = "bad-evidence"
    STALE_EVIDENCE = "stale-evidence"
    FALSE_EVIDENCE = "false-evidence"
    NO_EVIDENCE = "no-evidence"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that could not be read.

    `fact` says what is wrong with both values, in lower case and without a full stop; `remedy` says what to do, and
    `edits` do it; they are not `safe` where they may change what the author meant. It `is_mild` where no client minds
    or little is lost, and `of_plugin` where it concerns a file of a plugin or a marketplace, which Claude Code alone
    reads.
    """

    kind: FaultKind
    place: Place
    fact: str
    remedy: str
    edits: tuple[Edit, ...] = ()
    safe: bool = True
    is_mild: bool = False
    of_plugin: bool = False
