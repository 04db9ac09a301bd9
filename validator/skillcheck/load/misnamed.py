"""Folder -> the files in it that were meant as a SKILL.md or a manifest, and that no client reads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from os import DirEntry
from pathlib import Path

from skillcheck.load import marketplaces, plugins
from skillcheck.load.limits import Limits
from skillcheck.load.manifest import load_json
from skillcheck.load.skills import NAME
from skillcheck.load.tree import printable, read_file, shown
from skillcheck.model import Fault, FaultKind, Place

_PEEK = 4096
_CLAUDE = ".claude"
_README = "README.md"
_SKILLS = "skills"  # where clients look for the folders of skills
_SKILL = re.compile(r"skills? ?(?:\.(?:md|mdx|markdown|txt))?", re.IGNORECASE)
_UNMEANT = re.compile(rf"{_SKILL.pattern}|_.*|(?:.*[-_])?template\.md", re.IGNORECASE)  # as loose files of skills
_FOLDER = re.compile(r"\.?claude[-_ ]?plugins?", re.IGNORECASE)
_FILE = re.compile(r"\.?claude[-_]plugin\.json", re.IGNORECASE)
_ENDING = r"(?:\.(?:jsonc?|json5|ya?ml|toml))?"
_GEMINI = "gemini-extension.json"
_DECLARING = re.compile(r"\.(?!claude)\w+-plugin")  # folders in which other clients look for a manifest
_MANIFESTS = {
    plugins.MANIFEST: re.compile(rf"(?:plugins?|manifest|package|claude[-_]plugin){_ENDING}", re.IGNORECASE),
    marketplaces.FILE: re.compile(rf"market[-_ ]?places?{_ENDING}", re.IGNORECASE),
}
_COMPONENTS = frozenset({"agents", "commands", "hooks", _SKILLS})
_TRIED = frozenset({"fixtures", "tests"})  # below which mistakes are made on purpose
_USUAL = frozenset({_SKILLS, plugins.FOLDER})
_NEARLY = re.compile(rf"{_SKILL.pattern}|{_FOLDER.pattern}|{_FILE.pattern}|plugin\.json", re.IGNORECASE)


def misnamed(folder: Path, given: Path, names: Mapping[str, DirEntry[str]], limits: Limits) -> Iterator[Fault]:
    """Tell what has nearly the name or place of what clients read; `names` are all of a folder below the one given."""
    if not _TRIED.isdisjoint(folder.relative_to(given).parts):
        return
    is_searched = folder.name == _SKILLS and _is_searched(folder.parent, given)
    own = {f"{folder.name}.md", _README} if folder.parent.name == _SKILLS else set()
    for name in names:
        is_loose = is_searched and name.endswith(".md") and not _UNMEANT.fullmatch(name)
        if name != NAME and (is_loose or name in own or _SKILL.fullmatch(name)) and _is_skill(folder / name):
            yield loose_skill(folder / name) if is_loose else wrong_case(folder / name)
    yield from _manifests(folder, given, names, limits)


def _is_searched(folder: Path, given: Path) -> bool:
    """Return whether a client looks into a folder for one of skills: what is checked, a client's own, or a plugin."""
    return folder == given or folder.name.startswith(".") or (folder / plugins.FOLDER).is_dir()


def may_be_misnamed(folder: str, names: Mapping[str, DirEntry[str]]) -> bool:
    """Return whether a folder may hold what is misnamed, which is asked of every one and costs less than to look."""
    above, _, own = folder.rpartition("/")
    if own == plugins.FOLDER:
        return not names.keys() <= _MANIFESTS.keys()
    is_in_skills = above == _SKILLS or above.endswith(f"/{_SKILLS}")
    is_loose = own == _SKILLS and any(name.endswith(".md") for name in names)
    if is_loose or (is_in_skills and (f"{own}.md" in names or _README in names)):
        return True
    nearly = (name for name in names if name != NAME and _NEARLY.fullmatch(name))
    return any(name not in _USUAL or not names[name].is_dir(follow_symlinks=False) for name in nearly)


