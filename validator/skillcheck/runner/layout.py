"""Program → files in a private folder, and the way back from their lines to the Markdown's."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from skillcheck.model import File, Place, Program, Role, Segment, Unit

Key = tuple[str, int]
Lines = dict[Key, set[int]]
FRAME = re.compile(r'File "(?P<path>[^"\n]+)", line (?P<line>\d+)')
NAMING = re.compile(r"(?://|#)[^\n]*(?:\n|\Z)")
UNSAFE = re.compile(r"[^A-Za-z0-9]+")
LONGEST = 200
OF_PYTHON = sys.stdlib_module_names | {"test"}
SKILL = ".skill"
"""Where in a program's folder the skill's own files lie that it imports."""


def key(unit: Unit) -> Key:
    """Return what tells a unit from all others of its skill."""
    return unit.block.document, unit.block.index


def merge(lines: Lines, more: Mapping[Key, set[int]]) -> None:
    """Add to the lines of each unit those that `more` has of it."""
    for unit, seen in more.items():
        lines.setdefault(unit, set()).update(seen)


@dataclass(frozen=True, slots=True)
class Layout:
    """A program laid out: what to execute, and which unit stands in which file.

    `units` maps a file's path to its units; a file with `padded` units has the Markdown's own line numbers.
    """

    job: Mapping[str, Any]
    units: Mapping[str, tuple[Unit, ...]]
    padded: frozenset[str]

    def origin(self, path: str, line: int) -> tuple[Unit, int] | None:
        """Return the unit that has `line` of the file at `path`, and the Markdown's number of that line."""
        units = self.units.get(path, ())
        if path in self.padded:
            found = (unit for unit in units if line in _lines(unit))
            return next(((unit, line) for unit in found), None)
        return (units[0], line + units[0].block.line - 1) if units else None

    def lines(self, places: Iterable[tuple[str, int]]) -> Lines:
        """Return the Markdown lines of those of the places that are in a unit, each a file's path and a line of it."""
        found: Lines = {}
        for origin in (self.origin(path, line) for path, line in places):
            if origin is not None:
                found.setdefault(key(origin[0]), set()).add(origin[1])
        return found

    def retold(self, text: str) -> str:
        """Return `text` with the private paths in it replaced by what they were made from."""
        text = FRAME.sub(self._frame, text)
        for path, units in self.units.items():
            text = text.replace(path, units[-1].block.place.path if path in self.padded else str(units[0].path))
        root = self.job["path"][-1]
        return text.replace(f"{root}/{SKILL}/", "").replace(f"{root}/", "")

    def _frame(self, match: re.Match[str]) -> str:
        """Return a traceback's mention of a place, by the Markdown's path and line where it comes from a block."""
        origin = self.origin(match["path"], int(match["line"]))
        return f'File "{origin[0].block.place.path}", line {origin[1]}' if origin else match[0]


def _lines(unit: Unit) -> range:
    return range(unit.block.line, unit.block.line + unit.block.text.count("\n") + 1)


def write_project(folder: Path, files: Sequence[Unit]) -> dict[str, tuple[Unit, ...]]:
    """Write the example project below `folder`; return each written file's unit.

    A file in the way of a folder, or a folder in the way of a file, keeps its place: the run tells what is missing.
    """
    written: dict[str, tuple[Unit, ...]] = {}
    own = {unit.path for unit in files}
    parts = ((name, text, unit) for unit in files for name, text in _parts(unit) if name not in own)
    for name, text, unit in (*((unit.path or "", _written(unit), unit) for unit in files), *parts):
        path = folder / PurePosixPath(name)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", errors="surrogatepass", newline="")
        except OSError:
            continue
        written[str(path)] = (unit,)
    return written


def _parts(unit: Unit) -> Iterator[tuple[str, str]]:
    """Yield the further files that a block holds, on the same lines as in it; the first one is the whole block."""
    lines = unit.block.text.split("\n")
    ends = [begin for _, begin in unit.parts[1:]] + [len(lines)]
    for (path, begin), end in zip(unit.parts, ends, strict=False):
        yield path, "\n" * begin + "\n".join(lines[begin:end])


def paths_of(unit: Unit) -> tuple[str, ...]:
    """Return the paths of the files that a unit holds."""
    return (unit.path or "", *(path for path, _ in unit.parts))


def _written(unit: Unit) -> str:
    """Return the text of a file: JSON without the comment that names its path, which JSON has no place for."""
    text = unit.block.text
    named = unit.language == "jsonc" and str(unit.path).endswith(".json") and NAMING.match(text)
    return f"\n{text[named.end() :]}" if named else text


