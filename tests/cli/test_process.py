"""The command as a process: how it ends, what it loads, and where its words go."""

from __future__ import annotations

import ast
import errno
import os
import runpy
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import click
import pytest
from click.testing import CliRunner
from tests.cli.calling import GOOD, call

import skillcheck.__main__ as command
from skillcheck import cli

Project = Callable[..., Path]


def called(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Call the command as a user does, in a process of its own."""
    return subprocess.run(  # noqa: S603 - this very package
        [sys.executable, "-m", "skillcheck", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(Path(cli.__file__).parent.parent)} | more,
    )


def ended(monkeypatch: pytest.MonkeyPatch, raised: BaseException | None) -> object:
    """Return the status with which the command ends when it raises."""

    def broken(*, standalone_mode: bool, obj: object) -> None:
        assert not standalone_mode
        assert obj is None
        if raised is not None:
            raise raised

    monkeypatch.setattr(cli, "skillcheck", broken)
    with pytest.raises(SystemExit) as stop:
        command.main()
    return stop.value.code


def left(status: int) -> None:
    raise SystemExit(status)


def test_a_defect_of_ours_has_a_status_of_its_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "_exit", left)
    assert ended(monkeypatch, KeyError("oops")) == 70
    told = capsys.readouterr().err
    assert "KeyError: 'oops'\nthis is a defect of skillcheck; please report it with the lines above\n" in told


def test_a_reader_that_leaves_ends_it_quietly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    silenced: list[int] = []

    def dup2(opened: int, to: int) -> None:
        silenced.append(to)
        os.close(opened)

    with (tmp_path / "out").open("w") as stream, monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", stream)
        patch.setattr(os, "dup2", dup2)
        assert ended(patch, BrokenPipeError()) == 1
        assert silenced == [stream.fileno()]
    assert capsys.readouterr().err == ""


def test_a_status_passes_through(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ended(monkeypatch, SystemExit(2)) == 2
    assert ended(monkeypatch, None) == 0
    assert ended(monkeypatch, click.Abort()) == 130
    assert ended(monkeypatch, click.UsageError("no")) == 2


class EndedError(BaseException):
    pass


def test_the_package_is_the_command_and_ends_at_once_when_all_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def ended(status: int) -> NoReturn:
        raise EndedError(status)

    monkeypatch.setattr(sys, "argv", ["skillcheck", "check", "nowhere"])
    monkeypatch.setattr(os, "_exit", ended)
    with pytest.raises(EndedError) as end:
        runpy.run_path(str(command.__file__), run_name="__main__")
    assert end.value.args == (1,)
    assert "`nowhere` does not exist" in capsys.readouterr().out


def test_where_no_folder_is_named_by_the_version_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read = command._version()
    monkeypatch.setattr(os.path, "isdir", lambda _: False)
    assert command._version() == read


def test_the_version_is_said_without_loading_the_rooms(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["skillcheck", "--version"])
    with pytest.raises(SystemExit) as stop:
        command.main()
    assert (stop.value.code, capsys.readouterr().out) == (0, call("--version").output)
    text = "import sys\nsys.argv[1:] = ['--version']\nfrom skillcheck.__main__ import main\n"
    told = "try: main()\nfinally: print([name for name in sys.modules if name.startswith(('click', 'skillcheck.'))])"
    words = [sys.executable, "-c", text + told]
    done = subprocess.run(words, capture_output=True, text=True, check=True)  # noqa: S603 - this interpreter
    assert done.stdout.splitlines()[1] == "['skillcheck.__main__']"


@pytest.mark.parametrize("words", [["check", "-h"], ["check", "--format", "json"], ["check", "--fix", "--diff"]])
def test_checking_alone_answers_as_the_whole_command_does(
    words: list[str], project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project()
    monkeypatch.setattr(sys, "argv", ["skillcheck", *words])
    monkeypatch.setattr("click.core._detect_program_name", lambda: "skillcheck")
    with pytest.raises(SystemExit) as stop:
        command.main()
    whole = CliRunner().invoke(cli.skillcheck, words, prog_name="skillcheck")
    told = capsys.readouterr()
    assert (stop.value.code, told.out, told.err) == (whole.exit_code, whole.stdout, whole.stderr)


def test_checking_loads_nothing_that_runs_blocks() -> None:
    told = "import sys, skillcheck.checking; print([name for name in sys.modules if name.startswith('skillcheck.')])"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)  # noqa: S603
    loaded = {name.split(".")[1] for name in ast.literal_eval(done.stdout)}
    assert loaded.isdisjoint({"blocks", "environments", "runner", "verify", "site", "pack"})


def test_a_process_ends_with_the_status(project: Project) -> None:
    project()
    done = called("check")
    assert (done.returncode, done.stderr) == (0, "")
    assert called("check", "nowhere").returncode == 1
    assert called("nonsense").returncode == 2


def test_a_closed_pipe_leaves_no_traceback(project: Project) -> None:
    project()
    done = subprocess.run(  # noqa: S602 - the shell makes the pipe
        f"{sys.executable} -m skillcheck rules | head -c 1",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(Path(cli.__file__).parent.parent)},
    )
    assert (done.stdout, done.stderr) == ("S", "")


def test_text_of_any_kind_can_be_told_anywhere(project: Project) -> None:
    body = GOOD.replace("print(1 + 2)", "raise ValueError('\\ud800 \\x1b[31m é')")
    project({"skills/adding/SKILL.md": body})
    for encoding in ("utf-8", "ascii"):
        done = called("run", "skills", PYTHONIOENCODING=encoding)
        assert done.returncode == 1, done.stderr
        assert "\x1b[31m" not in done.stdout
        assert "ValueError" in done.stdout


def test_a_closed_output_changes_no_status(project: Project) -> None:
    project()
    command_line = f"{sys.executable} -m skillcheck check >&- 2>&-"
    assert subprocess.run(["/bin/sh", "-c", command_line], check=False).returncode == 0  # noqa: S603


def test_what_is_closed_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    really = os.fstat

    def closed(descriptor: int) -> os.stat_result:
        if descriptor < 3:
            raise OSError
        return really(descriptor)

    opened: list[str] = []
    monkeypatch.setattr(os, "fstat", closed)
    monkeypatch.setattr(os, "open", lambda path, _: opened.append(path))
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    command._open_what_is_closed()
    with sys.stdout, sys.stderr:
        assert (opened, sys.stdout.name) == ([os.devnull] * 3, os.devnull)


def test_a_full_disk_is_no_defect_of_ours(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(os, "_exit", left)
    for number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        assert ended(monkeypatch, OSError(number, "No space left on device")) == 2
        assert capsys.readouterr().err == "Error: the report cannot be written: No space left on device\n"
    assert ended(monkeypatch, OSError(errno.EIO, "?")) == 70


def test_where_errors_cannot_be_written_either_the_status_says_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "_exit", left)
    with open("/dev/full", "w", buffering=1) as full:  # noqa: PTH123 - a device
        monkeypatch.setattr(sys, "stderr", full)
        assert ended(monkeypatch, OSError(errno.ENOSPC, "No space left on device")) == 2
        assert ended(monkeypatch, ValueError("?")) == 70
        monkeypatch.undo()
        with suppress(OSError):  # what is left in its buffer
            full.close()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--version >/dev/full", "Error: the report cannot be written: No space left on device\n"),
        ("--help >/dev/full", "Error: the report cannot be written: No space left on device\n"),
        ("check --bogus 2>/dev/full", ""),
    ],
)
def test_a_full_device_is_told_in_one_line(words: str, said: str) -> None:
    command_line = f"{sys.executable} -m skillcheck {words}"
    done = subprocess.run(["/bin/sh", "-c", command_line], check=False, capture_output=True, text=True)  # noqa: S603
    assert (done.returncode, done.stderr) == (2, said)


def test_where_the_working_directory_is_gone_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    monkeypatch.setattr(sys, "argv", ["skillcheck", "check", str(tmp_path)])
    assert command._answered() == 2
    assert capsys.readouterr().err == "Error: the working directory is no longer there, or may not be looked at\n"
