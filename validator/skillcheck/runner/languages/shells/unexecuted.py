"""Shell → what the shell itself says of it without executing anything."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence

from skillcheck.runner.languages import ACCEPTED, Verdict

SECONDS = 10
_REMEDY = "correct the syntax, or tag the block `text` if it is no shell"


def said_by(shell: str, options: Sequence[str], text: str) -> Verdict:
    """Return what the shell of that name says of a text that it reads with those options, `-n` among them."""
    program = shutil.which(shell)
    if program is None:
        return Verdict(reason=f"{shell} is not installed")
    try:
        done = subprocess.run(
            [program, *options],
            input=text.encode(errors="replace"),
            capture_output=True,
            timeout=SECONDS,
            env={"LC_ALL": "C"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Verdict(f"{shell} did not finish parsing it in {SECONDS} s", "split it into shorter blocks")
    said = re.search(rf"(?m)^\S*{shell}: (?:line )?(?P<line>\d+): (?P<fact>.+)$", done.stderr.decode(errors="replace"))
    if said is None:
        return ACCEPTED
    return Verdict(f"{shell} cannot parse it: {said['fact']}", _REMEDY, line=int(said["line"]))
