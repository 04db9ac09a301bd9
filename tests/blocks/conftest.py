"""Markdown → Skill, just enough of it for the tests of this room."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest

from skillcheck.model import Block, Data, Directive, Document, Frontmatter, Heading, Place, Skill

MakeSkill = Callable[[str | Mapping[str, str]], Skill]
_HEADING = re.compile(r"(#+) (.*)")
_DIRECTIVE = re.compile(r"<!-- skillcheck: (.*) -->")
_OPTION = re.compile(r"([\w-]+)(?:=(?:\"([^\"]*)\"|(\S+)))?")


@pytest.fixture(scope="session")
def skill() -> MakeSkill:
    return _skill


def _skill(documents: str | Mapping[str, str]) -> Skill:
    texts = {"SKILL.md": documents} if isinstance(documents, str) else documents
    place = Place("demo/SKILL.md")
    read = tuple(_document(relative, text) for relative, text in texts.items())
    return Skill("demo", "demo", "", Frontmatter(Data({"name": "demo"}, {(): place}), place), read)


def _document(relative: str, text: str) -> Document:
    path = f"demo/{relative}"
    headings: list[Heading] = []
    blocks: list[Block] = []
    chain: list[tuple[int, str]] = []
    options: dict[str, str] = {}
    intro, lines = "", iter(enumerate(text.split("\n"), 1))
    for number, line in lines:
        if found := _HEADING.fullmatch(line):
            level = len(found[1])
            chain = [*(entry for entry in chain if entry[0] < level), (level, found[2])]
            headings.append(Heading(found[2], level, "", Place(path, number)))
            intro = ""
        elif found := _DIRECTIVE.fullmatch(line):
            options = {name: quoted or bare for name, quoted, bare in _OPTION.findall(found[1])}
        elif line.startswith("```"):
            content: list[str] = []
            for _, inner in lines:
                if inner == "```":
                    break
                content.append(f"{inner}\n")
            info = line.removeprefix("```").strip()
            blocks.append(
                Block(
                    path,
                    len(blocks),
                    info.partition(" ")[0],
                    info,
                    "".join(content),
                    number + 1,
                    1,
                    Place(path, number),
                    tuple(heading for _, heading in chain),
                    intro,
                    Directive(options, place=Place(path, number - 1) if options else None),
                )
            )
            intro, options = "", {}
        elif line:
            intro = line
    return Document(path, relative, text, blocks=tuple(blocks), headings=tuple(headings))
