"""Shell → what the shell itself says of it without executing anything."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Sequence

from skillcheck.runner.languages import ACCEPTED, Verdict

SECONDS = 10
LONGEST = 120
"""Lines beyond which it is not looked for where a thing begins that has no end: the shell is asked for each of them."""
ENDLESS = re.compile(r"unexpected (?:end of file|EOF)")
_HERE = re.compile(r"here-document( at line (\d+))")
_CLOSING = re.compile(r"near unexpected token [`'](?P<token>done|fi|esac|elif|else|\}|\))'")
_REMEDY = "correct the syntax, or tag the block `text` if it is no shell"
Said = tuple[int, str] | None
Ask = Callable[[str], Said]


def said_by(shell: str, options: Sequence[str], text: str) -> Verdict:
    """Return what the shell of that name says of a text that it reads with those options, `-n` among them."""
    program = shutil.which(shell)
    if program is None:
        return Verdict(reason=f"{shell} is not installed")

    def ask(part: str) -> Said:
        return _asked([program, *options], shell, part)

    try:
        said = ask(text)
        line, fact = _begun(text, said, ask) if said else (0, "")
    except subprocess.TimeoutExpired:
        return Verdict(f"{shell} did not finish parsing it in {SECONDS} s", "split it into shorter blocks")
    return Verdict(f"{shell} cannot parse it: {fact}", _REMEDY, line=line) if fact else ACCEPTED


def _asked(command: Sequence[str], shell: str, text: str) -> Said:
    """Return line and fact of the first error, None where there is none."""
    done = subprocess.run(
        command,
        input=text.encode(errors="replace"),
        capture_output=True,
        timeout=SECONDS,
        env={"LC_ALL": "C"},
        check=False,
    )
    said = re.search(rf"(?m)^\S*{shell}: (?:line )?(?P<line>\d+): (?P<fact>.+)$", done.stderr.decode(errors="replace"))
    return (int(said["line"]), said["fact"]) if said else None


def _begun(text: str, said: tuple[int, str], ask: Ask) -> tuple[int, str]:
    """Return the error with the line where that begins which has no end: the shell tells where it missed the end."""
    line, fact = said
    if here := _HERE.search(fact):
        return int(here[2]), fact.replace(here[1], "")
    closing = _CLOSING.search(fact)
    lines = text.split("\n")
    if not (closing or ENDLESS.search(fact)) or len(lines) > LONGEST:
        return said
    begin = _unended(lines[: line - 1] if closing else lines, ask)
    if begin is None:
        return said
    before = f" before the `{closing['token']}` {_below(line - begin)}" if closing else ""
    return begin, fact if "matching" in fact else f"what begins here has no end{before}"


def _below(lines: int) -> str:
    """Return how many lines further down something is, which holds wherever the text stands in its document."""
    return "one line below" if lines == 1 else f"{lines} lines below"


def _unended(lines: Sequence[str], ask: Ask) -> int | None:
    """Return the last line with which the rest of the text has no end."""
    for number in range(len(lines), 0, -1):
        if lines[number - 1].strip():
            said = ask("\n".join(lines[number - 1 :]))
            if said and ENDLESS.search(said[1]):
                return number
    return None
