from __future__ import annotations

import errno
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillcheck.model import Cause, CauseKind, Environment, Program
from skillcheck.runner.causes import _told, cause
from skillcheck.runner.layout import Layout, lay_out
from skillcheck.runner.sandbox import Ended, Limits, Sandbox, private_folder

Laid = Callable[..., tuple[Program, ...]]
TEXT = "```python\nx = 1\nx.y\n```\n\n```python\nprint(x)\n```\n"
LIBRARY = "/env/lib/python3.11/site-packages/typer/core.py"
ENDED: dict[str, Any] = {"lines": {}}


def raised(type_: str = "ValueError", message: str = "m", **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    types = [type_, "Exception"]
    return {"type": type_, "types": types, "message": message, "line": None, "file": None, "errno": None} | {
        "frames": [],
        **more,
    }


@pytest.fixture
def program(laid: Laid) -> Program:
    return laid(TEXT)[1]


@pytest.fixture
def layout(program: Program, tmp_path: Path) -> Layout:
    return lay_out(tmp_path, program)


def judged(program: Program, layout: Layout, **how: Any) -> Cause | None:  # noqa: ANN401 - as Ended takes it
    found = cause(program.unit, layout, Ended(**how), 10.0)
    return found[0] if found else None


def test_what_ran_to_its_end_has_no_cause(program: Program, layout: Layout) -> None:
    assert judged(program, layout, said=ENDED, status=0) is None
    assert judged(program, layout, said=ENDED | {"exit": 0}, status=0) is None


@pytest.mark.parametrize(
    ("how", "kind", "fact"),
    [
        ({"timeout": True, "status": -9}, CauseKind.TIMEOUT, "the block does not end within 10 s"),
        (
            {"said": {"listening": True}, "timeout": True, "status": -9},
            CauseKind.SURROUNDINGS,
            "the block needs to be stopped from outside: it still serves after 10 s",
        ),
        (
            {"said": {"network": True}, "timeout": True, "status": -9},
            CauseKind.NETWORK,
            "the block needs the network: it asks for another machine, and does not end within 10 s",
        ),
        ({"flood": True, "status": -9}, CauseKind.LIMIT, "the block writes more than 16 MiB"),
        ({"status": None}, CauseKind.SIGNAL, "the block ended its own watcher"),
        ({"status": -signal.SIGKILL}, CauseKind.LIMIT, "the block is killed by SIGKILL"),
        ({"status": -signal.SIGXCPU}, CauseKind.LIMIT, "the block is killed by SIGXCPU"),
        ({"status": -signal.SIGSEGV}, CauseKind.SIGNAL, "the block is killed by SIGSEGV"),
        ({"status": -signal.SIGTERM}, CauseKind.SIGNAL, "the block is killed by SIGTERM"),
        ({"status": -41}, CauseKind.SIGNAL, "the block is killed by signal 41"),
        ({"status": 0}, CauseKind.EXIT, "the block ends its process before it has run to its end"),
        ({"status": 3}, CauseKind.EXIT, "the block ends its process before it has run to its end"),
        ({"said": ENDED | {"exit": 3}, "status": 0}, CauseKind.EXIT, "the block exits with status 3"),
        (
            {"said": ENDED | {"exit": 2, "frames": [("/usr/lib/python3.11/argparse.py", 1)]}, "status": 0},
            CauseKind.SURROUNDINGS,
            "the block needs arguments on its command line: it exits with status 2",
        ),
        (
            {"said": ENDED | {"exit": 2, "frames": [(LIBRARY, 1)]}, "status": 0, "output": "Error: no name\n"},
            CauseKind.SURROUNDINGS,
            "the block needs arguments on its command line: it exits with status 2",
        ),
        (
            {"said": ENDED | {"exit": 3, "frames": [(LIBRARY, 1)]}, "status": 0},
            CauseKind.EXIT,
            "the block exits with status 3",
        ),
        (
            {"said": ENDED | {"exit": 2, "frames": [(LIBRARY, 1), ("/block.py", 1)]}, "status": 0},
            CauseKind.EXIT,
            "the block exits with status 2",
        ),
        (
            {"said": ENDED | {"exit": 1}, "status": 0, "output": "\nUsage: x.py FILE\n"},
            CauseKind.SURROUNDINGS,
            "the block needs arguments on its command line: it exits with status 1",
        ),
        (
            {"said": ENDED | {"exit": 1, "network": True}, "status": 0},
            CauseKind.NETWORK,
            "the block needs the network: it asks for another machine, then exits with status 1",
        ),
        (
            {"said": ENDED | {"exit": 1}, "status": 0, "output": "typer not installed. Run: pip install typer\n"},
            CauseKind.UNDECLARED,
            "what the block uses needs more to be installed: typer not installed. Run: pip install typer",
        ),
        (
            {"said": ENDED | {"exit": 1, "sought": "*.csv"}, "status": 0},
            CauseKind.SURROUNDINGS,
            "the block needs files that aren't there: it seeks `*.csv`, then exits with status 1",
        ),
        (
            {"said": ENDED | {"exit": 1}, "status": 0, "output": "Error: API_TOKEN not set\n"},
            CauseKind.SURROUNDINGS,
            "the block needs credentials: Error: API_TOKEN not set",
        ),
    ],
)
def test_how_a_process_ended_is_told(
    program: Program, layout: Layout, how: dict[str, Any], kind: CauseKind, fact: str
) -> None:
    found = judged(program, layout, **how)
    assert found is not None
    assert (found.kind, found.fact, found.place.line) == (kind, fact, program.unit.block.line)
    assert found.remedy


@pytest.mark.parametrize(
    ("told", "kind", "fact"),
    [
        (raised("NameError", "name 'x'"), CauseKind.UNBOUND_NAME, "NameError: name 'x'"),
        (raised("UnboundLocalError"), CauseKind.UNBOUND_NAME, "UnboundLocalError: m"),
        (raised("ModuleNotFoundError"), CauseKind.MISSING_MODULE, "ModuleNotFoundError: m"),
        (
            raised("ModuleNotFoundError", "No module named 'zq'", name="zq"),
            CauseKind.UNDECLARED,
            "`zq` is neither installed nor shown in a block",
        ),
        (
            raised("ModuleNotFoundError", "No module named 'imp'", name="imp"),
            CauseKind.MISSING_MODULE,
            "ModuleNotFoundError: No module named 'imp'",
        ),
        (
            raised("ModuleNotFoundError", "No module named 'zq.a'", name="zq.a"),
            CauseKind.MISSING_MODULE,
            "ModuleNotFoundError: No module named 'zq.a'",
        ),
        (
            raised("ImportError", "attempted relative import with no known parent package"),
            CauseKind.MISSING_MODULE,
            "ImportError: attempted relative import with no known parent package",
        ),
        (raised("ImportError", "cannot import name"), CauseKind.MISSING_ATTRIBUTE, "ImportError: cannot import name"),
        (
            raised("ImportError", "zq library required", types=["ImportError", "Exception"]),
            CauseKind.UNDECLARED,
            "what the block uses needs more to be installed: zq library required",
        ),
        (raised("MemoryError", ""), CauseKind.LIMIT, "MemoryError"),
        (raised("SyntaxError"), CauseKind.SYNTAX, "SyntaxError: m"),
        (raised("gaierror"), CauseKind.NETWORK, "the block needs the network: gaierror: m"),
        (raised("OSError", errno=errno.ENETUNREACH), CauseKind.NETWORK, "the block needs the network: OSError: m"),
        (
            raised("ConnectionRefusedError", errno=errno.ECONNREFUSED),
            CauseKind.NETWORK,
            "the block needs a server that isn't there: ConnectionRefusedError: m",
        ),
        (
            raised("FileNotFoundError", errno=errno.ENOENT),
            CauseKind.SURROUNDINGS,
            "the block needs a file or a program that isn't there: FileNotFoundError: m",
        ),
        (raised("KeyError", "two\n  lines"), CauseKind.EXCEPTION, "KeyError: two lines"),
        (raised("ValueError", "\x1b[31;1mred\x1b[0m"), CauseKind.EXCEPTION, "ValueError: red"),
    ],
)
def test_what_was_raised_is_told(
    program: Program, layout: Layout, told: dict[str, Any], kind: CauseKind, fact: str
) -> None:
    found = judged(program, layout, said=ENDED | {"raised": told}, status=0)
    assert found is not None
    assert (found.kind, found.fact) == (kind, fact)
    assert found.remedy


@pytest.mark.parametrize(
    ("path", "remedy"),
    [
        ("/tmp/program/main.py", "show `get_db` in the block of `main`"),  # noqa: S108 - nothing is written there
        (LIBRARY, "import what the installed release has"),
        ("/usr/lib/python3.11/json/__init__.py", "import what the installed release has"),
    ],
)
def test_what_a_module_of_the_project_lacks_is_to_be_shown(
    program: Program, layout: Layout, path: str, remedy: str
) -> None:
    told = raised("ImportError", f"cannot import name 'get_db' from 'main' ({path})")
    found = judged(program, layout, said=ENDED | {"raised": told}, status=0)
    assert found is not None
    assert (found.kind, found.remedy) == (CauseKind.MISSING_ATTRIBUTE, remedy)


@pytest.mark.parametrize(
    ("line", "message", "kind"),
    [
        ("f(...)", "f() missing 2 required positional arguments: 'a' and 'b'", CauseKind.SURROUNDINGS),
        ("f(1, ...)", "f() takes 1 positional argument but 2 were given", CauseKind.SURROUNDINGS),
        ("f(x=...)", "f() missing 1 required positional argument: 'a'", CauseKind.EXCEPTION),
        ("f(..., x=1)", "f() got an unexpected keyword argument 'x'", CauseKind.EXCEPTION),
        ("f(1)", "f() missing 1 required positional argument: 'b'", CauseKind.EXCEPTION),
    ],
)
def test_dots_stand_for_what_is_left_out(laid: Laid, tmp_path: Path, line: str, message: str, kind: CauseKind) -> None:
    (program,) = laid(f"```python\n{line}\n```\n")
    written = lay_out(tmp_path, program)
    (path,) = (path for path, units in written.units.items() if units == (program.unit,))
    told = raised("TypeError", message, frames=[(path, 2)])
    found = cause(program.unit, written, Ended(said=ENDED | {"raised": told}, status=0), 10.0)
    assert found is not None
    assert (found[0].kind, found[0].place.line) == (kind, program.unit.block.line)


LIMITED = [
    pytest.param("f = open('f', 'wb')\nfor _ in range(64): f.write(bytes(1 << 20))", "a larger file", id="file"),
    pytest.param("kept = [open('/dev/null') for _ in range(100)]", "more files open", id="files"),
    pytest.param("import os, time\nwhile True: os.fork() or time.sleep(9)", "more processes", id="processes"),
    pytest.param("import subprocess\nwhile True: subprocess.Popen(['sleep', '9'])", "more processes", id="children"),
    pytest.param(
        "import threading, time\nwhile True: threading.Thread(target=time.sleep, args=(1,)).start()",
        "more threads",
        id="threads",
    ),
    pytest.param("import mmap\nmmap.mmap(-1, 1 << 40)", "more memory", id="memory"),
    pytest.param("kept = bytearray(1 << 40)", "MemoryError", id="bytes"),
]


@pytest.mark.parametrize(("text", "said"), LIMITED)
def test_each_limit_is_told_as_what_it_is(laid: Laid, bare: Environment, text: str, said: str) -> None:
    (program,) = laid(f"```python\n{text}\n```\n")
    with private_folder() as folder:
        written = lay_out(folder, program)
        ended = Sandbox(bare.python, Limits(20, file_size=8, files=64, processes=64)).run(folder, written.job)
        found = cause(program.unit, written, ended, 20)
    assert found is not None, ended.output
    assert found[0].kind is CauseKind.LIMIT
    assert said in found[0].fact


def test_the_blocks_own_innermost_line_is_blamed(program: Program, layout: Layout, tmp_path: Path) -> None:
    path, line = str(tmp_path / "demo_SKILL_block.py"), program.unit.block.line
    frames = [[path, line], ["/lib.py", 7]]
    found = cause(program.unit, layout, Ended(ENDED | {"raised": raised(frames=frames)}, 0), 10)
    assert found is not None
    assert (found[1], found[0].place.line) == (program.unit, line)


def test_a_line_of_the_context_is_its_units_own(program: Program, layout: Layout, tmp_path: Path) -> None:
    (context,) = program.context
    path, line = str(tmp_path / "demo_SKILL_block.py"), context.block.line + 1
    for frames, expected in (([[path, line]], program.unit.block.line), ([[path, 12], [path, line]], 12)):
        found = cause(program.unit, layout, Ended(ENDED | {"raised": raised(frames=frames)}, 0), 10)
        assert found is not None
        assert (found[1], found[0].place.line) == (context, expected)


def test_a_syntax_error_is_at_the_line_that_it_names(program: Program, layout: Layout, tmp_path: Path) -> None:
    told = raised("SyntaxError", file=str(tmp_path / "demo_SKILL_block.py"), line=program.unit.block.line)
    found = judged(program, layout, said=ENDED | {"raised": told}, status=0)
    assert found is not None
    assert found.place.line == program.unit.block.line


@pytest.mark.parametrize(
    ("said", "fact"),
    [
        (ENDED, "the block runs to its end, but must raise ValueError"),
        (ENDED | {"raised": raised("KeyError")}, "the block raises KeyError, but must raise ValueError"),
        (ENDED | {"raised": raised("ValueError")}, None),
        (ENDED | {"raised": raised("Own") | {"types": ["Own", "ValueError"]}}, None),
    ],
)
def test_what_must_be_raised_is_held_against_what_was(
    laid: Laid, tmp_path: Path, said: dict[str, Any], fact: str | None
) -> None:
    (program,) = laid("<!-- skillcheck: raises=ValueError -->\n```python\nint('x')\n```\n")
    found = judged(program, lay_out(tmp_path, program), said=said, status=0)
    assert (found.fact if found else None) == fact
    assert found is None or found.kind is CauseKind.EXPECTED_EXCEPTION


NUMBERS = st.none() | st.integers()


def test_what_may_be_meant_is_the_remedy() -> None:
    message = "'str' object has no attribute 'startwith'"
    kind, fact, remedy = _told(raised("AttributeError", message, near="startswith"))
    assert (kind, fact, remedy) == (CauseKind.EXCEPTION, f"AttributeError: {message}", "did you mean `startswith`?")


@given(
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(["NameError", "gaierror", "X", "OSError"]) | st.text(),
            "message": st.text(),
            "errno": NUMBERS | st.sampled_from(sorted(errno.errorcode)),
        }
    )
)
@settings(max_examples=100, deadline=None)
def test_anything_raised_can_be_told(told: dict[str, Any]) -> None:
    kind, fact, remedy = _told(told)
    assert kind in CauseKind
    assert told["type"] in fact
    assert "\n" not in remedy


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        (raised("ArgumentError", "Expected string or URL object, got None"), CauseKind.SURROUNDINGS),
        (
            raised("AttributeError", "'NoneType' object has no attribute 'x'", types=["AttributeError"]),
            CauseKind.SURROUNDINGS,
        ),
        (raised("ValueError", "no"), CauseKind.EXCEPTION),
    ],
)
def test_what_is_raised_about_a_variable_that_is_not_set(
    program: Program, layout: Layout, told: dict[str, Any], kind: CauseKind
) -> None:
    found = judged(program, layout, said={"raised": told, "unset": "TOKEN"}, status=0)
    assert found is not None
    assert found.kind is kind
    assert ("the environment variable 'TOKEN'" in found.fact) == (kind is CauseKind.SURROUNDINGS)


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        (raised("ValueError", "No objects to concatenate"), CauseKind.SURROUNDINGS),
        (raised("IndexError", "list index out of range", types=["IndexError"]), CauseKind.SURROUNDINGS),
        (raised("TypeError", "f() takes no arguments", types=["TypeError"]), CauseKind.EXCEPTION),
    ],
)
def test_what_is_raised_after_files_were_sought_in_vain(
    program: Program, layout: Layout, told: dict[str, Any], kind: CauseKind
) -> None:
    found = judged(program, layout, said={"raised": told, "sought": "data/*.csv"}, status=0)
    assert found is not None
    assert found.kind is kind
    assert ("it seeks `data/*.csv`" in found.fact) == (kind is CauseKind.SURROUNDINGS)


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        (raised("RuntimeError", "no schema"), CauseKind.NETWORK),
        (raised("ValueError", "Incorrect value (tab). Correct values are ['tsv']"), CauseKind.EXCEPTION),
        (raised("ValueError", "format must be one of tsv, json"), CauseKind.EXCEPTION),
        (raised("ValueError", "the answer must be one of these, not None"), CauseKind.NETWORK),
        (raised("TypeError", "'NoneType' object is not subscriptable", types=["TypeError"]), CauseKind.NETWORK),
        (raised("TypeError", "f() takes no arguments", types=["TypeError"]), CauseKind.EXCEPTION),
        (raised("NameError", "name 'x' is not defined", types=["NameError"]), CauseKind.UNBOUND_NAME),
    ],
)
def test_what_is_raised_after_another_machine_was_asked_in_vain(
    program: Program, layout: Layout, told: dict[str, Any], kind: CauseKind
) -> None:
    found = judged(program, layout, said={"raised": told, "network": True}, status=0)
    assert found is not None
    assert found.kind is kind
    alone = judged(program, layout, said={"raised": told}, status=0)
    assert alone is not None
    assert alone.kind is not CauseKind.NETWORK
