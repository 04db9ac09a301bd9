"""Where a skill stands -> whether Claude Code takes it from there, so that nobody has to upload it."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path

from skillcheck.disk import exists, is_file
from skillcheck.load import marketplaces, plugins

_OWN = ".claude"
_MANIFESTS = (plugins.MANIFEST, marketplaces.FILE)


def sources_above(given: Path) -> Iterator[str]:
    """Yield the folders of plugins and marketplaces from a path upwards, as far as its repository reaches."""
    path = Path(os.path.abspath(given))  # noqa: PTH100 - resolve() would follow links
    for folder in (path, *path.parents):
        if any(is_file(folder / plugins.FOLDER / name) for name in _MANIFESTS):
            yield os.path.realpath(folder)
        if exists(folder / ".git"):
            return


def is_for_claude_code(folder: Path, real: str, sources: Collection[str]) -> bool:
    """Return whether a skill's folder, of that real path, is in one of these folders or below Claude Code's own."""
    absolute = os.path.abspath(folder)  # noqa: PTH100 - asked of every skill, as all of this
    if any(_OWN in path.split("/") for path in (absolute, real)):
        return True
    while real not in sources:
        above = os.path.dirname(real)  # noqa: PTH120
        if above == real:
            return False
        real = above
    return True
