"""Each reader under atheris, for a number of seconds: what raises, hangs or eats memory ends with its input.

    python -m tests.fuzz --seconds 60 [READER…]

Run by `make fuzz`, not by pytest: it needs the dependency group `fuzz`.
"""

from __future__ import annotations

import re
import subprocess
import sys
from argparse import ArgumentParser

from tests.fuzz.readers import READERS


def main() -> None:
    """Fuzz every reader that was asked for, each in a process of its own."""
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("readers", nargs="*", metavar="READER", help=", ".join(READERS))
    parser.add_argument("--seconds", type=int, default=60)
    options = parser.parse_args()
    failed = [name for name in options.readers or READERS if not _survives(name, options.seconds)]
    if failed:
        sys.exit(f"not read: {', '.join(failed)}")


def _survives(name: str, seconds: int) -> bool:
    command = [sys.executable, "-m", "tests.fuzz.one", name, f"{seconds}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - the module beside this
    stats = dict(re.findall(r"^stat::(\w+): +(\d+)", done.stderr, re.MULTILINE))
    told = f"{stats['number_of_executed_units']} inputs, at most {stats['peak_rss_mb']} MiB" if stats else ""
    wrong = f"ended with {done.returncode}\n{done.stderr[-3000:]}"
    print(f"{name}: {told if done.returncode == 0 else wrong}", flush=True)  # noqa: T201 - a program
    return done.returncode == 0


if __name__ == "__main__":
    main()
