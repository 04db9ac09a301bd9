"""Programs that share a cell, one after another: each finds it as the first one did."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from skillcheck.model import Environment
from skillcheck.runner.sandbox import Ended, Limits, Sandbox, private_folder
from skillcheck.runner.warm import Warm

Do = Callable[..., Ended]
LIMITS = Limits(seconds=5, processes=310)
TELL = "\nimport os\nprint(os.getpid(), os.getppid(), os.getpriority(os.PRIO_PROCESS, 0))"

pytestmark = pytest.mark.usefixtures("namespaces")


@pytest.fixture(scope="module")
def do(bare: Environment) -> Iterator[Do]:
    """Do texts one at a time, so that all are done in one cell as long as it is fit for that."""
    sandbox = Sandbox(bare.python, LIMITS)
    with private_folder() as base, Warm(sandbox, base, ("socket", "ctypes")) as warm:

        def run(text: str, limits: Limits = LIMITS) -> Ended:
            with private_folder(base) as folder:
                path = folder / "block.py"
                path.write_text(text, encoding="utf-8")
                segments = [{"file": str(path), "line": 1, "text": text}]
                job = {"kind": "script", "path": [str(folder)], "segments": segments, "watch": [f"{folder}/"]}
                return warm.run(replace(sandbox, limits=limits), folder, job)

        yield run


def passed(ended: Ended) -> bool:
    return ended.status == 0 and "lines" in ended.said and "raised" not in ended.said


LEFT = [
    pytest.param(
        "import socket\ns = socket.create_server(('127.0.0.1', 4711))\nc = socket.create_connection(s.getsockname())\n"
        "a = s.accept()[0]\na.close()\nc.close()\ns.close()",
        "import socket\nsocket.socket().bind(('127.0.0.1', 4711))",
        id="a port that is not free at once",
    ),
    pytest.param(
        "import socket\ns = socket.socket(socket.AF_UNIX)\ns.bind('\\0taken')\ns.listen()",
        "import socket\nsocket.socket(socket.AF_UNIX).bind('\\0taken')",
        id="an abstract name",
    ),
    pytest.param(
        "import ctypes\nassert ctypes.CDLL(None).shmget(4711, 4096, 0o1666) >= 0",
        "import ctypes\nassert ctypes.CDLL(None).shmget(4711, 4096, 0o666) == -1",
        id="shared memory",
    ),
    pytest.param(
        "import os\ntry: os.setpriority(os.PRIO_PROCESS, os.getppid(), 5)\nexcept OSError: pass",
        "",
        id="precedence",
    ),
    pytest.param(
        "import os, resource\ntry: resource.prlimit(os.getppid(), resource.RLIMIT_STACK, (1 << 20, 1 << 20))\n"
        "except OSError: pass",
        "import resource\nassert resource.getrlimit(resource.RLIMIT_STACK)[0] != 1 << 20",
        id="limits of their parent",
    ),
    pytest.param(
        "import os\nfor number in range(1, 65):\n    try: os.kill(os.getppid(), number)\n    except OSError: pass",
        "",
        id="signals to their parent",
    ),
    pytest.param(
        "import os\nfor _ in range(150):\n    pid = os.fork()\n    if not pid: os._exit(0)\n    os.waitpid(pid, 0)",
        "import os\nfor _ in range(150):\n    pid = os.fork()\n    if not pid: os._exit(0)\n    os.waitpid(pid, 0)",
        id="process numbers",
    ),
]


@pytest.mark.parametrize(("first", "second"), LEFT)
def test_nothing_is_left_to_be_found(do: Do, first: str, second: str) -> None:
    before = do(TELL)
    told = do(first)
    assert passed(told), told.output
    for _ in range(2):
        told = do(second + TELL)
        assert passed(told), told.output
        assert told.output == before.output


def test_only_the_program_that_asked_for_another_machine_is_told_so(do: Do) -> None:
    asking = "import socket\ntry: socket.create_connection(('192.0.2.1', 80), 5)\nexcept OSError: pass\n"
    told = do(f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {asking!r}], check=True)\n")
    assert passed(told), told.output
    assert told.said["network"]
    assert "network" not in do("pass").said


def test_what_ends_a_cell_ends_no_other_program(do: Do) -> None:
    assert do("while True: pass").timeout
    assert passed(do("pass"))
    assert do("import sys\nwhile True: sys.stdout.write('x' * 65536)").flood
    assert passed(do("pass"))


def test_a_parent_cannot_be_read_or_changed(do: Do) -> None:
    text = """\
import os
from pathlib import Path

for path in Path("/proc").glob("[0-9]*"):
    for name in ("mem", "environ", "maps"):
        if path.name == os.readlink("/proc/self"):
            continue
        try:
            (path / name).open("rb").read(1)
        except OSError:
            continue
        raise AssertionError(path / name)
"""
    told = do(text)
    assert passed(told), told.output


def test_a_program_may_start_several_processes_at_a_time_however_many_there_were(do: Do) -> None:
    """More than there are process numbers: behind the last, the kernel begins at those that it does not reserve."""
    text = "import os\nfor _ in range(40):\n    for _ in range(20):\n        if not os.fork(): os._exit(0)\n"
    ended = do(f"{text}    for _ in range(20): os.wait()", replace(LIMITS, seconds=60))  # however busy the machine is
    assert passed(ended), ended


def test_a_program_cannot_make_itself_a_namespace(do: Do) -> None:
    text = "import ctypes\nlibc = ctypes.CDLL(None)\nassert [libc.unshare(kind) for kind in {kinds}] == {refused}"
    kinds = [0x8000000, 0x40000000, 0x20000000, 0x10000000, 0x8000000 | 0x10000000]
    told = do(text.format(kinds=kinds, refused=[-1] * len(kinds)))
    assert passed(told), told.output


def test_a_base_that_is_not_there_is_told(bare: Environment, tmp_path: Path) -> None:
    sandbox = Sandbox(bare.python, LIMITS)
    with Warm(sandbox, tmp_path, ()) as warm:
        job = {"kind": "script", "path": [], "segments": [], "watch": []}
        assert not passed(warm.run(sandbox, tmp_path / "absent", job))
