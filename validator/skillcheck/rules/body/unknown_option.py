"""Skill -> unknown-option."""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from skillcheck.model import Document, Place, Script, Skill
from skillcheck.model.lean import dataclass
from skillcheck.rules.commands import is_forbidden
from skillcheck.rules.options import is_written, options, takes
from skillcheck.rules.paths import documents
from skillcheck.rules.rule import Told, rule
from skillcheck.rules.wording import closest

_CALL = re.compile(
    r"(?:\b(?:python[\d.]*|uv[ \t]+run(?:[ \t]+python[\d.]*)?)[ \t]+(?:-\w+[ \t]+)*|^[ \t]*(?:\$[ \t]+)?|`)"
    r"[\"']?(?P<path>[\w.${}<>/~-]+\.py)[\"']?(?P<given>[ \t](?:[^\n|;&<>`#\\]|\\\n|\\)*)",
    re.MULTILINE,
)
_OPTION = re.compile(r"(?<![^\s\[(])--[A-Za-z][\w-]*")
_OTHERS = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|\$\([^()\n]*\)")  # what is in quotes, or given to another command
_ROOT = re.compile(r"\.|\$\{?\w*SKILL\w*\}?|\{\{?\w+\}?\}|<[^<>/]+>", re.IGNORECASE)
_MOST = 500  # so many options are looked at in a skill
_FAR = 400  # characters before a command in which it is taken back
_SHELL = frozenset({"", "bash", "sh", "shell", "zsh", "console", "text"})
_COUNTER = re.compile(r"#.*(?:[\u2717\u274c]|\b(?:bad|wrong|avoid|don['\u2019]t|do not|never|old)\b)", re.IGNORECASE)


@dataclass(frozen=True)
class _Piece:
    """Text that may hold commands, with the line and the column at which it begins."""

    text: str
    line: int
    column: int
    is_prose: bool

    @cached_property
    def starts(self) -> list[int]:
        """The offsets at which its lines start."""
        return [0, *(end + 1 for end, char in enumerate(self.text) if char == "\n")]

    def place(self, path: str, start: int, length: int) -> Place:
        """Return the place of what stands in the text."""
        index = bisect_right(self.starts, start) - 1
        line, column = self.line + index, self.column + start - self.starts[index]
        return Place(path, line, column, line, column + length)

    def is_meant(self, start: int) -> bool:
        """Return whether the command that begins there is one to run: nothing before it takes it back."""
        index = bisect_right(self.starts, start) - 1
        if self.is_prose:
            return not is_forbidden(self.text, start)
        first, end = self.starts[max(0, index - 1)], self.starts[index]
        return not _COUNTER.search(self.text[first:end][-_FAR:])


@rule("SK443", source="https://agentskills.io/specification#scripts")
def unknown_option(skill: Skill) -> Iterator[Told]:
    """A command gives a script of the skill an option that it does not have.

    Claude runs the command as it stands, and argparse ends it with status 2. Told is what can be read off the script:
    one that puts its options together, passes them on or reads them without argparse is passed over.

    ````markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    ```bash
    python scripts/fill.py form.pdf --outptu filled.pdf
    ```
    ````

    ```python with path=skills/pdf-forms/scripts/fill.py
    import argparse

    parser = argparse.ArgumentParser()
    parser.add_argument("form")
    parser.add_argument("--output")
    print(parser.parse_args())
    ```

    ````markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    ```bash
    python scripts/fill.py form.pdf --output filled.pdf
    ```
    ````

    ```python with path=skills/pdf-forms/scripts/fill.py
    import argparse

    parser = argparse.ArgumentParser()
    parser.add_argument("form")
    parser.add_argument("--output")
    print(parser.parse_args())
    ```
    """
    scripts = {script.relative: script for script in skill.scripts if script.relative.endswith(".py")}
    taken: dict[str, frozenset[str] | None] = {}
    seen: set[tuple[str, str]] = set()
    for document in documents(skill) if scripts else ():
        for script, option, place in _given(skill, document, scripts):
            if len(seen) == _MOST:
                return
            if (script.relative, option) in seen:
                continue
            seen.add((script.relative, option))
            if is_written(script, option):
                continue
            if script.relative not in taken:
                taken[script.relative] = options(script, tuple(scripts.values()))
            known = taken[script.relative]
            if known is not None and not takes(known, option):
                near = closest(option, known)
                fix = f"write `{near}`" if near else "remove it, or add it to the script"
                yield Told(place, f"{script.relative} has no option `{option}`", fix)


def _given(skill: Skill, document: Document, scripts: dict[str, Script]) -> Iterator[tuple[Script, str, Place]]:
    """Yield the options that the commands of a document give to scripts of the skill."""
    for piece in _pieces(document) if ".py" in document.text and "--" in document.text else ():
        for call in _CALL.finditer(piece.text) if "--" in piece.text else ():
            script = scripts.get(_inner(skill, call["path"]))
            if script and piece.is_meant(call.start()):
                own = _OTHERS.sub(lambda other: "_" * len(other[0]), call["given"].partition(" -- ")[0])
                for option in _OPTION.finditer(own):
                    start = call.start("given") + option.start()
                    yield script, option[0], piece.place(document.path, start, len(option[0]))


def _pieces(document: Document) -> Iterator[_Piece]:
    """Yield the blocks that may be run, and the lines of prose."""
    for block in document.blocks:
        if block.language in _SHELL and "skip" not in block.directive.options:
            yield _Piece(block.text, block.line, block.column, is_prose=False)
    for number, line in document.prose:
        yield _Piece(line, number, 1, is_prose=True)


def _inner(skill: Skill, path: str) -> str:
    """Return the path in the skill that a command names, by itself or behind the skill's folder."""
    first, _, rest = path.partition("/")
    if _ROOT.fullmatch(first):
        return posixpath.normpath(rest)
    for name in filter(None, (skill.name, skill.folder)):
        before, found, inner = path.rpartition(f"{name}/")
        if found and (not before or before.endswith("/")):
            return posixpath.normpath(inner)
    return posixpath.normpath(path)