def wrong_case(file: Path) -> Fault:
    """Tell that a file is nearly a SKILL.md."""
    fact = f"`{printable(file.name)}` is not loaded, only `{NAME}` is"
    return Fault(FaultKind.WRONG_CASE, Place(shown(file)), fact, f"rename it to `{NAME}`")


def loose_skill(file: Path) -> Fault:
    """Tell that a skill lies among the folders of skills without one of its own."""
    fact = f"`{printable(file.name)}` is not loaded, for it has no folder of its own"
    return Fault(FaultKind.WRONG_CASE, Place(shown(file)), fact, f"move it to `{printable(file.stem)}/{NAME}`")


def of_listed(fault: Fault) -> Fault:
    """Tell that a plugin.json has the wrong place, of a plugin that a marketplace lists: its entry says what it is."""
    fact = f"of a `{plugins.MANIFEST}` beside `{plugins.FOLDER}` no more than the version is read"
    return replace(fault, fact=fact, is_mild=True)


def _is_skill(file: Path) -> bool:
    """Return whether a file looks like a skill's, not like a page about skills."""
    try:
        start = read_file(str(file))[:_PEEK] if file.stat().st_size < Limits().max_file else b""
    except OSError:
        return False
    start = start[: start.find(b"\n---", 3)] if b"\n---" in start[3:] else start
    fields = (b"\nname:" in start, b"\ndescription:" in start)
    is_named = _SKILL.fullmatch(file.name) is not None
    return start.startswith((b"---\n", b"---\r\n")) and (any(fields) if is_named else all(fields))


def _manifests(folder: Path, given: Path, names: Mapping[str, DirEntry[str]], limits: Limits) -> Iterator[Fault]:
    for name, entry in names.items():
        if name == plugins.FOLDER:
            continue
        if _FOLDER.fullmatch(name) and entry.is_dir(follow_symlinks=False) and _has_manifest(folder / name):
            yield _fault(folder / name, f"`{name}` is not looked into, only `{plugins.FOLDER}` is", plugins.FOLDER)
        elif _FILE.fullmatch(name):
            yield _fault(folder / name, f"`{name}` is not read", f"{plugins.FOLDER}/{plugins.MANIFEST}")
    if folder.name == plugins.FOLDER:
        for meant, nearly in _MANIFESTS.items():
            for name in filter(nearly.fullmatch, names if meant not in names else ()):
                yield _fault(folder / name, f"`{printable(name)}` is not read, only `{meant}` is", meant)
    elif _is_bare(names) and not _is_of_another(folder.relative_to(given).parts, names):
        data, _ = load_json(folder / plugins.MANIFEST, "", limits)
        if isinstance(data.mapping().get("name"), str):
            fact = f"`{plugins.MANIFEST}` is read in `{plugins.FOLDER}` alone"
            yield _fault(folder / plugins.MANIFEST, fact, f"{plugins.FOLDER}/{plugins.MANIFEST}")


def _is_bare(names: Mapping[str, DirEntry[str]]) -> bool:
    """Return whether a folder holds a plugin.json beside components."""
    return plugins.MANIFEST in names and plugins.FOLDER not in names and not _COMPONENTS.isdisjoint(names)


def _is_of_another(parts: Sequence[str], names: Mapping[str, DirEntry[str]]) -> bool:
    """Return whether a plugin is another client's: below a dotted folder, or beside its manifest."""
    is_declared = _GEMINI in names or any(map(_DECLARING.fullmatch, names))
    return is_declared or any(part.startswith(".") and part != _CLAUDE for part in parts)


def _has_manifest(folder: Path) -> bool:
    return (folder / plugins.MANIFEST).is_file() or (folder / marketplaces.FILE).is_file()


def _fault(path: Path, fact: str, meant: str) -> Fault:
    return Fault(FaultKind.MISNAMED, Place(shown(path)), fact, f"rename it to `{meant}`")
