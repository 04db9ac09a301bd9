"""The command: its own defects end it with a status of their own, never with that of a finding."""

from __future__ import annotations

import os
import sys
import traceback

import click

from skillcheck.cli import skillcheck

INTERRUPTED = 130
"""What a shell says of a program that Ctrl-C ended: 128 and the number of SIGINT."""

BUG = 70
"""EX_SOFTWARE of sysexits.h."""


def main() -> None:
    """Run the command and end the process."""
    try:
        status = skillcheck(standalone_mode=False)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(wrong.exit_code)
    except click.Abort:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader left; nothing more can be told it
        sys.exit(1)
    except Exception:  # noqa: BLE001 - whatever is raised here is a defect of skillcheck
        traceback.print_exc()
        sys.stderr.write("this is a defect of skillcheck; please report it with the lines above\n")
        sys.exit(BUG)
    sys.exit(status or 0)


if __name__ == "__main__":
    main()
