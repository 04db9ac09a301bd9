"""A skill -> the files below `${CLAUDE_PLUGIN_ROOT}` that it names, and that its plugin does not hold."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from itertools import filterfalse

from skillcheck.model import Document, Place, Skill
from skillcheck.rules.mentions import Mention, is_run, is_script, leading, shell_blocks
from skillcheck.rules.paths import documents, is_stand_in
from skillcheck.rules.remembered import remembered
from skillcheck.rules.roots import paths
from skillcheck.rules.saying import is_to_come

_CODE = re.compile(r"`[^`\n]+`")
_OWN = "CLAUDE_PLUGIN_ROOT"


@remembered
def rooted_mentions(skill: Skill) -> tuple[Mention, ...]:
    """Return the files that are named in a folder of the plugin which is there: others are of plugins that are taught.

    A skill's own folder is not among them, for it has rules of its own.
    """
    first: dict[str, Mention] = {}
    for document in documents(skill):
        for mention in (*_in_commands(document), *_in_prose(document)) if _OWN in document.text else ():
            if not mention.path.startswith(f"skills/{skill.folder}/") and _is_missing(skill, mention.path):
                first.setdefault(mention.path, mention)
    return tuple(first.values())


def _is_missing(skill: Skill, path: str) -> bool:
    folder = posixpath.dirname(path)
    is_meant = bool(folder) and ".." not in path.split("/") and not is_stand_in(path)
    return is_meant and skill.plugin_holds(folder) and not skill.plugin_holds(path)


def _in_commands(document: Document) -> Iterator[Mention]:
    for block in filterfalse(is_script, shell_blocks(document)):
        for offset, line in enumerate(block.text.split("\n")):
            for path, column in paths(line):
                place = Place(document.path, block.line + offset, block.column + column - 1)
                yield Mention(path, place, certain=is_run(leading(line, column - 1)))


def _in_prose(document: Document) -> Iterator[Mention]:
    for number, line in document.prose:
        for code in _CODE.finditer(line) if _OWN in line else ():
            for path, column in paths(code[0]) if not is_to_come(line, *code.span()) else ():
                yield Mention(path, Place(document.path, number, code.start() + column), certain=False)
