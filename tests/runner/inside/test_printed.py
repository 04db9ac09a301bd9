"""Whose prints are whose: threads, tasks, loops, bytes, and a program's own streams."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

Inside = Callable[[str], ModuleType]
Told = Callable[..., list[str]]
FILE = "program.py"


@pytest.fixture(scope="session")
def module(inside: Inside) -> ModuleType:
    return inside("printed")


@pytest.fixture
def told(module: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Told:
    """Execute text in this very process, and return what was printed for spans of its lines."""

    def told(text: str, *spans: tuple[int, int, int], written: str | None = None) -> list[str]:
        path = tmp_path / "written"
        with monkeypatch.context() as patch, path.open("w", encoding="utf-8") as stream:
            patch.setattr(sys, "__stdout__", sys.__stdout__)
            patch.setattr(sys, "stdout", stream)
            recorder = module.Recorder(FILE, [*spans])
            recorder.install()
            sys.stdout.write("before\n")
            recorder.listening = True
            exec(compile(text, FILE, "exec"), {"__name__": "__main__"})  # noqa: S102 - what is tested
            sys.stdout.flush()
            assert written is None or path.read_text(encoding="utf-8") == written
        found: list[str] = recorder.told()
        return found

    return told


def test_each_statement_has_its_own(told: Told) -> None:
    text = "print(1)\nfor i in range(2):\n    print(i)\nprint(2, 3)\n"
    assert told(text, (0, 1, 1), (0, 3, 3), (0, 4, 4), (0, 0, 0), written="before\n1\n0\n1\n2 3\n") == [
        "1\n",
        "0\n1\n",
        "2 3\n",
        "1\n0\n1\n2 3\n",
    ]


def test_the_innermost_that_is_wanted_has_it(told: Told) -> None:
    text = "def f():\n    print(1)\n    print(2)\nf()\n[print(3) for _ in 'a']\n"
    assert told(text, (1, 2, 2), (0, 4, 4), (0, 5, 5)) == ["1\n", "2\n", "3\n"]
    assert told(text, (0, 1, 4), (0, 4, 4)) == ["", "1\n2\n"]


def test_a_function_is_not_the_module_around_it(told: Told) -> None:
    assert told("def f():\n    print(1)\nf()\n", (0, 1, 2), (0, 3, 3)) == ["", "1\n"]


def test_a_program_that_is_not_asked_is_not_noted(told: Told) -> None:
    assert told("import sys\nsys.stderr.write('')\n", (0, 1, 2)) == [""]


def test_bytes_count(told: Told) -> None:
    text = "import sys\nout = sys.stdout.buffer\nout.write(b'a')\nout.writelines([b'b', b'c'])\nout.flush()\n"
    assert told(text, (0, 3, 3), (0, 0, 0)) == ["a", "abc"]


def test_lines_count(told: Told) -> None:
    assert told("import sys\nsys.stdout.writelines(['a', 'b'])\n", (0, 2, 2)) == ["ab"]


def test_a_stream_of_the_programs_own_does_not(told: Told) -> None:
    text = "import contextlib, io\nwith contextlib.redirect_stdout(io.StringIO()):\n    print(1)\nprint(2)\n"
    assert told(text, (0, 3, 3), (0, 0, 0)) == ["", "2\n"]


def test_the_stream_looks_like_one(told: Told) -> None:
    text = "import io, sys\nassert isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout is sys.__stdout__\n"
    assert told(f"{text}print(sys.stdout.mode, sys.stdout.encoding)\n", (0, 3, 3)) == ["w utf-8\n"]


def test_a_thread_prints_for_the_statement_that_waits_for_it(told: Told) -> None:
    text = "import threading\nt = threading.Thread(target=print, args=('x',))\nt.start(); t.join()\n"
    assert told(text, (0, 3, 3)) == ["x\n"]


def test_a_task_prints_for_the_statement_that_waits_for_it(told: Told) -> None:
    text = """\
import asyncio
async def work():
    print('x')
async def main():
    await asyncio.gather(work(), work())
asyncio.run(main())
"""
    assert told(text, (4, 5, 5)) == ["x\nx\n"]
    assert told(text, (0, 6, 6)) == ["x\nx\n"]


def test_what_waits_outside_of_tasks_is_known_too(module: ModuleType) -> None:
    class Waiting:
        cr_frame = sys._getframe()
        cr_await = object()

    line = Waiting.cr_frame.f_lineno
    recorder = module.Recorder(__file__, [(Waiting.cr_frame.f_code.co_firstlineno, 0, line + 99)])
    recorder.listening, recorder.coroutine = True, Waiting
    recorder.note("x", None)
    assert recorder.told() == ["x"]


def test_without_threads_or_tasks_nobody_waits(module: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder: Any = module.Recorder(FILE, [(0, 1, 1)])
    recorder.listening = True
    monkeypatch.delitem(sys.modules, "asyncio", raising=False)
    monkeypatch.delitem(sys.modules, "threading")
    recorder.note("x", None)
    monkeypatch.setitem(sys.modules, "threading", threading)
    assert (recorder.told(), recorder.whole) == ([""], "x")


def test_no_more_is_kept_than_can_be_compared(told: Told) -> None:
    assert [len(text) for text in told("print('x' * 100_000)\n", (0, 1, 1), (0, 0, 0))] == [65536, 65536]
