"""A skill out of somebody's ZIP → the same skill as an upload takes it, and what was done for that."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from posixpath import dirname, join, normpath

from skillcheck import facts
from skillcheck.model import File, Skill

Done = tuple[Skill, tuple[str, ...]]
RUN, WORD = re.compile(r"-{2,}"), re.compile(r"[A-Za-z0-9]")


def mended(skill: Skill, links: Sequence[File] = (), nested: Sequence[str] = ()) -> Done:
    """Return the skill with plain files under plain names, and a line for each thing that was done.

    `links` are its symbolic links, by their paths in it; `nested` the folders in it that are skills of their own.
    A file whose name the skill's text mentions keeps it: a reader would look for it in vain.
    """
    kept = [file for file in skill.files if not any(file.path.startswith(f"{folder}/") for folder in nested)]
    said = [f"{folder} is a skill of its own" for folder in nested]
    by_path = {file.path: file for file in kept}
    for link in links:
        if (target := by_path.get(_led(link))) is not None:
            kept.append(replace(target, path=link.path, place=link.place))
            said.append(f"{link.path} became the file that it points at")
    names = dict(_renamed(skill, kept))
    said += [f"{old} became {new}" for old, new in names.items()]
    files = tuple(replace(file, path=names.get(file.path, file.path)) for file in kept)
    return replace(skill, files=files), tuple(said)


def taken_out(skill: Skill) -> tuple[str, ...]:
    """Return the keys of the frontmatter that an upload refuses, and that packing takes out."""
    known = facts.frontmatter().fields
    return tuple(key for key in skill.frontmatter.data.mapping() if key not in known or not known[key].upload)


def _led(link: File) -> str:
    return normpath(join(dirname(link.path), link.target or ""))


def _renamed(skill: Skill, files: Sequence[File]) -> Iterator[tuple[str, str]]:
    """Yield the path of each file that no upload takes, with one that it does."""
    used = {file.path.casefold() for file in files}
    for file in files:
        new = _plain(file.path)
        name = file.path.rpartition("/")[2]
        is_mentioned = any(name in document.text for document in skill.documents)
        if new != file.path and new.casefold() not in used and not is_mentioned:
            used.add(new.casefold())
            yield file.path, new


def _plain(path: str) -> str:
    """Return the path in characters that an upload takes, as near to the letters of the old one as may be."""
    return "/".join(_word(part) for part in path.split("/"))


def _word(part: str) -> str:
    upload = facts.upload()
    letters = (char for char in unicodedata.normalize("NFKD", part) if not unicodedata.combining(char))
    word = "".join("-" if upload.refuses(char) or char in upload.doubtful_characters else char for char in letters)
    return RUN.sub("-", word) if word != part and WORD.search(word.partition(".")[0]) else part
