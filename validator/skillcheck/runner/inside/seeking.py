"""A search for files, or a variable, that a program itself asks for → what it asks for in vain."""

from __future__ import annotations

import os
import sys
from types import FrameType
from typing import Any

SEARCHES = frozenset({"glob.glob/2", "pathlib.Path.glob", "pathlib.Path.rglob", "os.walk"})
LIBRARY = os.path.dirname(os.__file__)  # noqa: PTH120 - pathlib would stay loaded in the program
INSTALLED = "-packages"
LOOKING_UP = frozenset({"<frozen _collections_abc>", os.getenv.__code__.co_filename})
"""Where the standard library looks variables up for who asks."""


def is_its_own(frame: FrameType | None, root: str) -> bool:
    """Whether a file below the folder `root` makes the call, be it by way of the standard library."""
    while frame is not None and _is_of_python(frame.f_code.co_filename):
        frame = frame.f_back
    return frame is not None and frame.f_code.co_filename.startswith(root)


def _is_of_python(path: str) -> bool:
    return path.startswith("<frozen ") or (path.startswith(LIBRARY) and INSTALLED not in path)


def vain(event: str, given: Any) -> str:  # noqa: ANN401 - each event has its own arguments
    """Return what a search looks for where nothing of it is there, else nothing. It searches itself for that."""
    try:
        what, found = _searched(event, given)
    except BaseException:  # noqa: BLE001 - what a program searches in may be of its own making, and raise anything
        return ""
    return "" if found else what


def _searched(event: str, given: Any) -> tuple[str, bool]:  # noqa: ANN401 - as above
    if event == "os.walk":
        return os.fspath(given[0]), os.path.isdir(given[0])  # noqa: PTH112 - see above
    if event == "glob.glob/2":
        pattern, recursive, root, descriptor = given
        found = sys.modules["glob"].iglob(pattern, recursive=recursive, root_dir=root, dir_fd=descriptor)
        return os.fspath(pattern), any(True for _ in found)
    folder, pattern = given
    search = folder.glob if event == "pathlib.Path.glob" else folder.rglob
    return os.path.join(folder, pattern), any(True for _ in search(pattern))  # noqa: PTH118 - see above


def is_wanted(frame: FrameType | None, root: str) -> bool:
    """Whether who looks a variable up, in the call of that `frame`, is the program itself, and has nothing instead.

    An empty text is nothing either.
    """
    if frame is None or frame.f_code.co_name != "__getitem__":
        return False
    asking = frame.f_back
    while asking is not None and asking.f_code.co_filename in LOOKING_UP:
        name, other = asking.f_code.co_name, asking.f_locals.get("default")
        if name not in {"get", "getenv"} or other:
            return False
        asking = asking.f_back
    return asking is not None and asking.f_code.co_filename.startswith(root)
