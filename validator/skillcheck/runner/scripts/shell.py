"""A block of shell → its commands; how they ended → which of them failed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from skillcheck.model import Cause, CauseKind, Unit
from skillcheck.runner.layout import Layout, place
from skillcheck.runner.memory import Run
from skillcheck.runner.sandbox import Ended
from skillcheck.runner.scripts.judging import endless, stopped
from skillcheck.runner.surroundings import SAY_SO

HELD = ".skillcheck"
TRACE = "trace"
SETUP = """\
unset BASH_ENV
exec 199>>'{folder}/trace'
BASH_XTRACEFD=199
PS4='+|${{BASH_SOURCE-}}|${{LINENO}}|'
set -x
"""
LAST = 16 << 10
LONGEST = 60
_PROMPT = re.compile(r"(?P<before>\s*\$ )(?=\S)")
_MORE = re.compile(r"(?P<before>\s*> ?)")
TRACED = re.compile(r"(?m)^\++\|(?P<path>[^|\n]*)\|(?P<line>\d+)\|(?P<command>.*)$")
_UNREACHABLE = re.compile(
    r"(?i)could not resolve|temporary failure in name resolution|network is unreachable|EAI_AGAIN|dns error"
)
_UNREACHED = re.compile(r"(?:curl .* with status [67]|wget .* with status 4)$")
_SIGNALLED = 128
_FILE_SIZE, _KILL = 25, 9


def commands(text: str) -> str:
    """Return a console's text with its commands alone, where prompts say which they are; lines and columns stay."""
    lines = text.split("\n")
    if not any(map(_PROMPT.match, lines)):
        return text
    return "\n".join(_typed(lines))


def _typed(lines: list[str]) -> Iterator[str]:
    """Yield each line as blanks and what was typed there, empty for output."""
    typing = continued = False
    for line in lines:
        prompt = _PROMPT.match(line) or (_MORE.match(line) if typing else None)
        if prompt:
            yield " " * prompt.end() + line[prompt.end() :]
        else:
            yield line if continued else ""
        typing = bool(prompt) or continued
        continued = typing and line.endswith("\\")


def prepare(folder: Path) -> dict[str, str]:
    """Have the shell that starts in this folder note each command; return the variables that it needs for that."""
    held = folder / HELD
    held.mkdir(exist_ok=True)
    (held / "setup").write_text(SETUP.format(folder=held), encoding="utf-8")
    return {"BASH_ENV": str(held / "setup")}


def judged(unit: Unit, layout: Layout, ended: Ended, seconds: float, folder: Path) -> Run:
    """Return how the block did: without a cause if its last command and all before it ended with status 0."""
    if ended.timeout or ended.flood:
        return endless(unit, ended, seconds)
    if ended.status is None or ended.status < 0:
        return stopped(unit, ended)
    return _exited(unit, layout, ended, folder) if ended.status else Run()


def _exited(unit: Unit, layout: Layout, ended: Ended, folder: Path) -> Run:
    status = ended.status or 0
    line, command = _last(layout, folder)
    complaint = _complaint(layout, ended.output)
    if complaint and (status in {126, 127} or line in {0, complaint[0]} or "unbound variable" in complaint[1]):
        line, fact = complaint
    else:
        fact = f"`{command}` exits with status {status}" if command else f"the block exits with status {status}"
    kind, remedy = CauseKind.EXIT, f"correct the command, {SAY_SO}"
    if status == 127:  # noqa: PLR2004 - what a shell says of a command that isn't there
        remedy = f"install the command, {SAY_SO}"
    elif status in {_SIGNALLED + _FILE_SIZE, _SIGNALLED + _KILL}:
        kind, remedy = CauseKind.LIMIT, f"use less, {SAY_SO}"
    elif _UNREACHABLE.search(ended.output) or _UNREACHED.match(fact.replace("`", "")):
        kind, fact, remedy = CauseKind.NETWORK, f"the block needs the network: {fact}", f"give it `network`, {SAY_SO}"
    return Run(Cause(kind, place(unit, line or unit.block.line), fact, remedy), unit)


def _last(layout: Layout, folder: Path) -> tuple[int, str]:
    """Return the Markdown line of the last command that the shell began, and the command itself."""
    try:
        noted = (folder / HELD / TRACE).read_bytes()[-LAST:].decode(errors="replace")
    except OSError:
        return 0, ""
    for found in reversed(list(TRACED.finditer(noted))):
        origin = layout.origin(found["path"], int(found["line"]))
        if origin is not None:
            command = found["command"].strip()
            return origin[1], command if len(command) <= LONGEST else f"{command[:LONGEST]}…"
    return 0, ""


def _complaint(layout: Layout, output: str) -> tuple[int, str] | None:
    """Return the Markdown line and the words of the last thing that the shell itself complained of."""
    for said in reversed(re.findall(r"(?m)^(\S+): line (\d+): (.+)$", output)):
        origin = layout.origin(said[0], int(said[1]))
        if origin is not None:
            return origin[1], said[2]
    return None
