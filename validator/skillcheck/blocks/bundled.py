"""A program and its skill's files -> what of these it is executed with, as if it ran in the skill's folder."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from posixpath import dirname, normpath

from skillcheck.blocks.imports import imports
from skillcheck.blocks.parsing import every_node, parse
from skillcheck.model import Bundled, File, Import, Program, Unit

LARGEST = 16 << 20
"""Bytes up to which data lie around the modules; beyond, the modules stand alone."""
SCRIPTS = "scripts"
_PATH = re.compile(r"[\w.@+-]+(?:/[\w.@+-]+)*")


class Shipped:
    """The files that lie beside a SKILL.md."""

    def __init__(self, files: Sequence[File]) -> None:
        """Take the skill's files; each is read once, when it is first wanted."""
        self._files = {file.path: replace(file, read=cache(file.read)) for file in files if file.path != "SKILL.md"}
        self._modules = tuple(path for path in self._files if path.endswith(".py"))
        small = sum(file.size for file in self._files.values()) <= LARGEST
        self._around = tuple(file for path, file in self._files.items() if small or path.endswith(".py"))
        self._imported: dict[int, tuple[Import, ...]] = {}

    def bundled(self, program: Program) -> Bundled:
        """Return what of the files a Python program imports, and what it names."""
        if not self._files or program.unit.language != "python":
            return Bundled()
        shown = {unit.path for unit in program.files}
        named = [path for path in _named(program) if path in self._files]
        data = tuple(self._files[path] for path in named if path not in shown)
        folders = dict.fromkeys(["", SCRIPTS, *(dirname(path) for path in named if path in self._modules)])
        imported = (*program.imports, *self._imports((*program.context, *program.files)))
        found = {item.module: where for item in imported if (where := self._where(item, folders)) is not None}
        if not found:
            return Bundled(data=data)
        roots = tuple(sorted({module.partition(".")[0] for module in found}))
        return Bundled(roots, tuple(dict.fromkeys(found.values())), self._around, data)

    def _imports(self, units: Sequence[Unit]) -> Iterator[Import]:
        for unit in units:
            if id(unit) not in self._imported:
                self._imported[id(unit)] = imports(unit) if unit.language == "python" else ()
            yield from self._imported[id(unit)]

    def _where(self, item: Import, folders: Iterable[str]) -> str | None:
        """Return the folder that holds what is imported, None if none does."""
        if not item.module.strip(".") or item.module.partition(".")[0] in sys.stdlib_module_names:
            return None
        path = item.module.replace(".", "/")
        inside = (f"{path}/{item.attribute}.py",) if item.attribute else ()
        wanted = (f"{path}.py", f"{path}/__init__.py", *inside)
        return next((folder for folder in folders if any(_in(folder, name) in self._files for name in wanted)), None)


def _in(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _named(program: Program) -> Iterator[str]:
    texts = [segment.text for segment in program.segments]
    texts += [unit.block.text for unit in program.files if unit.language == "python"]
    return (path for path in dict.fromkeys(path for text in texts for path in _paths(text)))


@lru_cache(maxsize=4096)
def _paths(text: str) -> tuple[str, ...]:
    """Return what may be paths in the strings and comments of a text."""
    strings = (node.value for node in every_node(parse(text)) if isinstance(node, ast.Constant))
    comments = re.findall(r"(?m)#.*$", text)
    words = (word for value in (*strings, *comments) if isinstance(value, str) for word in _PATH.findall(value))
    return tuple(dict.fromkeys(normpath(word) for word in words))