def write_bundled(folder: Path, files: Sequence[File]) -> None:
    """Copy files of the skill below `folder`: a program may change what it finds, never the skill."""
    for file in files:
        path = folder / file.path
        with suppress(OSError):  # whoever reads it is told
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.read())


def skill_paths(folder: Path, folders: Sequence[str]) -> list[str]:
    """Return where modules of the skill are found, after all that is installed."""
    return [str(folder / SKILL / name) for name in folders]


def import_paths(folder: Path) -> list[str]:
    """Return where the project's modules are found: its `src` folder if it has one, then the project itself."""
    return [str(path) for path in (folder / "src", folder) if path.is_dir()]


def module_names(path: str) -> tuple[str, ...]:
    """Return the dotted names under which the Python file at `path` can be imported: below `src` there are two."""
    name, whole = module_name(path), module_name(f"src/{path}")
    return tuple(dict.fromkeys(found for found in (name, whole) if found))


def module_name(path: str) -> str | None:
    """Return the dotted name under which the Python file at `path` is imported, None if no name can be."""
    parts = list(PurePosixPath(path.removesuffix(".py")).parts)
    parts = parts[1:] if len(parts) > 1 and parts[0] == "src" else parts
    parts = parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts
    return ".".join(parts) if parts and all(part.isidentifier() for part in parts) else None


def lay_out(folder: Path, program: Program) -> Layout:
    """Write `program` below `folder`, ready to be executed."""
    write_bundled(folder, program.bundled.data)
    write_bundled(folder / SKILL, program.bundled.files)
    units = write_project(folder, program.files)
    last = skill_paths(folder, program.bundled.folders)
    base = {"path": import_paths(folder), "last": last, "watch": [f"{folder}/"]}
    if program.unit.role is Role.FILE:
        return Layout(base | _as_file(folder, program.unit) | _spans(program, units), units, frozenset())
    scripts = dict(_scripts(folder, program.segments))
    segments = [
        {"file": _script_path(folder, segment), "line": segment.line, "text": segment.text, "raises": _raises(segment)}
        for segment in program.segments
    ]
    job = base | {"kind": "script", "segments": segments} | _spans(program, scripts)
    return Layout(job, units | scripts, frozenset(scripts))


def _spans(program: Program, written: Mapping[str, tuple[Unit, ...]]) -> dict[str, Any]:
    """Return the lines whose prints are wanted, as the file has them that holds the unit; nothing where none are."""
    unit = program.unit
    files = [path for path, units in written.items() if any(key(each) == key(unit) for each in units)]
    if not program.expected or not files:
        return {}
    offset = unit.block.line - 1 if unit.role is Role.FILE else 0
    spans = [[max(line - offset, 0) for line in (told.scope, told.first, told.last)] for told in program.expected]
    return {"file": files[-1], "spans": spans}


def _raises(segment: Segment) -> str | None:
    return segment.unit.block.directive.options.get("raises")


def _as_file(folder: Path, unit: Unit) -> dict[str, Any]:
    path = unit.path or unit.snippet
    module = module_name(path)
    if module is not None and not _is_hidden(folder, module):
        return {"kind": "module", "module": module}
    return {"kind": "script", "segments": [{"file": str(folder / path), "line": 1, "text": unit.block.text}]}


def _is_hidden(folder: Path, module: str) -> bool:
    """Whether Python's own package of that name hides the project's: it has an `__init__.py`, and that has none."""
    root, _, rest = module.partition(".")
    return bool(rest) and root in OF_PYTHON and not (folder / root / "__init__.py").exists()


def _scripts(folder: Path, segments: Sequence[Segment]) -> Iterator[tuple[str, tuple[Unit, ...]]]:
    for path in dict.fromkeys(_script_path(folder, segment) for segment in segments):
        here = [segment for segment in segments if _script_path(folder, segment) == path]
        Path(path).write_text(_padded(here), encoding="utf-8", errors="surrogatepass", newline="")
        yield path, tuple(segment.unit for segment in here)


def _script_path(folder: Path, segment: Segment) -> str:
    document = segment.unit.block.document.removesuffix(".md")
    return str(folder / f"{re.sub(UNSAFE, '_', document)[-LONGEST:]}_block.py")


def _padded(segments: Sequence[Segment]) -> str:
    text = ""
    for segment in segments:
        text += "\n" * (segment.line - 1 - text.count("\n")) + segment.text
    return text


def place(unit: Unit, line: int, column: int = 1) -> Place:
    """Return the place of a Markdown line in the unit's document, at the block's own column or further right."""
    return Place(unit.block.place.path, line, unit.block.column + column - 1)
