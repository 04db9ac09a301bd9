"""What tests of every room share."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib.metadata import distribution
from pathlib import Path

import pytest
from hypothesis import settings

from skillcheck.environments import prepare
from skillcheck.model import Block, Data, Directive, Document, Environment, Frontmatter, Heading, Place, Skill

settings.register_profile("untimed", deadline=None)  # how long an example takes is for benchmarks to say
settings.load_profile("untimed")

MakeSkill = Callable[[str | Mapping[str, str]], Skill]
_HEADING = re.compile(r"(#+) (.*)")
_DIRECTIVE = re.compile(r"<!-- skillcheck: (.*) -->")
_OPTION = re.compile(r"([\w-]+)(?:=(?:\"([^\"]*)\"|(\S+)))?")


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text, byte for byte, with snapshots/NAME.txt beside the test; UPDATE_SNAPSHOTS=1 writes it."""

    def compare(name: str, text: str) -> None:
        path = request.path.parent / "snapshots" / f"{name}.txt"
        if os.environ.get("UPDATE_SNAPSHOTS") == "1":
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text.encode())
        assert path.read_bytes() == text.encode(), f"{path.name} differs; UPDATE_SNAPSHOTS=1 rewrites it"

    return compare


@pytest.fixture(scope="session")
def equipped(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An environment that holds pytest and coverage alone, copied from the tests' own: no network is needed."""
    environment = prepare((), cache=tmp_path_factory.getbasetemp() / "equipped")
    (packages,) = Path(environment.python).parent.parent.glob("lib/*/site-packages")
    for name in ("pytest", "coverage", "pluggy", "iniconfig", "packaging", "pygments"):
        for file in distribution(name).files or ():
            if ".." not in file.parts:
                (packages / file).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(str(file.locate()), packages / file)
    return replace(environment, lock=("coverage==7", "pytest==8"))


@pytest.fixture(scope="session")
def skill() -> MakeSkill:
    """Markdown → Skill, just enough of it for the rooms that read nothing themselves."""
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
