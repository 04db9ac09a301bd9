"""The command: its own defects end it with a status of their own, never with that of a finding."""

from __future__ import annotations

import errno
import gc
import os
import sys
from pathlib import Path

TYPE_CHECKING = False  # as in the package
if TYPE_CHECKING:
    from typing import NoReturn

    from click import Command

    from skillcheck.recall import Call

INTERRUPTED = 130
"""What a shell says of a program that Ctrl-C ended: 128 and the number of SIGINT."""

BUG = 70
"""EX_SOFTWARE of sysexits.h."""


_OURS = "this is a defect of skillcheck; please report it with the lines above"

_TAKES_NOTHING = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What is said of a full disk, of a quota and of a limit on files."""

OBJECTS = 1_000_000
"""So many are made before garbage is looked for: what is read of a skill is in no cycle, and goes at once."""


def entry() -> NoReturn:
    """Run the command, and end the process at once: to take apart all that it loaded is a tenth of a check."""
    try:
        main()
    except SystemExit as end:
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        finally:  # what is left cannot be written
            os._exit(int(end.code or 0))


def main() -> NoReturn:
    """Run the command and end the process."""
    _open_what_is_closed()
    _run()


def _version() -> str:
    """Return the version that the folder of what is installed is named by; to read it there takes ten times as long."""
    start, end = "claude_skillcheck-", ".dist-info"
    for folder in filter(os.path.isdir, sys.path):
        for name in os.listdir(folder):  # noqa: PTH208 - pathlib is slow to start
            if name.startswith(start) and name.endswith(end):
                return name.removeprefix(start).removesuffix(end)
    from importlib.metadata import version  # noqa: PLC0415 - see above

    return version("claude-skillcheck")


def _run() -> NoReturn:
    try:
        status = _answered()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader left; nothing more can be told it
        sys.exit(1)
    except Exception as error:  # noqa: BLE001 - a defect of skillcheck, a full disk apart
        _failed(error)
    sys.exit(status)


def _failed(error: Exception) -> NoReturn:
    """End with what there is to say of an error: that of a place which takes no report is no defect of ours."""
    import traceback  # noqa: PLC0415 - slow to load, and seldom needed

    status, text = BUG, f"{traceback.format_exc()}{_OURS}\n"
    if isinstance(error, OSError) and error.errno in _TAKES_NOTHING:
        status, text = 2, f"Error: the report cannot be written: {error.strerror}\n"
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except OSError:
        os._exit(status)
    if status == BUG:
        sys.exit(BUG)
    os._exit(status)  # what is left in the buffer of the report cannot be written either


def _answered() -> int:
    """Answer as it was answered before, where that is known; else do what is asked. Return the status."""
    if sys.argv[1:] == ["--version"]:  # asked for by tools before each call: it need not load all the rooms
        sys.stdout.write(f"skillcheck, version {_version()}\n")
        return 0
    try:
        os.getcwd()  # noqa: PTH109 - a path takes longer to import
    except OSError:
        sys.stderr.write("Error: the working directory is no longer there, or may not be looked at\n")
        return 2
    if sys.argv[1:2] not in (["check"], ["run"]):
        return _called(None)
    from skillcheck.recall import Call  # noqa: PLC0415 - see above

    call = Call.of(sys.argv[1], sys.argv[2:])
    known = call.answer() if call else None
    if known is None:
        return _called(call)
    sys.stdout.write(known.text)
    sys.stdout.flush()
    return known.status


def _called(call: Call | None) -> int:
    gc.set_threshold(OBJECTS)
    from skillcheck.disk import patterns  # noqa: PLC0415 - see above

    with patterns("check" if _is_small() else "all"):
        import click  # noqa: PLC0415 - see above

        command = _command()
    try:
        return command(standalone_mode=False, obj=call) or 0
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except click.Abort:
        return INTERRUPTED


def _is_small() -> bool:
    """Return whether what is asked for needs little of the rooms."""
    return sys.argv[1:2] in (["check"], ["hook"])


def _command() -> Command:
    """Return the command with all that it can do, or with what is asked for, where that needs little of the rest."""
    if not _is_small():
        from skillcheck.cli import skillcheck  # noqa: PLC0415 - loads all the rooms

        return skillcheck
    from click import Group  # noqa: PLC0415 - as above

    from skillcheck.checking import SETTINGS, check  # noqa: PLC0415
    from skillcheck.hooking import hook  # noqa: PLC0415

    return Group("skillcheck", commands=[check, hook], context_settings=SETTINGS)


def _open_what_is_closed() -> None:
    """Have something behind the standard descriptors: a pipe made later must not become one of them."""
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - for the process's life
    sys.stderr = sys.stderr or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115


if __name__ == "__main__":
    entry()
