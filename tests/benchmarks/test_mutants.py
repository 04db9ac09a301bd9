"""The pure pieces of the mutation check; what it finds is never a test."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from benchmarks.mutants import baseline
from benchmarks.mutants.baseline import Baseline
from benchmarks.mutants.baseline import Test as Measured
from benchmarks.mutants.equivalents import FOLDER, Equivalents
from benchmarks.mutants.mutate import Mutant, mutants, sample
from benchmarks.mutants.operators import OPERATORS
from benchmarks.mutants.selection import Selection
from benchmarks.mutants.sessions import Task
from benchmarks.mutants.source import Source
from benchmarks.mutants.suites import noticed
from benchmarks.mutants.table import survivors, table
from benchmarks.mutants.verdict import Fate, Verdict
from hypothesis import given, settings
from hypothesis import strategies as st

from skillcheck.blocks import units
from skillcheck.load import load
from skillcheck.model import Unit

CASES = {
    "rename_keyword": ("f(a, b=1)", {"f(a, b_=1)"}),
    "swap_keywords": ("f(a=1, b=2, c=3, d=3)", {"f(b=1, a=2, c=3, d=3)", "f(a=1, c=2, b=3, d=3)"}),
    "swap_arguments": ("f(a, b, *c)", {"f(b, a, *c)"}),
    "drop_await": ("x = await f()", {"x = f()"}),
    "negate_condition": (
        "if a: [b for b in c if d]",
        {"if (not (a)): [b for b in c if d]", "if a: [b for b in c if (not (d))]"},
    ),
    "change_comparison": ("a < b", {"a <= b"}),
    "swap_and_or": ("a and b", {"((a) or (b))"}),
    "widen_except": ("try: a\nexcept KeyError: b", {"try: a\nexcept Exception: b"}),
    "swallow": ("try: a\nexcept KeyError: b", {"try: a\nexcept KeyError: pass"}),
    "drop_raise": ("raise a\nabort(403)", {"pass\nabort(403)", "raise a\npass"}),
    "drop_finally": ("try: a\nfinally: b", {"try: a\nfinally: pass"}),
    "drop_with": ("with f('é') as g: a", {"if (g := f('é')) is not None: a"}),
    "change_status": ("def f():\n    return a, 404", {"def f():\n    return a, 200"}),
    "drop_import": ("from a import b, c as d", {"from a import c as d", "from a import b"}),
    "drop_decorator": ("@a\n@b(1)\ndef f(): pass", {"\n@b(1)\ndef f(): pass", "@a\n\ndef f(): pass"}),
    "drop_limit": (
        "f(timeout=1, a=2)\nwait_for(b, 3)",
        {"f(a=2)\nwait_for(b, 3)", "f(timeout=1, a=2)\nwait_for(b, None)"},
    ),
    "drop_setting": (
        "f(secure=True)\n{'SAMESITE': 1, 'b': 2}",
        {"f()\n{'SAMESITE': 1, 'b': 2}", "f(secure=True)\n{'b': 2}"},
    ),
    "compare_plainly": ("hmac.compare_digest(a, b)", {"(a == b)"}),
    "skip_check": ("if origin not in a: b", {"if False: b"}),
    "drop_statement": (
        "'''doc'''\na = 1\nf()\ndel a",
        {"'''doc'''\npass\nf()\ndel a", "'''doc'''\na = 1\npass\ndel a", "'''doc'''\na = 1\nf()\npass"},
    ),
    "return_nothing": ("def f():\n    return 1", {"def f():\n    return None"}),
    "change_number": ("a = 64", {"a = 65"}),
    "flip_boolean": ("a = True", {"a = False"}),
    "change_operator": ("a + b", {"a - b"}),
    "change_key": ("a['b']\nlog('text')", {"a['bx']\nlog('text')"}),
}


def made(text: str, name: str) -> set[str]:
    (operator,) = (each for each in OPERATORS if each.__name__ == name)
    return {edit.applied(text) for edit in operator(Source(text))}


def test_every_operator_has_a_case() -> None:
    assert set(CASES) == {operator.__name__ for operator in OPERATORS}


@pytest.mark.parametrize("name", CASES)
def test_an_operator_makes_its_mistakes_and_no_others(name: str) -> None:
    text, expected = CASES[name]
    assert made(text, name) == expected


def test_what_checks_is_left_alone() -> None:
    text = "assert a['b'] == 1 and f(c=2)\n"
    assert {name for name in CASES if made(text, name)} == set()


@pytest.fixture
def skill(tmp_path: Path) -> Callable[[str], tuple[Unit, ...]]:
    def read(body: str) -> tuple[Unit, ...]:
        folder = tmp_path / "demo"
        folder.mkdir(exist_ok=True)
        (folder / "SKILL.md").write_text(f"---\nname: demo\ndescription: Says a thing. Use when asked.\n---\n\n{body}")
        return units(load([str(folder)]).skills[0])

    return read


FILE = "```python\n# app/m.py\nLIMIT = 3\n\n\ndef f(a):\n    if a > LIMIT:\n        return 1\n    return 2\n```\n"
Skill = Callable[[str], tuple[Unit, ...]]


def test_a_mutant_knows_its_line_its_statement_and_its_change(skill: Skill) -> None:
    found = mutants(skill(FILE))
    (mutant,) = (each for each in found if each.operator == "change_comparison")
    assert (mutant.line, mutant.lines) == (12, frozenset({6}))
    assert mutant.change == ("if a > LIMIT:", "if a >= LIMIT:")
    assert "-    if a > LIMIT:" in mutant.diff
    assert "@@ -11,3" in mutant.diff


def test_no_two_mutants_mean_the_same_and_all_are_python(skill: Skill) -> None:
    found = mutants(skill(FILE))
    meanings = [ast.dump(ast.parse(each.text)) for each in found]
    assert len(set(meanings)) == len(meanings) == len({each.key for each in found}) > 5
    assert ast.dump(ast.parse(found[0].unit.block.text)) not in meanings


def test_what_is_shown_or_no_python_has_no_mutants(skill: Skill) -> None:
    assert mutants(skill(f'<!-- skillcheck: skip reason="shown" -->\n{FILE}\n```json\n[1]\n```\n')) == ()


@given(st.integers(1, 30), st.integers())
@settings(max_examples=30)
def test_a_seed_gives_the_same_sample_in_order(size: int, seed: int) -> None:
    everything: list[Mutant] = list(range(20))  # type: ignore[arg-type] # it only picks
    once, again = (sample(everything, size, seed) for _ in range(2))
    assert once == again
    assert list(once) == sorted(set(once))  # type: ignore[type-var] # numbers here
    assert len(once) == min(size, 20)
    assert sample(everything, None, seed) == tuple(everything)


def measured(name: str, seconds: float, lines: set[int], there: set[int] = frozenset()) -> Measured:  # type: ignore[assignment] # empty
    return Measured(name, "t.py", seconds, {"app/m.py": frozenset(lines)}, {"app/m.py": frozenset(there)})


def test_tests_that_execute_the_line_are_chosen_the_quickest_first(skill: Skill) -> None:
    found = skill(FILE)
    mutant = next(each for each in mutants(found) if each.lines == {6})
    tests = [measured("slow", 2, {6}), measured("quick", 1, {6}), measured("other", 0.1, {8})]
    assert [test.name for test in Selection.of(tests, found).chosen(mutant)] == ["quick", "slow"]


def test_a_test_that_noticed_much_comes_first(skill: Skill) -> None:
    found = skill(FILE)
    mutant = next(each for each in mutants(found) if each.lines == {6})
    selection = Selection.of([measured("slow", 2, {6}), measured("quick", 1, {6})], found)
    selection.noticed["app/m.py", "slow"] += 1
    assert [test.name for test in selection.chosen(mutant)] == ["slow", "quick"]


def test_what_the_import_executes_is_left_to_those_that_use_it(skill: Skill) -> None:
    found = skill(FILE)
    mutant = next(each for each in mutants(found) if each.lines == {2} and each.operator == "change_number")
    tests = [measured("uses", 1, {6}), measured("imports", 0.1, {2})]
    selection = Selection.of(tests, found)
    assert [test.name for test in selection.chosen(mutant)] == ["uses"]
    assert [test.name for test in selection.others(mutant)] == ["imports"]


def test_what_a_call_executes_rests_on_those_that_make_it(skill: Skill) -> None:
    found = skill(FILE)
    mutant = next(each for each in mutants(found) if each.lines == {6})
    assert Selection.of([measured("calls", 1, {6}), measured("other", 0.1, {8})], found).others(mutant) == []


def test_what_works_at_once_is_left_to_those_that_execute_it(skill: Skill) -> None:
    found = skill("```python\n# app/m.py\nimport json\nimport sys\n\njson.dump(1, sys.stdout)\n```\n")
    mutant = next(each for each in mutants(found) if each.operator == "swap_arguments")
    tests = [measured("starts it", 1, set(), {5}), replace(measured("other", 0.1, {8}), module="u.py")]
    assert [test.name for test in Selection.of(tests, found).chosen(mutant)] == ["starts it"]


def test_a_test_that_names_what_the_import_binds_comes_first(skill: Skill) -> None:
    found = skill(FILE)
    mutant = next(each for each in mutants(found) if each.lines == {2} and each.operator == "change_number")
    tests = [measured("uses", 0.1, {6}), replace(measured("names", 1, set()), names=frozenset({"LIMIT"}))]
    assert [test.name for test in Selection.of(tests, found).chosen(mutant)] == ["names", "uses"]


def test_where_a_server_executes_the_line_all_tests_of_its_module_count(skill: Skill) -> None:
    found = skill(FILE)
    mutant = next(each for each in mutants(found) if each.lines == {6})
    tests = [measured("starts it", 1, set(), {6}), measured("asks it", 0.1, {8})]
    assert [test.name for test in Selection.of(tests, found).chosen(mutant)] == ["starts it", "asks it"]


def test_where_none_is_known_all_are_tried(skill: Skill) -> None:
    found = skill(FILE)
    mutant = next(each for each in mutants(found) if each.lines == {6})
    assert len(Selection.of([measured("any", 1, set())], found).chosen(mutant)) == 1


class Machine:
    """Sessions of which each fails in the tests that are told of it, however often it is tried."""

    def __init__(self, files: tuple[Unit, ...], answers: list[dict[str, Any]], control: dict[str, Any]) -> None:
        self.files, self.answers, self.control = files, list(answers), control
        self.ran: list[Task] = []

    def run(self, tasks: Sequence[Task], _: object, *, chunk: int) -> Iterator[tuple[Task, dict[str, Any]]]:
        assert chunk
        for task in tasks:
            self.ran.append(task)
            yield task, (PASSED if task.id == "control" else self.answers.pop(0) if task.files else self.control)


PASSED: dict[str, Any] = {"events": [], "status": 0}
SLOW_FAILS = {"events": [{"start": "slow"}, {"failed": "slow"}], "status": 1}
QUICK_FAILS = {"events": [{"start": "quick"}, {"failed": "quick"}], "status": 1}
QUICK_HANGS = {"events": [{"start": "quick"}], "status": -9, "timeout": True}
NONE_BEGINS = {"events": [], "status": -9, "timeout": True}


@pytest.mark.parametrize(
    ("answers", "control", "expected"),
    [
        ([QUICK_FAILS], PASSED, "quick"),
        ([SLOW_FAILS, SLOW_FAILS], PASSED, "slow"),
        ([SLOW_FAILS, PASSED], PASSED, None),
        ([SLOW_FAILS, SLOW_FAILS], SLOW_FAILS, None),
        ([QUICK_HANGS, QUICK_HANGS], PASSED, "quick"),
        ([QUICK_HANGS, PASSED], PASSED, None),
        ([QUICK_HANGS, QUICK_HANGS], QUICK_HANGS, None),
        ([NONE_BEGINS, NONE_BEGINS], PASSED, "collection"),
        ([NONE_BEGINS, PASSED], PASSED, None),
    ],
)
def test_what_the_machine_may_have_done_is_believed_when_it_comes_again(
    skill: Skill, answers: list[dict[str, Any]], control: dict[str, Any], expected: str | None
) -> None:
    found = skill(FILE)
    mutant = next(each for each in mutants(found) if each.lines == {6})
    known = Baseline((measured("quick", 0.1, {6}), measured("slow", 2, {6})), ())
    machine = Machine(found, answers, control)
    verdicts = list(noticed(machine, known, [mutant], 3.0, lambda _: None))  # type: ignore[arg-type] # a stand-in
    assert [verdict.by for verdict in verdicts] == ([expected] if expected else [])
    assert machine.answers == []
    assert len({task.id for task in machine.ran}) == len(machine.ran) - (len(answers) > 1)


def test_each_module_is_measured_for_itself(skill: Skill, tmp_path: Path) -> None:
    """Those of the project too, which are a part of what is measured."""

    class Measuring(Machine):
        folder, environment = None, SimpleNamespace(lock=("demo==1",))

        def run(self, tasks: Sequence[Task], _: object, *, chunk: int) -> Iterator[tuple[Task, dict[str, Any]]]:
            for task in tasks:
                assert chunk == 1
                events = [{"ended": f"{task.modules[0]}::test", "seconds": 1.0}, {"finished": 0}]
                yield task, {"events": events, "status": 0}

    text = "```python\n# tests/test_{0}.py\ndef test():\n    pass\n```\n\n"
    machine = Measuring(skill(text.format("one") + text.format("two")), [], PASSED)
    found = baseline.measured(machine, tmp_path / "kept", lambda _: None)  # type: ignore[arg-type] # a stand-in
    assert [(test.name, test.module) for test in found.tests] == [
        ("tests/test_one.py::test", "tests/test_one.py"),
        ("tests/test_two.py::test", "tests/test_two.py"),
    ]


def test_the_figures_count_what_is_not_equivalent(skill: Skill) -> None:
    found = mutants(skill(FILE))
    verdicts = [
        Verdict(found[0], Fate.CAUGHT, "reading"),
        Verdict(found[1], Fate.TIMEOUT, "tests"),
        Verdict(found[2], Fate.SURVIVED),
        Verdict(found[3], Fate.EQUIVALENT, by="it says nothing"),
    ]
    told = table(verdicts, len(found))
    assert "all                         3        2    66.7%" in told
    assert "4 were tried, 1 caught, 1 timeout, 1 survived, 1 equivalent" in told
    assert "noticed by: reading 1, tests 1" in told
    shown = survivors(verdicts)
    assert f":{found[2].line}: {found[2].operator} in app/m.py survives" in shown
    assert "it says nothing" in shown


def test_an_equivalent_mutant_is_known_by_its_content(skill: Skill) -> None:
    found = mutants(skill(FILE))
    known = Equivalents({("app/m.py", "if a > LIMIT:", "if a >= LIMIT:"): "why"})
    (verdict,) = known.among(found)
    assert (verdict.mutant.operator, verdict.by) == ("change_comparison", "why")
    assert list(Equivalents.of("no such skill").among(found)) == []


@pytest.mark.parametrize("first", ["# src/app/m.py", "# tests/test_m.py", "import asyncio"])
def test_a_longer_wait_is_a_mistake_of_the_application_alone(skill: Skill, first: str) -> None:
    text = f"```python\n{first}\nasync def f(a):\n    await asyncio.wait_for(a, 2)\n    return 2\n```\n"
    longer = [verdict.mutant.change for verdict in Equivalents({}).among(mutants(skill(text)))]
    waits = [(mutant.operator, mutant.change) for mutant in mutants(skill(text)) if "wait_for" in mutant.change[0]]
    numbers = [change for operator, change in waits if operator in {"change_number", "drop_limit"}]
    assert len(numbers) == 2
    assert longer == ([] if "src" in first else numbers)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=str)
def test_what_is_said_to_be_equivalent_can_still_be_made(path: Path) -> None:
    skill = load([str(Path(__file__).parents[2] / "skills" / path.stem)]).skills[0]
    changes = {(each.unit.snippet, *each.change) for each in mutants(units(skill))}
    known = Equivalents.of(path.stem).reasons
    assert set(known) <= changes
    assert all(reason.strip() for reason in known.values())
