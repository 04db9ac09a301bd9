"""A skill: a folder with a SKILL.md."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field, replace

from skillcheck.model.data import Data
from skillcheck.model.document import Document
from skillcheck.model.evidence import Evidence
from skillcheck.model.fault import Fault
from skillcheck.model.file import File
from skillcheck.model.lean import dataclass
from skillcheck.model.place import Place


@dataclass(frozen=True, slots=True)
class Grant:
    """One entry of `allowed-tools`, split as the client splits it.

    `tool` is the part before the parenthesis, `specifier` what stands inside it (None without one). `malformed` says
    what is wrong with the syntax, None if nothing is. `field` is the field that it stands in: an agent has its `tools`,
    without rules in parentheses, and `disallowed-tools` are taken away.
    """

    text: str
    tool: str
    specifier: str | None
    place: Place
    malformed: str | None = None
    field: str = "allowed-tools"

    @property
    def is_granted(self) -> bool:
        """Whether it gives a permission."""
        return self.field == "allowed-tools"


@dataclass(frozen=True, slots=True)
class Frontmatter:
    """The YAML block at the top of SKILL.md.

    `data` is the parsed value (an empty mapping where it could not be parsed); `text` the YAML as written, which begins
    on `line`. `repaired` is true where plain YAML refuses it and Claude Code's repair (quoting the values) accepts it.
    """

    data: Data
    place: Place
    text: str = ""
    faults: tuple[Fault, ...] = ()
    repaired: bool = False
    grants: tuple[Grant, ...] = ()
    line: int = 2


@dataclass(frozen=True, slots=True)
class Script:
    """A script of a skill, or a file of settings beside them; `relative` is its path inside the skill."""

    path: str
    relative: str
    text: str


def _everything(_path: str) -> bool:
    """Say of a skill that stands in no plugin that nothing is missing in it."""
    return True


def _nothing(_path: str) -> bool:
    """Say of a skill around which there is no project that nothing is there."""
    return False


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill as read.

    `path` is its folder as shown to the user, `folder` that folder's own name, `location` the folder on disk (empty
    for a skill inside an archive). `documents` starts with SKILL.md, followed by the Markdown files it links, directly
    or through one another. `scripts` are the texts of its scripts. `for_claude_code` says that it stands where Claude
    Code itself takes it from: in a plugin, in a marketplace, or below `.claude`. `plugin_holds` says whether a path
    inside the plugin that it belongs to exists, `project_holds` whether one does in the project around both.
    """

    path: str
    folder: str
    location: str
    frontmatter: Frontmatter
    documents: tuple[Document, ...]
    files: tuple[File, ...] = ()
    faults: tuple[Fault, ...] = ()
    evidence: Evidence | None = None
    scripts: tuple[Script, ...] = ()
    for_claude_code: bool = False
    plugin_holds: Callable[[str], bool] = field(default=_everything, compare=False, repr=False)
    project_holds: Callable[[str], bool] = field(default=_nothing, compare=False, repr=False)

    def outline(self) -> Skill:
        """Return the skill as the others of its bundle see it: with its frontmatter, without files, grants, texts."""
        pages = tuple(Document(page.path, page.relative, "", ignores=page.ignores) for page in self.documents)
        top = replace(self.frontmatter, grants=()) if self.frontmatter.grants else self.frontmatter
        where = (self.path, self.folder, self.location)
        return Skill(*where, top, pages, faults=self.faults, for_claude_code=self.for_claude_code)

    @property
    def in_plugin(self) -> bool:
        """Whether it belongs to a plugin, whose files are known."""
        return self.plugin_holds is not _everything

    @property
    def name(self) -> str:
        """The name that the frontmatter gives, else the folder's."""
        name = self.frontmatter.data.mapping().get("name")
        return name if isinstance(name, str) and name else self.folder

    @property
    def description(self) -> str:
        """The description that the frontmatter gives, empty without one."""
        description = self.frontmatter.data.mapping().get("description")
        return description if isinstance(description, str) else ""
