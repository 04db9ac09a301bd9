"""What a block calls and never awaits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from skillcheck.model import Cause, CauseKind, Environment, Outcome, Program
from skillcheck.runner.causes import cause
from skillcheck.runner.layout import lay_out
from skillcheck.runner.prove import Proof
from skillcheck.runner.sandbox import Ended, Sandbox, private_folder

Laid = Callable[..., tuple[Program, ...]]
WORK = "import asyncio\nasync def work():\n    return 1\n"
CALLED = f"```python\n{WORK}work()\n```\n"


def found_in(program: Program, bare: Environment) -> Cause | None:
    with private_folder() as folder:
        layout = lay_out(folder, program)
        ended = Sandbox(bare.python).run(folder, layout.job)
        found = cause(program.unit, layout, ended, 10)
    return found[0] if found else None


@pytest.mark.parametrize("text", ["work()", "async def main():\n    work()\nasyncio.run(main())"])
def test_a_coroutine_that_nobody_awaits_is_an_error(laid: Laid, bare: Environment, text: str) -> None:
    (program,) = laid(f"```python\n{WORK}{text}\n```\n")
    found = found_in(program, bare)
    assert found is not None
    assert (found.kind, found.fact) == (CauseKind.NOT_AWAITED, "the coroutine `work` is never awaited")
    line = next(number for number, line in enumerate(f"{WORK}{text}".splitlines()) if line.strip() == "work()")
    assert found.place.line == program.unit.block.line + line
    assert found.remedy == "await it, or make a task of it"


@pytest.mark.parametrize(
    "text",
    [
        "async def main():\n    made = work()\n    print(made)\nasyncio.run(main())",
        "made = work()\ndef drop():\n    del globals()['made']\ndrop()",
    ],
)
def test_one_that_is_kept_and_dropped_is_told_where_it_is_made(laid: Laid, bare: Environment, text: str) -> None:
    (program,) = laid(f"```python\n{WORK}{text}\n```\n")
    found = found_in(program, bare)
    assert found is not None
    line = next(number for number, line in enumerate(f"{WORK}{text}".splitlines()) if "made = work()" in line)
    assert (found.fact, found.place.line) == ("the coroutine `work` is never awaited", program.unit.block.line + line)
    (other,) = laid(f"<!-- skillcheck: raises=RuntimeWarning -->\n```python\n{WORK}{text}\n```\n")
    assert found_in(other, bare) is None


def test_one_that_a_library_makes_and_a_block_drops_is_none_of_the_blocks(laid: Laid) -> None:
    (program,) = laid("```python\nx = 1\n```\n")
    with private_folder() as folder:
        layout = lay_out(folder, program)
        path, line = layout.job["segments"][-1]["file"], program.unit.block.line
        warned = f"{path}:{line}: RuntimeWarning: coroutine 'work' was never awaited\n"
        made = 'Coroutine created at (most recent call last)\n  File "/usr/lib/x.py", line 3, in call\n'
        told, none = (
            cause(program.unit, layout, Ended({"lines": {}}, 0, output=output), 10)
            for output in (warned, warned + made)
        )
    assert told is not None
    assert none is None


@pytest.mark.parametrize("text", ["asyncio.run(work())", "work().close()", "print('x.py:1: RuntimeWarning:')"])
def test_what_is_awaited_or_closed_is_none(laid: Laid, bare: Environment, text: str) -> None:
    (program,) = laid(f"```python\n{WORK}{text}\n```\n")
    assert found_in(program, bare) is None


def test_one_that_is_shown_on_purpose_says_so(laid: Laid, bare: Environment) -> None:
    (program,) = laid(f"<!-- skillcheck: raises=RuntimeWarning -->\n{CALLED}")
    assert found_in(program, bare) is None
    (other,) = laid("<!-- skillcheck: raises=RuntimeWarning -->\n```python\nx = 1\n```\n")
    found = found_in(other, bare)
    assert found is not None
    assert found.kind is CauseKind.EXPECTED_EXCEPTION


@pytest.mark.parametrize(("text", "is_told"), [("assert 1 == 2", True), ("assert 1 == 1", False), ("{}['x']", False)])
def test_what_such_a_block_asserts_must_hold(laid: Laid, bare: Environment, text: str, *, is_told: bool) -> None:
    (program,) = laid(f"<!-- skillcheck: raises=RuntimeWarning -->\n```python\n{WORK}work()\n{text}\n```\n")
    found = found_in(program, bare)
    assert bool(found) == is_told
    if found:
        assert (found.fact, found.place.line) == ("AssertionError", program.unit.block.line + 4)


def test_any_warning_can_be_shown_on_purpose(laid: Laid, bare: Environment) -> None:
    warn = "import warnings\nwarnings.warn('use new()', DeprecationWarning)\n"
    for kind, is_met in (("DeprecationWarning", True), ("FutureWarning", False)):
        (program,) = laid(f"<!-- skillcheck: raises={kind} -->\n```python\n{warn}```\n")
        assert (found_in(program, bare) is None) == is_met


def test_one_of_an_earlier_block_is_told_there(laid: Laid, bare: Environment) -> None:
    first, second = laid(f"{CALLED}\n```python\nprint(work)\n```\n")
    with private_folder() as folder:
        layout = lay_out(folder, second)
        found = cause(second.unit, layout, Sandbox(bare.python).run(folder, layout.job), 10)
    assert found is not None
    assert found[1] == first.unit
    assert found[0].place.line == second.unit.block.line


@pytest.mark.parametrize("directive", ["", "<!-- skillcheck: raises=RuntimeWarning -->\n"])
def test_what_a_library_drops_is_none_of_the_blocks(laid: Laid, directive: str) -> None:
    (program,) = laid(f"{directive}```python\nx = 1\n```\n")
    said: dict[str, Any] = {"lines": {}}
    output = "/usr/lib/x.py:3: RuntimeWarning: coroutine 'work' was never awaited\n"
    with private_folder() as folder:
        found = cause(program.unit, lay_out(folder, program), Ended(said, 0, output=output), 10)
    assert bool(found) == bool(directive)


def test_the_result_of_such_a_block_is_a_failure(proved: Callable[..., Proof]) -> None:
    (result,) = proved(CALLED).results
    assert result.outcome is Outcome.FAILED
