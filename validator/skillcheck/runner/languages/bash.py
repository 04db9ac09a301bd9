"""Shell, parsed by `bash -n`: nothing is executed."""

from __future__ import annotations

import re
import shutil
import subprocess

from skillcheck.runner.languages import ACCEPTED, Language, Verdict

SAID = re.compile(r"^\S*bash: line (?P<line>\d+): (?P<fact>.+)$", re.MULTILINE)
SECONDS = 10


def parse(text: str) -> Verdict:
    """Return what bash says of `text`."""
    program = shutil.which("bash")
    if program is None:
        return Verdict(reason="bash is not installed")
    command = [program, "--norc", "--noprofile", "-n", "-O", "extglob"]
    try:
        done = subprocess.run(
            command,
            input=text.encode(errors="replace"),
            capture_output=True,
            timeout=SECONDS,
            env={"LC_ALL": "C"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Verdict(f"bash did not finish parsing it in {SECONDS} s", "split it into shorter blocks")
    said = SAID.search(done.stderr.decode(errors="replace"))
    if said is None:
        return ACCEPTED
    fact = f"bash cannot parse it: {said['fact']}"
    return Verdict(fact, "correct the syntax, or tag the block `text` if it is no shell", line=int(said["line"]))


LANGUAGE = Language("bash", parse)
