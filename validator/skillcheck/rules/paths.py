"""Links of a skill -> the paths they name inside it, or that they leave it."""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote

from skillcheck.model import Document, FaultKind, Link, Skill
from skillcheck.rules.remembered import remembered

ROOT = (
    r"(?:\$?\{(?:baseDir|skill_path|skillDir|CLAUDE_SKILL_DIR|SKILL_DIR)\}"
    r"|\$CLAUDE_SKILL_DIR|\$SKILL_DIR|\{\{?skill_?dir\}\}?"
    r"|<(?:(?:CLAUDE_)?SKILL_(?:BASE_)?(?:DIR|PATH|ROOT)|skill[-_](?:base[-_])?(?:dir|directory|path|root|folder)"
    r"|path-to-skill)>|\[path-to-skill\]|\$?\{(?:skill_base_dir|SKILL_BASE_DIR)\})/"
)

HOME = (  # where clients keep skills, then the name of one
    r"(?:(?:(?:~|\$HOME|\$\{HOME\}|\.)/)?\.claude/skills|/mnt/skills(?:/(?:public|private|user|examples|organization))?"
    r"|\$(?:\{CLAUDE_PLUGIN_ROOT\}|CLAUDE_PLUGIN_ROOT)/skills)/(?P<home>[\w.-]+)/"
)

_ROOTED = re.compile(ROOT)
_HOMES = tuple(map(re.compile, (r"(?:~/|\./)?\.claude/skills/", r"/mnt/skills/\w+/", r"/mnt/skills/")))
_SCHEME = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:|//)")
_PLACEHOLDER = re.compile(r"[<>{}$*|\s\[\]]|\.\.\.|…|path/to|\byour[-_]")
_STAND_IN = re.compile(r"(?:my|your)[-_].*|(?:.*[-_])?(?:(?:file)?name|xxx+)", re.IGNORECASE)
_TEMPLATE = re.compile(r"(?:^|/)templates?/|(?:^|[-_./])templates?\.md$", re.IGNORECASE)
_PATTERNS = frozenset({"template", "_template", "_templates"})
_TO_NAME = re.compile(  # what nobody calls a skill of his own
    r"[{}<>\[\]$]|\b(?:your|my|replace|templates?|examples?|placeholder)\b|\bskill[- _]?name\b", re.IGNORECASE
)
_OF_PATTERNS = frozenset({"templates", "_templates", "assets", "examples"})  # and what is in them
_ELSEWHERE = re.compile(r"(?:^|/)(?:assets|templates|examples|evals|tests)/|(?:^|[-_./])template\.md$", re.IGNORECASE)


def documents(skill: Skill) -> Iterator[Document]:
    """Yield the documents that speak for the skill; a template speaks for what is made of it."""
    for document in skill.documents if not is_pattern(skill.path, skill.name) else ():
        if not _ELSEWHERE.search(document.relative):
            yield document


def is_pattern(folder: str, name: object) -> bool:
    """Return whether a folder holds a skill that others are made of, and are to fill in: its name says that, too."""
    above, own = f"/{folder}".lower().split("/")[-2:]
    is_there = own in _PATTERNS or (own == "templates" and above != "skills") or above in _OF_PATTERNS
    return is_there and (not isinstance(name, str) or _TO_NAME.search(name) is not None)


def links(skill: Skill) -> Iterator[tuple[Document, Link]]:
    """Yield the links of the skill's own documents; those of a template lead from where it is filled in."""
    for document in documents(skill):
        for link in document.links if document.links and not _TEMPLATE.search(document.relative) else ():
            yield document, link


def inner_path(skill: Skill, document: Document, target: str) -> str | None:
    """Return the path inside the skill that a link's target names; None for another place or a placeholder.

    From a file in a folder, what isn't beside it may be named as the specification has it: from the skill's root.
    """
    path, rooted = _without_root(skill, _path(target))
    if not path or path.startswith(("/", "~")) or _SCHEME.match(path) or _PLACEHOLDER.search(path):
        return None
    if not {"/", "."} & set(path) and not has_path(skill, path):  # a word such as `url` stands for a link
        return None
    from_root = _joined("", path)
    joined = from_root if rooted else _joined(document.relative, path)
    if not has_path(skill, joined) and has_path(skill, from_root):
        return from_root
    return None if _is_outside(joined) else joined


def leaves(document: Document, target: str) -> bool:
    """Return whether a link's target climbs out of the skill's folder."""
    path = _path(target)
    if _SCHEME.match(path) or _PLACEHOLDER.search(path):
        return False
    return _is_outside(_joined(document.relative, path))


def has_all_files(skill: Skill) -> bool:
    """Return whether the skill's list of files is complete."""
    return all(fault.kind is not FaultKind.TOO_MANY_FILES for fault in skill.faults)


def has_path(skill: Skill, path: str) -> bool:
    """Return whether the skill holds a file or a folder of that path."""
    paths = _paths(skill)
    at = bisect_left(paths, path)
    inner = bisect_left(paths, f"{path}/", at)
    is_file, is_folder = path in paths[at : at + 1], "".join(paths[inner : inner + 1]).startswith(f"{path}/")
    return path == "." or is_file or is_folder


@remembered
def _paths(skill: Skill) -> Sequence[str]:
    """Return the paths of the files of the skill in their order, in which what is in a folder stands together."""
    return sorted(file.path for file in skill.files)


def is_of_project(skill: Skill, path: str) -> bool:
    """Return whether a path leads through a dotted folder that a project has, and the skill has not."""
    first = next((part for part in path.split("/")[:-1] if part.startswith(".")), None)
    return first is not None and not has_path(skill, path[: path.index(first) + len(first)])


def is_stand_in(path: str) -> bool:
    """Return whether the name of a file stands for any name, as in a template."""
    return _STAND_IN.fullmatch(posixpath.basename(path).partition(".")[0]) is not None


def is_unread(skill: Skill, path: str) -> bool:
    """Return whether a fault already tells of that path, such as a link that points nowhere."""
    shown, unread = f"{skill.path}/{path}", _unread(skill)
    return any(shown[length : length + 1] in {"", "/"} and shown[:length] in known for length, known in unread.items())


@remembered
def _unread(skill: Skill) -> Mapping[int, set[str]]:
    """Return the paths that faults tell of, by their lengths."""
    by_length: defaultdict[int, set[str]] = defaultdict(set)
    for fault in skill.faults:
        by_length[len(fault.place.path)].add(fault.place.path)
    return by_length


def _path(target: str) -> str:
    return unquote(target).partition("#")[0].partition("?")[0]


def _joined(relative: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(relative), path))


def _is_outside(path: str) -> bool:
    return path == ".." or path.startswith("../")


def _without_root(skill: Skill, path: str) -> tuple[str, bool]:
    """Return a path without the ways to write the skill's own folder, and whether one stood there."""
    rooted = _ROOTED.match(path)
    ends = [rooted.end()] if rooted else _after_name(path, (skill.name, skill.folder))
    return next(((path[end:], True) for end in ends), (path, False))


def _after_name(path: str, names: tuple[str, ...]) -> Iterator[int]:
    """Yield where a path goes on behind a place that clients keep skills in and a name that the skill has there."""
    for home in filter(None, (pattern.match(path) for pattern in _HOMES)):
        yield from (home.end() + len(name) + 1 for name in names if name and path.startswith(f"{name}/", home.end()))
