"""Everything read: the waist between `load` and the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from enum import StrEnum

from skillcheck.model.data import Data, Pointer
from skillcheck.model.document import Document
from skillcheck.model.fault import Fault
from skillcheck.model.file import File
from skillcheck.model.lean import dataclass
from skillcheck.model.place import Place
from skillcheck.model.skill import Grant, Skill


def _everything(_path: str) -> bool:
    """Say of a plugin that was not read that nothing is missing in it."""
    return True


class ComponentKind(StrEnum):
    """What a plugin's component is."""

    AGENT = "agent"
    COMMAND = "command"
    HOOKS = "hooks"
    MCP = "mcp"
    LSP = "lsp"
    MONITORS = "monitors"


class Origin(StrEnum):
    """What leads to a component: the place that Claude Code looks at by itself, plugin.json, or only a marketplace."""

    PLACE = "place"
    MANIFEST = "manifest"
    ENTRY = "entry"


@dataclass(frozen=True, slots=True)
class Component:
    """A file of a plugin that Claude Code reads besides the skills.

    `faults` are those of its frontmatter or JSON, `grants` what its frontmatter says of tools, `text` the whole file,
    whose frontmatter ends before `body_line`. `document` is what a reader of Markdown makes of it, where that may not
    be what was meant: to read all of them takes longer than what is found in the others is worth. `origin` is the
    first of what leads to it.
    """

    kind: ComponentKind
    path: str
    data: Data
    faults: tuple[Fault, ...] = ()
    grants: tuple[Grant, ...] = ()
    text: str = ""
    body_line: int = 1
    document: Document | None = None
    origin: Origin = Origin.PLACE


@dataclass(frozen=True, slots=True)
class Plugin:
    """A plugin: a folder that Claude Code installs.

    `manifest` is its `.claude-plugin/plugin.json`, None without one; `location` its folder on disk. `missing` holds the
    component paths that are named and do not exist, each with what names it and the place of that; `not_folders` those
    of skills that are files, `empty` those that hold no skill. `entries` are where marketplaces list it by a path, each
    with what it stands in. `outer` is the `plugin.json` beside `.claude-plugin`, which is looked at when the plugin is
    installed, where there is none inside; `outer_faults` say why it cannot be read. `holds` says whether a path inside
    it exists, `can_run` whether the file there may be executed.
    """

    path: str
    location: str
    manifest: Data | None
    skills: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    missing: tuple[tuple[str, Pointer, Place], ...] = ()
    not_folders: tuple[tuple[str, Place], ...] = ()
    components: tuple[Component, ...] = ()
    empty: tuple[tuple[str, Place], ...] = ()
    entries: tuple[tuple[Data, Pointer], ...] = ()
    outer: Data | None = None
    outer_faults: tuple[Fault, ...] = ()
    holds: Callable[[str], bool] = field(default=_everything, compare=False, repr=False)
    can_run: Callable[[str], bool] = field(default=_everything, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Marketplace:
    """A marketplace: a `marketplace.json` that lists plugins.

    `path` is the file as shown; `root` the folder against which its relative sources are resolved, on disk. `missing`
    holds the local sources that do not exist, `not_folders` those that are files; `escaping` those that leave the root.
    `bare` are those that are a folder, and are not found for the `./` that they lack.
    """

    path: str
    root: str
    data: Data
    faults: tuple[Fault, ...] = ()
    missing: tuple[tuple[str, Place], ...] = ()
    not_folders: tuple[tuple[str, Place], ...] = ()
    escaping: tuple[tuple[str, Place], ...] = ()
    bare: tuple[str, ...] = ()
    twin: str | None = None
    twin_differs: bool = False


@dataclass(frozen=True, slots=True)
class Archive:
    """A ZIP or `.skill` file, with its members as they are named in it."""

    path: str
    size: int
    members: tuple[File, ...]
    faults: tuple[Fault, ...] = ()

    @property
    def place(self) -> Place:
        """The archive as a whole."""
        return Place(self.path)


@dataclass(frozen=True, slots=True)
class Bundle:
    """What was asked for, read.

    `paths` are the arguments as given; `faults` what belongs to no skill, plugin, marketplace or archive.
    """

    paths: tuple[str, ...]
    skills: tuple[Skill, ...] = ()
    plugins: tuple[Plugin, ...] = ()
    marketplaces: tuple[Marketplace, ...] = ()
    archives: tuple[Archive, ...] = ()
    faults: tuple[Fault, ...] = ()
