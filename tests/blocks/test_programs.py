from __future__ import annotations

import time
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillcheck.blocks import programs, units
from skillcheck.model import Program, Role, Skill

MakeSkill = Callable[[str | Mapping[str, str]], Skill]


def fence(text: str, language: str = "python") -> str:
    return f"\n```{language}\n{text}\n```\n"


def last(skill: Skill) -> Program:
    return programs(units(skill))[-1]


def test_every_block_is_a_unit_and_every_unit_that_is_more_than_shown_a_program(skill: MakeSkill) -> None:
    found = units(skill(fence("x = 1") + fence("a", "text") + fence("ls", "bash") + fence("{}", "json")))
    assert [(unit.language, unit.role) for unit in found] == [
        ("python", Role.SCRIPT),
        ("", Role.SHOWN),
        ("bash", Role.SCRIPT),
        ("json", Role.SCRIPT),
    ]
    assert [program.unit for program in programs(found)] == [found[0], found[2], found[3]]


def test_what_is_not_python_is_only_parsed(skill: MakeSkill) -> None:
    program = last(skill(fence("# a.py\nx = 1") + fence("x", "bash")))
    assert (program.context, program.unbound, program.imports, program.segments, program.calls) == ((), (), (), (), ())
    assert [file.path for file in program.files] == ["a.py"]


def test_a_program_tells_imports_and_calls(skill: MakeSkill) -> None:
    program = last(skill(fence("from a import B") + fence("import c\nB(x=1)")))
    assert [entry.module for entry in program.imports] == ["c"]
    assert [call.attribute for call in program.calls] == ["B"]


def test_segments_stand_on_their_markdown_lines(skill: MakeSkill) -> None:
    program = last(skill(fence("x = 1") + fence("y = 1") + fence("\nprint(x)")))
    assert [(segment.path, segment.line, segment.text) for segment in program.segments] == [
        ("demo/SKILL.md", 3, "x = 1\n"),
        ("demo/SKILL.md", 11, "\nprint(x)\n"),
    ]
    assert program.segments[1].padded.split("\n")[11] == "print(x)"
    assert program.segments[1].unit is program.unit


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("src/app/db.py", "from app.db import x, y\n"),
        ("app.py", "from app import x, y\n"),
        ("my-app.py", "# my-app.py\nx = y = 1\n"),
        ("types.py", "# types.py\nx = y = 1\n"),
    ],
)
def test_a_file_is_imported_into_its_context_where_it_can_be(skill: MakeSkill, path: str, text: str) -> None:
    program = last(skill(fence(f"# {path}\nx = y = 1") + fence("print(y, x)")))
    assert [segment.text for segment in program.segments] == [text, "print(y, x)\n"]


def test_a_file_that_is_asked_for_without_a_name_is_executed(skill: MakeSkill) -> None:
    program = last(skill(fence("# a.py\nx = 1") + "<!-- skillcheck: after=a.py -->" + fence("y = 1")))
    assert [segment.text for segment in program.segments] == ["# a.py\nx = 1\n", "y = 1\n"]


def files(program: Program) -> list[str]:
    return [unit.block.text.split("\n")[1] for unit in program.files]


def test_each_program_sees_one_version_of_each_file(skill: MakeSkill) -> None:
    text = "".join(map(fence, ("x", "# a.py\na1", "y", "# b.py\nb1", "# a.py\na2", "z", "# a.py\na3")))
    found = programs(units(skill(text)))
    assert [files(program) for program in found] == [
        ["a1", "b1"],
        ["a1", "b1"],
        ["a1", "b1"],
        ["a1", "b1"],
        ["a2", "b1"],
        ["a2", "b1"],
        ["a3", "b1"],
    ]


def test_a_documents_own_version_comes_first(skill: MakeSkill) -> None:
    texts = {
        "SKILL.md": fence("# a.py\nmain"),
        "references/b.md": fence("# a.py\nother") + fence("x"),
        "references/c.md": fence("x"),
    }
    found = programs(units(skill(texts)))
    assert [files(program) for program in found] == [["main"], ["other"], ["other"], ["other"]]


@given(text=st.text(), language=st.sampled_from(["python", "bash", "json", "yaml", ""]))
def test_no_text_raises(skill: MakeSkill, text: str, language: str) -> None:
    found = units(skill(f"# {text}\n" + fence(text, language) + fence(text, language)))
    assert len({unit.snippet.casefold() for unit in found}) == len(found)
    assert len(programs(found)) <= len(found)


def test_time_does_not_grow_with_the_square_of_the_files(skill: MakeSkill) -> None:
    found = skill("".join(fence(f"# a{number}.py\nx = {number}") for number in range(2500)))
    begin = time.process_time()
    assert len(programs(units(found))) == 2500
    assert time.process_time() - begin < 15  # seconds of the processor, of which it takes two
