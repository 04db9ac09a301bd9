"""Blocks that say what they print, run as blocks are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.runner.conftest import fenced, only

from skillcheck.blocks import programs
from skillcheck.model import CauseKind, Environment, Form, Level, Outcome, Result, Unit
from skillcheck.runner import Cache, Options, Proof, prove
from skillcheck.runner.executing import Executor
from skillcheck.runner.memory import Memory

Proved = Callable[..., Proof]
Read = Callable[..., tuple[Unit, ...]]


def facts(result: Result) -> list[tuple[int, str]]:
    return [(found.place.line, found.fact) for found in result.mismatches]


@pytest.mark.parametrize(
    "text",
    [
        "print(1)\n#> 1",
        "async def f():\n    print('x')\n    #> x\nawait f()",
        "import asyncio\nasync def f():\n    print('x')\nawait asyncio.gather(f(), f())\n#> x\n#> x",
        "import threading\nt = threading.Thread(target=print, args=('x',))\nt.start()\nt.join()\n#> x",
        "import subprocess\nsubprocess.run(['echo', 'x'])\n#> x",
        "import os\nos.write(1, b'x')\n#> x",
        "print({'a', 'b'})\n#> {'b', 'a'}",
        "import sys, io\nsys.stdout = io.StringIO()\nprint(1)\nsys.stdout = sys.__stdout__\nprint(2)\n#> 2",
        "import atexit\natexit.register(print, 'bye')",
    ],
)
def test_what_is_printed_as_it_says_passes(proved: Proved, text: str) -> None:
    result = only(proved(fenced(text)))
    assert (result.outcome, result.level, facts(result)) == (Outcome.PASSED, Level.COVERED, [])


def test_what_is_printed_otherwise_fails(proved: Proved) -> None:
    result = only(proved(fenced("print(1)\n#> 2")))
    assert (result.outcome, result.level) == (Outcome.FAILED, Level.COVERED)
    (cause,) = result.causes
    assert (cause.kind, cause.place.line, cause.fact) == (CauseKind.OUTPUT, 9, "`1` is printed, expected `2`")
    assert result.output == "1\n"


def test_only_what_the_block_itself_prints_counts(proved: Proved) -> None:
    text = fenced("def f():\n    print('f')\nf()", "f()\nprint('own')\n#> own") + "\n```output\nf\nown\n```\n"
    assert [facts(result) for result in proved(text).results] == [[], [], []]


def test_what_ends_late_belongs_to_the_block(proved: Proved) -> None:
    text = fenced("import atexit\natexit.register(print, 'bye')\nprint('hi')") + "\n```output\nhi\nbye\n```\n"
    assert facts(proved(text).results[0]) == []


def test_a_file_says_what_it_prints(proved: Proved) -> None:
    text = "```python\n# app/greet.py\ndef f():\n    print('x')\n    #> x\n\nf()\nprint('y')\n#> z\n```\n"
    result = only(proved(text))
    assert facts(result) == [(13, "`y` is printed, expected `z`")]


def test_a_file_that_is_no_module_says_what_it_prints(proved: Proved) -> None:
    assert facts(only(proved("```python\n# my-app/greet.py\nprint('y')\n#> z\n```\n"))) == [
        (8, "`y` is printed, expected `z`")
    ]


def test_a_remark_is_no_failure(proved: Proved) -> None:
    result = only(proved(fenced("print('Risk: 3')\n# Output: Risk: 4")))
    assert (result.outcome, result.causes) == (Outcome.PASSED, ())
    assert [found.expectation.form for found in result.mismatches] == [Form.REMARK]


def test_what_changes_from_run_to_run_is_no_failure(proved: Proved) -> None:
    text = fenced("import uuid\nprint(uuid.uuid4())\n#> 1b4e28ba", "print({'a', 'b', 'c'})\n#> {'a', 'b'}")
    for result in proved(text).results:
        assert (result.outcome, result.causes) == (Outcome.PASSED, ())
        assert [found.steady for found in result.mismatches] == [False]


def test_a_second_run_that_ends_early_is_another_output(proved: Proved) -> None:
    text = "import os\nif os.environ['PYTHONHASHSEED'] == '1':\n    os._exit(0)\nprint(1)\n#> 2"
    assert [found.steady for found in only(proved(fenced(text))).mismatches] == [False]


@pytest.mark.parametrize("text", ["1 / 0\n#> 2", "print(1)\n#> 2\nprint(missing)", "import os\nos._exit(0)\n#> 2"])
def test_a_block_that_fails_is_told_for_that_alone(proved: Proved, text: str) -> None:
    result = only(proved(fenced(text)))
    assert result.outcome is Outcome.FAILED
    assert result.mismatches == ()
    assert CauseKind.OUTPUT not in {cause.kind for cause in result.causes}


def test_a_block_that_is_not_run_expects_nothing(proved: Proved) -> None:
    result = only(proved("<!-- skillcheck: level=resolved -->\n" + fenced("print(1)\n#> 2").partition("\n\n")[2]))
    assert (result.outcome, result.mismatches) == (Outcome.PASSED, ())


def test_an_exception_that_is_meant_may_print_before(proved: Proved) -> None:
    text = "<!-- skillcheck: raises=ValueError -->\n```python\nprint(1)\n#> 2\nraise ValueError\n```\n"
    assert facts(only(proved(text))) == [(8, "`1` is printed, expected `2`")]


def test_many_blocks_are_told_as_few_are(proved: Proved) -> None:
    proof = proved(fenced(*(f"print({number})\n#> {number % 4}" for number in range(6))))
    assert [result.outcome for result in proof.results] == [Outcome.PASSED] * 4 + [Outcome.FAILED] * 2


def test_what_is_remembered_tells_the_same(
    read: Read, bare: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = read(fenced("print(1)\n#> 2", "print({'a', 'b', 'c'})\n#> {'a'}", "print(3)\n#> 3"))
    options = Options(cache=Cache(tmp_path / "cache"))
    first = prove("demo", found, programs(found), bare, options)
    if not Memory.of(options.cache, bare, network=False).around.digest:  # type: ignore[union-attr]
        pytest.skip("nothing is remembered on this machine")
    monkeypatch.setattr(Executor, "execute", None)
    again = prove("demo", found, programs(found), bare, options)
    assert again.results == first.results
    assert [len(result.mismatches) for result in again.results] == [1, 1, 0]


def test_other_words_in_the_fence_are_compared_with_another_run(read: Read, bare: Environment, tmp_path: Path) -> None:
    options = Options(cache=Cache(tmp_path / "cache"))
    for said, count in (("1", 0), ("2", 1)):
        found = read(fenced("print(1)") + f"\n```output\n{said}\n```\n")
        result = prove("demo", found, programs(found), bare, options).results[0]
        assert len(result.mismatches) == count


SESSION = """\
>>> def half(x):
...     return x / 2
...
>>> half(3)
1.5
>>> half("a")
Traceback (most recent call last):
  ...
TypeError: unsupported operand type(s) for /: 'str' and 'int'
>>> {"b", "a"}
{'a', 'b'}
"""


def test_a_session_is_run_and_its_answers_are_compared(proved: Proved) -> None:
    good = only(proved(f"```pycon\n{SESSION}```\n"))
    assert (good.outcome, good.level, facts(good)) == (Outcome.PASSED, Level.COVERED, [])
    wrong = only(proved(f"```pycon\n{SESSION.replace('1.5', '2')}```\n"))
    assert (wrong.outcome, facts(wrong)) == (Outcome.FAILED, [(10, "`1.5` is printed, expected `2`")])
    other = only(proved(f"```pycon\n{SESSION.replace('TypeError', 'ValueError')}```\n"))
    assert [line for line, _ in facts(other)] == [14]


def test_a_session_has_what_earlier_blocks_bind(proved: Proved) -> None:
    *_, last = proved(fenced("def half(x): return x / 2") + "\n```python\n>>> half(3)\n1.5\n>>> hlf(4)\n```\n").results
    assert [(cause.kind, cause.place.line, cause.place.column) for cause in last.causes] == [
        (CauseKind.UNBOUND_NAME, 14, 5)
    ]
