"""Where something stands: a path, a line and a column."""

from __future__ import annotations

from skillcheck.model.lean import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A point, or a span, in a file of the bundle.

    Lines and columns count from 1; `end_column` is exclusive. A place without an end is a point. `path` is shown to the
    user: relative to the working directory, with forward slashes.
    """

    path: str
    line: int = 1
    column: int = 1
    end_line: int | None = None
    end_column: int | None = None

    def __str__(self) -> str:
        """Clickable form: `path:line:column`."""
        return f"{self.path}:{self.line}:{self.column}"
