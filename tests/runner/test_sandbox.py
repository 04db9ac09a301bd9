from __future__ import annotations

import os
import secrets
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from skillcheck.model import Environment
from skillcheck.runner import held
from skillcheck.runner import sandbox as room
from skillcheck.runner.sandbox import Ended, Limits, Sandbox, private_folder

Ran = Callable[..., Ended]
Ends = Callable[[str], bool]
Outlives = Callable[..., bool]


def test_a_private_folder_is_gone_with_all_that_was_in_it() -> None:
    with private_folder() as folder:
        assert list(folder.iterdir()) == []
        (folder / "deep" / "er").mkdir(parents=True)
        (folder / "deep" / "er" / "file").write_text("x")
        (folder / "link").symlink_to("/usr")
        (folder / "deep").chmod(0)
        folder.chmod(0o500)
    assert not folder.exists()
    assert Path("/usr").stat().st_mode & 0o777 != 0o700


def test_limits_are_given_as_the_kernel_takes_them() -> None:
    assert Limits(seconds=2.5, memory=1, file_size=2, files=3, processes=4).given() == {
        "memory": 1 << 20,
        "file_size": 2 << 20,
        "files": 3,
        "processes": 4,
        "reserved": 1,
        "cpu": 251,
    }
    assert Limits(reserved=False).given()["reserved"] == 0


def test_a_job_tells_how_it_ended(ran: Ran) -> None:
    ended = ran("import sys\nprint('out', flush=True)\nprint('err', file=sys.stderr)\n")
    assert (ended.status, ended.timeout, ended.output) == (0, False, "out\nerr\n")
    assert ended.memory > 1 << 20
    (seen,) = ended.said["lines"].values()
    assert {1, 2, 3} <= set(seen)


def test_only_the_end_of_what_is_written_is_kept(ran: Ran) -> None:
    ended = ran("print('a' * 100_000)\nprint('é' * 40_000, 'last')\n")
    assert len(ended.output.encode(errors="replace")) <= room.OUTPUT + 8
    assert ended.output.endswith("é last\n")


def test_the_environment_is_made_anew(ran: Ran, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "hunter2")
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    ended = ran("import os, json\nprint(json.dumps(dict(os.environ)))\nprint(os.getcwd())\n")
    variables, here = ended.output.splitlines()
    assert "hunter2" not in variables
    assert "/somewhere" not in variables
    assert f'"HOME": "{here}"' in variables
    assert f'"TMPDIR": "{here}"' in variables


def test_variables_and_folders_can_be_given(bare: Environment, tmp_path: Path) -> None:
    (tmp_path / "note").write_text("readable")
    text = "import os\nprint(open(os.environ['NOTE']).read())\n"
    with private_folder() as folder:
        job = {"kind": "command", "argv": [bare.python, "-c", text]}
        held = Sandbox(bare.python, Limits(), readable=(str(tmp_path),), variables={"NOTE": str(tmp_path / "note")})
        assert held.run(folder, job).output == "readable\n"


def test_a_command_ends_with_its_own_status(bare: Environment) -> None:
    with private_folder() as folder:
        ended = Sandbox(bare.python).run(
            folder, {"kind": "command", "argv": [bare.python, "-c", "raise SystemExit(7)"]}
        )
    assert (ended.status, ended.output) == (7, "")
    assert ended.isolation == held(bare.python)


def test_a_report_of_any_length_arrives(bare: Environment) -> None:
    sources = ["x = 1\n" * 2000] * 20
    with private_folder() as folder:
        ended = Sandbox(bare.python).run(folder, {"kind": "probe", "sources": sources, "wanted": []}, seconds=20)
    assert [len(answer["statements"]) for answer in ended.said["parsed"]] == [2000] * 20
    assert ended.said["resolved"] == []


def test_what_a_program_writes_to_the_report_is_none(tmp_path: Path) -> None:
    path = tmp_path / "report"
    path.write_bytes(b'\n{"lines": {}}\nseal{"status": 0}\nseal{"cut": \nse\n\nseal{"cut"')
    with path.open("rb") as report:
        assert list(room._sealed(report, b"seal")) == [b'{"status": 0}\n', b'{"cut": \n']


