from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillcheck.blocks import programs, units
from skillcheck.blocks.names import names
from skillcheck.blocks.slices import LONGEST
from skillcheck.model import Program, Role, Skill

MakeSkill = Callable[[str | Mapping[str, str]], Skill]


def fence(text: str, directive: str = "") -> str:
    comment = f"<!-- skillcheck: {directive} -->\n" if directive else ""
    return f"\n{comment}```python\n{text}\n```\n"


def read(skill: Skill) -> list[Program]:
    return list(programs(units(skill)))


def context(program: Program) -> list[int]:
    return [unit.block.index for unit in program.context]


def unbound(program: Program) -> list[str]:
    return [name.name for name in program.unbound]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["x = 1", "print(x)"], [0]),
        (["x = 1", "y = x", "print(y)"], [0, 1]),
        (["x = 1", "y = 2", "print(y)"], [1]),
        (["x = 1", "x = 2", "print(x)"], [1]),
        (["x = 1", "x = x + 1", "print(x)"], [0, 1]),
        (["x = 1", "x = 2; print(x)"], []),
        (["x = 1", "def f():\n    return x", "f()"], [0, 1]),
        (["print(x)", "x = 1"], []),
        (["x = 1", "if x: y = 1", "x = 2", "print(x, y)"], [0, 1, 2]),
        (["# BAD\nx = 1", "print(x)"], []),
        (["x = 1", "# BAD\nx = 2", "print(x)"], [0]),
        (["pool = None", "def f():\n    global pool\n    pool = pool or 1", "f(); print(pool)"], [0, 1]),
        (["n = 0", "def f():\n    global n\n    n += 1", "f()"], [0, 1]),
        (["from math import *", "print(pi)"], [0]),
        (["from math import *", "from cmath import *", "from math import *", "print(pi)"], [1, 2]),
        (["from math import *", "pi = 3", "print(pi)"], [1]),
        (["x = 1", "from math import *\nprint(x)"], [0]),
        (["from math import *", "from cmath import *\nprint(pi)"], []),
        (["x = 1 (", "print(x)"], [0]),
        (["x = 1", "x = 1 (", "print(x)"], [0]),
        (["# a.py\nx = 1", "print(x)"], [0]),
        (["# a.py\nx = y", "y = 1", "print(x, y)"], [0, 1]),
        (["# a.py\nx = 1", "x = 2", "print(x)"], [1]),
        (["x = 2", "# a.py\nx = 1", "print(x)"], [0]),
        (["# a.py\nx = 1", "# a.py\ny = 1", "print(x)"], []),
        (["# a.py\nx = 1", "# a.py\nx = 2", "print(x)"], [1]),
        (["# a.py\nx = 1", "y = x", "# a.py\nz = 1", "print(y, z)"], [0, 1, 2]),
        (["x = 1", "# a.py\nprint(x)"], []),
        (["# a.py\n__all__ = []\nx = 1", "from a import *\nprint(x)"], []),
        (["# a.py\nx = 1", "from b import *\nprint(x)"], [0]),
    ],
)
def test_a_slice_holds_the_nearest_earlier_blocks_that_bind_what_is_needed(
    skill: MakeSkill, texts: list[str], expected: list[int]
) -> None:
    *_, last = read(skill("".join(map(fence, texts))))
    assert context(last) == expected


def test_what_has_a_context_is_a_continuation(skill: MakeSkill) -> None:
    found = units(skill(fence("x = 1") + fence("print(x)") + fence("print(y)")))
    assert [unit.role for unit in found] == [Role.SCRIPT, Role.CONTINUATION, Role.SCRIPT]


def test_names_that_nothing_binds_are_told_once_where_they_stand(skill: MakeSkill) -> None:
    first, second = read(skill(fence("print(x, y)\nprint(x)") + fence("x = 1\nprint(y)")))
    assert [(name.name, str(name.place), name.place.end_column) for name in first.unbound] == [
        ("x", "demo/SKILL.md:3:7", 8),
        ("y", "demo/SKILL.md:3:10", 11),
    ]
    assert unbound(second) == ["y"]


def test_the_names_of_the_context_are_told_there_alone(skill: MakeSkill) -> None:
    first, second = read(skill(fence("x = gone") + fence("print(x)")))
    assert (unbound(first), unbound(second)) == (["gone"], [])


