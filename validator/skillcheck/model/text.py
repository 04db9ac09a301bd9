"""Files as text: what is judged letter by letter, and the commands that a client runs out of it."""

from __future__ import annotations

from skillcheck.model.lean import dataclass
from skillcheck.model.place import Place
from skillcheck.model.skill import Grant


@dataclass(frozen=True, slots=True)
class Text:
    """A file, or a string of a JSON file, whose first character stands at `line` and `column` of `path`.

    The frontmatter of a Markdown file ends before `body_line`.
    """

    path: str
    text: str
    line: int = 1
    column: int = 1
    body_line: int = 1


@dataclass(frozen=True, slots=True)
class Injection:
    """A command between `!` and backquotes, which Claude Code runs when it loads the skill or command that holds it.

    `grants` are those of the file.
    """

    command: str
    place: Place
    grants: tuple[Grant, ...] = ()
