"""What is executed for a block."""

from __future__ import annotations

from enum import StrEnum

from skillcheck.model.document import Block
from skillcheck.model.expectation import Expectation
from skillcheck.model.fault import Fault
from skillcheck.model.file import File
from skillcheck.model.lean import dataclass
from skillcheck.model.place import Place


class Role(StrEnum):
    """What a block is."""

    FILE = "file"
    SCRIPT = "script"
    CONTINUATION = "continuation"
    SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class Unit:
    """A block with its role.

    `language` is canonical (`python`, `bash`, `json`, `yaml`, `toml`, `dockerfile`, …; empty where it is unknown),
    `path` where a `file` block is written in the example project, `reason` why a `shown` block is only shown, and
    `snippet` the file that `extract` gives the block, below `snippets/<skill>/`. `faults` are options of its directive
    that say something impossible, such as a path that leaves the project. The block of a `typed` unit is what was
    typed in the session that the document shows: its values are to be printed too. `parts` are further files that a
    `file` block holds, each with the number of its lines before that one.
    """

    block: Block
    role: Role
    language: str
    path: str | None = None
    reason: str = ""
    snippet: str = ""
    faults: tuple[Fault, ...] = ()
    typed: bool = False
    parts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """A name used in a block that neither it nor its context binds."""

    name: str
    place: Place


@dataclass(frozen=True, slots=True)
class Import:
    """An imported module, or a name imported from one (`attribute`), with its place in the Markdown.

    `guarded` is true inside `try: … except ImportError`, in a `TYPE_CHECKING` branch or under a platform test.
    """

    module: str
    attribute: str | None
    place: Place
    guarded: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """A call of something imported: the module, the dotted name in it, and the keyword arguments with their places.

    `count` is how many arguments stand before these, None where that is known only when the call is made; `open` is
    true where keywords may come from a mapping. What a `dropped` call gives is neither used nor awaited.
    """

    module: str
    attribute: str
    keywords: tuple[Name, ...]
    place: Place
    count: int | None = None
    open: bool = False
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class Use:
    """A chain of attributes of something imported: the module, the name in it (empty for itself), the attributes.

    An attribute that is `()` is the call of what comes before it: what follows is looked up in its result. `beside` are
    the modules that the program imports, since they may add to this one.
    """

    module: str
    start: str
    parts: tuple[Name, ...]
    beside: tuple[str, ...] = ()

    @property
    def attribute(self) -> str:
        """The whole chain below the module, dotted."""
        return ".".join(filter(None, (self.start, *(part.name for part in self.parts))))


class MisuseKind(StrEnum):
    """What is wrong with something that cannot work."""

    CALL = "call"
    AWAIT = "await"
    NAME = "name"
    ATTRIBUTE = "attribute"


@dataclass(frozen=True, slots=True)
class Misuse:
    """Something in a block that cannot work, whatever it is run with: a call, an `await`, a name, an attribute."""

    kind: MisuseKind
    place: Place
    fact: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of Python text that comes from one unit.

    `path` is the document as shown to the user, `line` the Markdown line on which `text` begins. The text is the
    unit's own, or an import of it where a `file` unit serves as context.
    """

    unit: Unit
    path: str
    line: int
    text: str

    @property
    def padded(self) -> str:
        """The text moved down to its Markdown line: compiled under the name `path`, its tracebacks are true."""
        return "\n" * (self.line - 1) + self.text


@dataclass(frozen=True, slots=True)
class Bundled:
    """What of the skill's own files a program is executed with.

    `roots` are the first parts of the modules that it imports from them, `folders` where in the skill these are found
    (empty for its own folder), `files` what has to lie around them. `data` are the files that the program names.
    """

    roots: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    files: tuple[File, ...] = ()
    data: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True)
class Program:
    """A unit with all that it needs to be executed.

    `context` is the minimal backward slice of earlier units that bind its free names, in document order; `files` are
    the `file` units of the example project. `unbound` are the names that nothing binds. `segments` is the Python that
    is executed in one namespace, one after the other: the context, then the unit itself. `expected` is what the unit
    says that it prints, `bundled` what it has of the skill's own files. `misuses` are what reading
    shows to be wrong in it, `uses` what it takes of what it imports. `withheld` are those of the unbound names that an
    earlier unit binds which is only shown, each with that unit.
    """

    unit: Unit
    context: tuple[Unit, ...] = ()
    files: tuple[Unit, ...] = ()
    unbound: tuple[Name, ...] = ()
    imports: tuple[Import, ...] = ()
    segments: tuple[Segment, ...] = ()
    calls: tuple[Call, ...] = ()
    expected: tuple[Expectation, ...] = ()
    bundled: Bundled = Bundled()
    uses: tuple[Use, ...] = ()
    misuses: tuple[Misuse, ...] = ()
    withheld: tuple[tuple[Name, Unit], ...] = ()
