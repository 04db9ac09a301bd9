"""A file of a bundle, and the way to what it holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field

from skillcheck.model.lean import dataclass
from skillcheck.model.place import Place


@dataclass(frozen=True, slots=True)
class File:
    """A file of the bundle; `path` is relative to its skill or archive, with forward slashes.

    `read` returns the content and may raise OSError; `target` is what a symbolic link points at, as written.
    """

    path: str
    place: Place
    size: int
    read: Callable[[], bytes] = field(compare=False, repr=False)
    executable: bool = False
    target: str | None = None
