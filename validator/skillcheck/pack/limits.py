"""A skill and its snippets → the faults for which the upload would refuse their ZIP."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from skillcheck import facts
from skillcheck.model import Fault, FaultKind, Place, Skill, Snippet
from skillcheck.pack.members import chosen, left_out, snippet_path

NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

SHOWN = 5


def faults(skill: Skill, snippets: Sequence[Snippet]) -> Iterator[Fault]:
    """Yield what forbids a ZIP, judged before any file is read."""
    out = {path for path, _ in left_out(skill, snippets)}
    made = {snippet_path(snippet): snippet for snippet in snippets if snippet_path(snippet) not in out}
    own = chosen(skill)
    places = {path: file.place for path, file in own.items()} | {path: made[path].place for path in made}
    sizes = {path: file.size for path, file in own.items()} | {path: len(made[path].text.encode()) for path in made}
    yield from _name(skill)
    if "SKILL.md" not in own:
        yield _fault(Place(skill.path), "the skill has no SKILL.md that could be packed", "write one")
    yield from _size(skill, sum(sizes.values()))
    for path in sorted(places):
        yield from _path(path, places[path])
    yield from _collisions(places)


def _name(skill: Skill) -> Iterator[Fault]:
    data, limit = skill.frontmatter.data, facts.frontmatter().limit("name")
    name = data.mapping().get("name")
    if not isinstance(name, str) or not name:
        yield _fault(skill.frontmatter.place, "the frontmatter has no name", f"add `name: {skill.folder}`")
    elif not NAME.fullmatch(name) or len(name) > limit:
        remedy = f"use at most {limit} lower-case letters and digits, with single hyphens between them"
        yield _fault(data.place("name"), f"`{name}` cannot name the top folder of an upload", remedy)


def _size(skill: Skill, size: int) -> Iterator[Fault]:
    limit = facts.upload().max_bytes
    if size > limit:
        fact = f"the files of the skill have {size:,} bytes together, an upload takes {limit:,}"
        yield _fault(Place(skill.path), fact, "leave out what the skill can do without")


def _path(path: str, place: Place) -> Iterator[Fault]:
    name = path.rpartition("/")[2].casefold()
    if refused := sorted({character for character in path if not _taken(character)}):
        shown = ", ".join(f"U+{ord(character):04X}" for character in refused[:SHOWN])
        fact = f"the path `{path}` holds {shown}, an upload takes no such character"
        yield _fault(place, fact, "rename it with the letters a to z, digits, dots, hyphens and underscores")
    if name == "skill.md" and "/" in path:
        yield _fault(place, f"`{path}` is a second SKILL.md, an upload takes exactly one", "give it another name")
    if name.endswith(facts.upload().nested):
        yield _fault(place, f"`{path}` is a ZIP, an upload takes none inside", "put what it holds into a folder")


def _taken(character: str) -> bool:
    return not facts.upload().refuses(character) and character not in facts.upload().doubtful_characters


def _collisions(places: Mapping[str, Place]) -> Iterator[Fault]:
    """Yield the files and folders that are one on a file system which does not tell case apart."""
    spellings: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for path in sorted(places):
        parts = path.split("/")
        for length in range(1, len(parts) + 1):
            part = "/".join(parts[:length])
            spellings[part.casefold()].setdefault(part, path)
    for first, *others in (list(found.items()) for found in spellings.values()):
        for part, path in others:
            fact = f"`{first[0]}` and `{part}` are one name where case is not told apart"
            yield _fault(places[path], fact, "rename one of them")


def _fault(place: Place, fact: str, remedy: str) -> Fault:
    return Fault(FaultKind.UNPACKABLE, place, fact, remedy)
