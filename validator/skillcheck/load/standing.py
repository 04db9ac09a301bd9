"""Where a skill stands -> whether Claude Code takes it from there, so that nobody has to upload it."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from functools import partial
from pathlib import Path

from skillcheck.disk import exists, is_file, is_within
from skillcheck.load import marketplaces, plugins

_OWN = ".claude"
_TOPS = ("/", "")
_MANIFESTS = (plugins.MANIFEST, marketplaces.FILE)


def sources_above(given: Path) -> Iterator[str]:
    """Yield the folders of plugins and marketplaces from a path upwards, as far as its repository reaches."""
    path = Path(os.path.abspath(given))  # noqa: PTH100 - resolve() would follow links
    for folder in (path, *path.parents):
        if any(is_file(folder / plugins.FOLDER / name) for name in _MANIFESTS):
            yield os.path.realpath(folder)
        if exists(folder / ".git"):
            return


def is_for_claude_code(absolute: str, real: str, sources: Collection[str]) -> bool:
    """Return whether a skill's folder, of these paths, is in one of these folders or below Claude Code's own."""
    return any(_OWN in path and _OWN in path.split("/") for path in (absolute, real)) or bool(nearest(real, sources))


def is_plugin(folder: str) -> bool:
    """Return whether a folder has the manifest of a plugin."""
    return is_file(Path(folder, plugins.FOLDER, plugins.MANIFEST))


def nearest(real: str, sources: Collection[str]) -> str | None:
    """Return the innermost of these folders that a folder lies in, or is; each is given by its real path."""
    while real not in sources:
        if real in _TOPS:
            return None
        real = real.rpartition("/")[0] or "/"
    return real


def holder(plugin: str | None) -> Callable[[str], bool] | None:
    """Return what says whether the plugin in a folder holds a path, None without one."""
    return partial(_holds, plugin) if plugin else None


def project(real: str, given: str, plugin: str | None) -> Callable[[str], bool] | None:
    """Return what says whether the folder that was given holds a path, None where it is the skill's or its plugin's.

    All are real paths.
    """
    is_around = is_within(real, (given,)) and given not in {real, plugin}
    return partial(_holds, given) if is_around else None


def _holds(root: str, path: str) -> bool:
    return os.path.exists(f"{root}/{path}")  # noqa: PTH110
