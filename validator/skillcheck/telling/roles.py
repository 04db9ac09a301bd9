"""Path of a bundle → what Claude Code takes the file for, as far as its verdicts differ by that."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from skillcheck.model import Bundle, ComponentKind, Origin

_SKILL = "SKILL.md"
_SKILLS = "skills"
_ELSEWHERE = "skill elsewhere"


@dataclass(frozen=True, slots=True)
class Roles:
    """The files of plugins: their components with what led to them, and the folders of the plugins themselves."""

    components: Mapping[str, tuple[ComponentKind, Origin]] = field(default_factory=dict)
    plugins: frozenset[str] = frozenset()

    def __call__(self, path: str) -> str:
        """Return the kind of a component, followed by what led to it; a skill of a plugin that is not in `skills`.

        Anything else has no role: a manifest is known by its name.
        """
        if path in self.components:
            return " of ".join(self.components[path])
        return _ELSEWHERE if posixpath.basename(path) == _SKILL and self._is_elsewhere(posixpath.dirname(path)) else ""

    def _is_elsewhere(self, folder: str) -> bool:
        above, name = posixpath.split(posixpath.dirname(folder) or os.curdir)
        is_usual = name == _SKILLS and (above or os.curdir) in self.plugins
        return not is_usual and any(each in self.plugins for each in _upwards(folder or os.curdir))


def roles(bundle: Bundle) -> Roles:
    """Return the roles of a bundle's files."""
    known = {each.path: (each.kind, each.origin) for plugin in bundle.plugins for each in plugin.components}
    return Roles(known, frozenset(plugin.path for plugin in bundle.plugins))


def _upwards(folder: str) -> Iterator[str]:
    """Yield a folder as it is shown, and those that it lies in."""
    while folder:
        yield folder
        above = posixpath.dirname(folder)
        if above == folder:
            return
        folder = above
    yield os.curdir