def test_a_file_binds_its_names_itself(skill: MakeSkill) -> None:
    _, second = read(skill(fence("x = 1") + fence("# a.py\nprint(x)")))
    assert unbound(second) == ["x"]


def test_a_file_lends_what_it_defines_and_keeps_what_it_imports(skill: MakeSkill) -> None:
    file, script = fence("# app.py\nimport json\n\nx = json"), fence("print(x, json)")
    _, second = read(skill(file + script))
    assert (context(second), unbound(second)) == ([0], ["json"])


def test_a_broken_file_keeps_what_it_imports_as_well(skill: MakeSkill) -> None:
    _, second = read(skill(fence("# app.py\nimport json\nx = 1\nif") + fence("print(x, json)")))
    assert unbound(second) == ["json"]


def test_another_document_is_no_context(skill: MakeSkill) -> None:
    _, second = read(skill({"SKILL.md": fence("x = 1"), "references/a.md": fence("print(x)")}))
    assert (context(second), unbound(second)) == ([], ["x"])


@pytest.mark.parametrize("after", ["first-steps", "'First steps'", "first-steps.py", ""])
def test_a_directive_forces_a_context(skill: MakeSkill, after: str) -> None:
    text = "# First steps\n" + fence("seen = 1") + "# Other\n" + fence("x = 1", f'after="{after.strip(chr(39))}"')
    first, second = read(skill(text.replace("first-steps.py", "first-steps.py")))
    assert context(first) == []
    assert context(second) == [0]
    assert second.unit.role is Role.CONTINUATION


def test_a_forced_context_brings_its_own(skill: MakeSkill) -> None:
    text = fence("a = 1") + "# Setup\n" + fence("b = a") + fence("c = a") + "# Use\n" + fence("x = 1", "after=setup")
    assert context(read(skill(text))[-1]) == [0, 1, 2]


def test_a_directive_may_name_a_block_of_an_earlier_document(skill: MakeSkill) -> None:
    text = {"SKILL.md": "# Setup\n" + fence("a = 1"), "references/a.md": fence("print(a)", "after=setup")}
    last = read(skill(text))[-1]
    assert [unit.block.document for unit in last.context] == ["demo/SKILL.md"]


@pytest.mark.parametrize("after", ["nowhere", ""])
def test_a_directive_that_names_nothing_is_a_fault(skill: MakeSkill, after: str) -> None:
    (unit,) = units(skill(fence("x = 1", f'after="{after}"')))
    assert [(fault.fact, str(fault.place)) for fault in unit.faults] == [
        (f"`after={after}` names no earlier Python block that runs", "demo/SKILL.md:2:1")
    ]


def test_a_chain_without_end_is_cut(skill: MakeSkill) -> None:
    found = units(skill(fence("x = 1") + fence("x = x") * (LONGEST + 2)))
    assert [len(unit.faults) for unit in found[-2:]] == [1, 1]
    assert not found[LONGEST].faults


NAMES = st.sampled_from("abc")
LINES = st.one_of(
    st.builds("{} = 1".format, NAMES),
    st.builds("{} = {}".format, NAMES, NAMES),
    st.builds("print({}, {})".format, NAMES, NAMES),
    st.builds("def {}():\n    return {}".format, NAMES, NAMES),
    st.builds("# f{}.py\n{} = 1".format, NAMES, NAMES),
    st.builds("# BAD\n{} = 1".format, NAMES),
)


@given(texts=st.lists(LINES, max_size=8))
def test_slices_are_earlier_closed_and_minimal(skill: MakeSkill, texts: list[str]) -> None:
    for program in read(skill("".join(map(fence, texts)))):
        indices = context(program)
        assert indices == sorted(set(indices))
        assert all(index < program.unit.block.index for index in indices)
        assert all(unit.role is not Role.SHOWN for unit in program.context)
        bound: set[str] = set()
        wanted: set[str] = set()
        for unit in (*program.context, program.unit):
            known = names(unit.block.text)
            if unit.role is not Role.FILE:
                missing = known.needs.keys() - bound
                assert missing <= set(unbound(program)) or unit is not program.unit
                wanted |= known.needs.keys()
            bound |= known.gives
        for unit in program.context:
            assert names(unit.block.text).gives & wanted
        assert all(name not in bound or name in names(program.unit.block.text).gives for name in unbound(program))
