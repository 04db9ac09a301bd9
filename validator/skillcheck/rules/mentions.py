"""Inline code and commands of a skill -> the bundled files that they name and that are not there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from skillcheck.model import Block, Document, Place, Skill
from skillcheck.rules.paths import ROOT, documents, has_all_files, has_path, is_unread
from skillcheck.rules.remembered import remembered

_FOLDERS = ("scripts", "references", "assets", "templates")
_FILE = rf"(?:{'|'.join(_FOLDERS)})/(?:[\w.-]+/)*[\w-][\w.-]*\.[A-Za-z]\w{{0,5}}"
_NAMED = re.compile(rf"(?<![\w./~$}}\])-])(?P<root>{ROOT})?(?:\./)?(?P<path>{_FILE})(?![\w/*<{{])")
_CODE = re.compile(r"`((?:(?!\]\()[^`\n])+)`")  # a link in code is shown, not meant
_STAND_INS = frozenset({"file", "filename", "name", "foo", "bar", "xxx", "example", "my_script", "script"})
_SHELL = frozenset({"bash", "sh", "shell", "zsh", "console"})
_RUNS = re.compile(
    r"(?:\b(?:python[\d.]*|bash|sh|zsh|node|bun|deno run|ruby|perl|uv run|npx tsx|tsx|source)\s+(?:-\S+\s+)*"
    r"|^\s*(?:\$ )?)[\"']?$"
)
_POINTS = re.compile(r"\b(?:read|see|consult|refer to|load|follow|run|open)\b[^.]*$", re.IGNORECASE)
_WRITES = re.compile(r"(?:>|\b(?:tee|touch|mkdir|cp|mv|rm|git)\b|\s-o\b|--out\w*|#)[^\n]*$")
_WRITTEN = re.compile(r"(?:>|\b(?:tee|touch)\b|\s-o|--out\w*)[\s=]*[\"']?$")
_NOT_MEANT = re.compile(  # a line that speaks of files to come, of others' files or of mistakes
    r"\b(?:creat\w*|writ\w*|sav\w*|output\w*|generat\w*|add\w*|produc\w*|examples?|e\.g\.|such as|like|for instance|"
    r"would|might|could|may|imagine|suppose|optional\w*|exists?|present|named?|bad|wrong|project\w*|repo\w*|"
    r"avoid|instead of|don['\u2019]t|do not|never|not|if)\b|[✗❌→]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A file that a skill names and does not hold; `certain` where a command would run it out of the skill."""

    path: str
    place: Place
    certain: bool


@remembered
def mentions(skill: Skill) -> tuple[Mention, ...]:
    """Return the files below scripts/, references/, assets/ and templates/ that are named and not there, each once."""
    first: dict[str, Mention] = {}
    for mention in _missing(skill) if has_all_files(skill) else ():
        known = first.setdefault(mention.path, mention)
        if mention.certain and not known.certain:
            first[mention.path] = mention
    return tuple(first.values())


def _missing(skill: Skill) -> Iterator[Mention]:
    for document in documents(skill):
        made = {path for block in document.blocks for path in _made(block)}
        for mention in (*_in_prose(skill, document), *_in_commands(skill, document)):
            if mention.path not in made and not _is_there(skill, document, mention.path):
                yield mention


def _is_there(skill: Skill, document: Document, path: str) -> bool:
    """Return whether the path is the skill's, is told of elsewhere, or stands for any file."""
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(document.relative), path))
    stem = posixpath.basename(path).partition(".")[0].lower()
    return stem in _STAND_INS or has_path(skill, path) or has_path(skill, beside) or is_unread(skill, path)


def _in_prose(skill: Skill, document: Document) -> Iterator[Mention]:
    for number, line in document.prose:
        for code in _CODE.finditer(line) if _may_name(line) and not _NOT_MEANT.search(line) else ():
            for named in _NAMED.finditer(code.group(1)):
                if named["root"] or _has_folder(skill, named["path"]) or _POINTS.search(line[: code.start()]):
                    place = Place(document.path, number, code.start(1) + named.start("path") + 1)
                    yield Mention(named["path"], place, certain=False)


def _in_commands(skill: Skill, document: Document) -> Iterator[Mention]:
    for block in document.blocks:
        is_read = block.language in _SHELL and _may_name(block.text)
        for offset, line in enumerate(block.text.split("\n") if is_read else ()):
            for named in _NAMED.finditer(line):
                before = line[: named.start()]
                if not _WRITES.search(before):
                    own = bool(named["root"]) or _has_folder(skill, named["path"])
                    place = Place(document.path, block.line + offset, block.column + named.start("path"))
                    yield Mention(named["path"], place, certain=own and bool(_RUNS.search(before)))


def _may_name(text: str) -> bool:
    """Return whether a text may name a file, which is asked of every line and costs less than to look for one."""
    return "/" in text and any(f"{folder}/" in text for folder in _FOLDERS)


def _has_folder(skill: Skill, path: str) -> bool:
    return has_path(skill, path.partition("/")[0])


def _made(block: Block) -> Iterator[str]:
    """Yield the paths that a block is a file of, or writes."""
    for named in _NAMED.finditer(f"{block.directive.options.get('file', '')} {block.info} {_title(block.text)}"):
        yield named["path"]
    for line in block.text.split("\n") if _may_name(block.text) else ():
        for named in _NAMED.finditer(line):
            if _WRITTEN.search(line[: named.start()]):
                yield named["path"]


def _title(text: str) -> str:
    """Return the first line of a block if it is a comment: authors write a file's path there."""
    first = text.partition("\n")[0]
    return first if first.lstrip().startswith(("#", "//", "--", "/*", "<!--")) else ""