def test_a_watcher_that_is_stopped_is_ended_by_force(bare: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "GRACE", 0.2)
    with private_folder() as folder, (folder / "program").open("wb+") as given:
        held = Sandbox(bare.python)
        process, pipe = held._start(folder, given, given)
        os.close(pipe)  # it is never told what to do, and ends at once
        process.wait()
        monkeypatch.setattr(Sandbox, "_start", lambda *_: (_stopped(), os.open(os.devnull, os.O_WRONLY)))
        ended = held.run(folder, {"kind": "script"}, seconds=0.1)
    assert (ended.status, dict(ended.said)) == (None, {})


def _stopped() -> subprocess.Popen[bytes]:
    process = subprocess.Popen(["/bin/sleep", "60"], start_new_session=True)
    os.kill(process.pid, signal.SIGSTOP)
    return process


def test_what_runs_ends_with_its_caller(bare: Environment, tmp_path: Path, outlives: Outlives) -> None:
    number = f"{secrets.randbelow(10**6) + 10**6}.5"
    text = f"import subprocess\nsubprocess.run(['sleep', '{number}'], start_new_session=True)\n"
    segment = {"file": str(tmp_path / "program.py"), "line": 1, "text": text}
    job = {"kind": "script", "segments": [segment], "path": [], "watch": []}
    assert not outlives(lambda: Sandbox(bare.python, Limits(seconds=60)).run(tmp_path, job), number)


@pytest.fixture
def unwatched(bare: Environment) -> Ran:
    """Run Python text as where nothing but limits can hold it."""

    def unwatched(text: str, seconds: float = 20) -> Ended:
        with private_folder() as folder:
            segment = {"file": str(folder / "program.py"), "line": 1, "text": text}
            job = {"kind": "script", "segments": [segment], "path": [], "watch": [f"{folder}/"]}
            return Sandbox(bare.python, Limits(seconds), watched=False).run(folder, job)

    return unwatched


@pytest.mark.parametrize(
    ("text", "status", "raised"),
    [
        ("x = 1", 0, None),
        ("1 / 0", 0, "ZeroDivisionError"),
        ("input()", 0, "EOFError"),
        ("kept = bytearray(1 << 40)", 0, "MemoryError"),
        ("import os\nos.kill(os.getpid(), 9)", -9, None),
    ],
)
def test_where_nothing_holds_it_its_caller_sees_how_it_ends(
    unwatched: Ran, text: str, status: int, raised: str | None
) -> None:
    ended = unwatched(text)
    assert (ended.status, ended.timeout, ended.isolation) == (status, False, ())
    assert (ended.said.get("raised") or {}).get("type") == raised


def test_where_nothing_holds_it_it_and_its_children_end_with_its_time(unwatched: Ran, ends: Ends) -> None:
    number = f"{secrets.randbelow(10**6) + 10**6}.5"
    ended = unwatched(f"import subprocess\nsubprocess.run(['sleep', '{number}'])", 0.5)
    assert (ended.status, ended.timeout) == (-9, True)
    assert ends(number)


def test_where_nothing_holds_it_its_time_begins_when_all_is_imported(unwatched: Ran, bare: Environment) -> None:
    (packages,) = Path(bare.python).parent.parent.glob("lib/*/site-packages")
    (packages / "long_held.py").write_text(
        "import time\nfor count in range(40):\n    time.sleep(0.05)\n    id(count)\n"
    )
    assert not unwatched("import long_held", 0.8).timeout
    assert unwatched("import long_held\nimport time\ntime.sleep(60)", 0.8).timeout


@pytest.mark.skipif(not Path("/sys/fs/cgroup").is_dir(), reason="no control groups on this machine")
def test_what_a_program_may_use_is_there_to_be_read_and_not_to_be_changed(ran: Ran) -> None:
    text = "import os\nassert os.listdir('/sys/fs/cgroup')\nopen('/sys/fs/cgroup/x', 'w')\n"
    ended = ran(text)
    assert ended.said["raised"]["type"] in {"PermissionError", "OSError"}, ended.output
    assert ended.said["raised"]["frames"][-1][1] == 3
