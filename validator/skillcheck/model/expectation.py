"""What a block says that it prints, and what it prints instead."""

from __future__ import annotations

from enum import StrEnum

from skillcheck.model.lean import dataclass
from skillcheck.model.place import Place

LONGEST = 80


class Form(StrEnum):
    """How an expectation is written."""

    LINES = "#> lines"
    SESSION = ">>> session"
    REMARK = "# Output: remark"
    FENCE = "output block"


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a block says that it prints.

    `text` is what is expected, without marks and without a last line end. `place` begins at the first mark (a fence's:
    at its opening) and ends on the line of the last; the text begins on the Markdown line `body`. `first` and `last`
    are the Markdown lines of the statements whose prints are meant, `scope` that on which the function or class begins
    which holds them, 0 for the module; a fence means all that its block prints and has 0 for all three.
    """

    form: Form
    place: Place
    text: str
    body: int
    scope: int = 0
    first: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class Mismatch:
    """An expectation that does not hold: `line` is where it first differs, from `wanted`; `printed` is there instead.

    `got` is all that was printed, `becomes` the text that would hold of it: lines that hold already are kept. It is not
    `steady` where another run makes it become something else.
    """

    expectation: Expectation
    got: str
    line: int
    wanted: str | None
    printed: str | None
    becomes: str
    steady: bool = True

    @property
    def place(self) -> Place:
        """The first line that differs."""
        expected = self.expectation.place
        return Place(expected.path, self.line, expected.column)

    @property
    def fact(self) -> str:
        """How the two differ, by the first line that does."""
        if self.printed is None:
            return f"nothing{' more' if self.got.strip() else ''} is printed, expected {_quoted(self.wanted or '')}"
        if self.wanted is None:
            return f"{_quoted(self.printed)} is printed, expected nothing{' more' if self.expectation.text else ''}"
        return f"{_quoted(self.printed)} is printed, expected {_quoted(self.wanted)}"


def _quoted(line: str) -> str:
    line = line.strip()
    return f"`{line if len(line) <= LONGEST else line[: LONGEST - 1] + '…'}`" if line else "an empty line"
