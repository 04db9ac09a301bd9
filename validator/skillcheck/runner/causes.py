"""How a program ended → why its block did not pass."""

from __future__ import annotations

import errno
import re
import signal
from collections.abc import Iterator, Mapping
from typing import Any

from skillcheck import facts
from skillcheck.model import Cause, CauseKind, Place, Unit
from skillcheck.runner.layout import Layout, key, place
from skillcheck.runner.sandbox import Ended
from skillcheck.runner.surroundings import (
    SAY_SO,
    asking,
    is_installed,
    is_of_library,
    lacking,
    may_come_of_none,
    may_come_of_nothing,
    of_none,
    unbrought,
)

MAKE_IT_END = "make it end, or allow it more: `<!-- skillcheck: timeout=60 -->`"
BIND = "bind it in the block, or in an earlier one"
SYNTAX = (CauseKind.SYNTAX, "correct the syntax")
BY_TYPE = {
    "NameError": (CauseKind.UNBOUND_NAME, BIND),
    "UnboundLocalError": (CauseKind.UNBOUND_NAME, BIND),
    "ModuleNotFoundError": (CauseKind.MISSING_MODULE, "show the module in a block, or declare its distribution"),
    "ImportError": (CauseKind.MISSING_ATTRIBUTE, "import what the installed release has"),
    "MemoryError": (CauseKind.LIMIT, f"use less memory, {SAY_SO}"),
    "SyntaxError": SYNTAX,
    "IndentationError": SYNTAX,
    "TabError": SYNTAX,
}
BY_ERROR = {
    errno.EFBIG: (CauseKind.LIMIT, "the block writes a larger file than it may", "write less"),
    errno.ENOSPC: (CauseKind.LIMIT, "the block writes more than there is room for", "write less"),
    errno.EMFILE: (CauseKind.LIMIT, "the block has more files open than it may", "close them"),
    errno.EAGAIN: (CauseKind.LIMIT, "the block starts more processes than it may", "start fewer"),
    errno.ENOMEM: (CauseKind.LIMIT, "the block uses more memory than it may", "use less"),
}
USAGE = re.compile(
    r"(?i)(?:.{0,40}\busage|.*\bplease (?:provide|specify|give|pass) (?:a|an|the)\b.*\b(?:file|path|argument|url))"
)
SHOW_THEM = "show how they are made"
RELATIVE = (
    CauseKind.MISSING_MODULE,
    "say in a first line such as `# app/module.py` which file the block is, or name the module whole",
)
LAST = 3
MISUSED = 2
"""The status of a command that was called in a wrong way."""
THREADS = (CauseKind.LIMIT, "the block starts more threads than it may", "start fewer")
FORGOTTEN = re.compile(
    r"^(?P<path>/[^\n]*):(?P<line>\d+): RuntimeWarning: coroutine '(?P<name>[^'\n]+)' was never awaited$"
    r"(?:\nCoroutine created at \(most recent call last\)\n  File \"(?P<maker>[^\"\n]+)\", line (?P<made>\d+), in )?",
    re.MULTILINE,
)
"""What Python writes where a coroutine is dropped that nobody awaited, and of the line that made it."""
OF_VALUES = frozenset({CauseKind.EXIT, CauseKind.EXCEPTION})
BLANK = re.compile(r"(?m)^[ \t]*\w+[ \t]*=[ \t]*(?P<quote>['\"])(?P<blank>\{\{[^{}\n]+\}\})(?P=quote)[ \t]*(?:#.*)?$")
"""A name that is bound to what a template is to be filled in with, such as `{{ cookiecutter.name }}`."""
OWN = re.compile(r"^cannot import name '(?P<name>\w+)' from '(?P<module>[\w.]+)' \((?P<path>[^()]+\.py)\)")
"""What Python says where a module that was found lacks a name."""
COLOURS = re.compile(r"\x1b\[[\d;?]*[ -/]*[@-~]")
"""What tells a terminal how to show what follows."""
DOTS = re.compile(r"[(,][ \t]*\.\.\.[ \t]*[,)]")
"""An argument that stands for those which are left out."""
COUNTED = re.compile(r"\bmissing \d+ required\b|\btakes .{0,40}\bpositional arguments?\b")
"""What Python says of too few arguments, or too many."""
WARNED = re.compile(r"^(?P<path>/[^\n]*):(?P<line>\d+): (?P<kind>\w+): ", re.MULTILINE)
"""What Python writes of each warning."""

Raised = Mapping[str, Any]
NOTHING: Raised = {}


def cause(unit: Unit, layout: Layout, ended: Ended, seconds: float) -> tuple[Cause, Unit] | None:
    """Return why `unit` did not pass and the unit whose line is at fault, None if it ran to its end."""
    found = _found(unit, layout, ended, seconds)
    blank = BLANK.search(found[1].block.text) if found and found[0].kind in OF_VALUES else None
    if found is None or blank is None:
        return found
    fact = f"the block needs what `{blank['blank']}` stands for in it: {found[0].fact}"
    told = Cause(CauseKind.SURROUNDINGS, found[0].place, fact, f"show what it is filled in with, {SAY_SO}")
    return told, found[1]


def _found(unit: Unit, layout: Layout, ended: Ended, seconds: float) -> tuple[Cause, Unit] | None:
    raised = ended.said.get("raised")
    expected = unit.block.directive.options.get("raises")
    forgotten = next(_forgotten(unit, layout, ended.output), None)
    if ended.timeout:
        return _endless(unit, ended, seconds)
    if ended.flood:
        return flooded(unit)
    if expected and (expected in _warned(layout, ended.output) or (forgotten and expected == "RuntimeWarning")):
        # an assertion that fails refutes what the block says of what it shows
        return _raised(unit, layout, raised) if raised and "AssertionError" in raised["types"] else None
    if expected and not (raised and expected.rpartition(".")[2] in raised["types"]):
        came = f"raises {raised['type']}" if raised else "runs to its end"
        fact = f"the block {came}, but must raise {expected}"
        return at(unit, CauseKind.EXPECTED_EXCEPTION, fact, "correct the block or its `raises=`")
    if raised:
        return None if expected else _raised(unit, layout, raised, ended.said)
    return _stopped(unit, ended) or forgotten


def _endless(unit: Unit, ended: Ended, seconds: float) -> tuple[Cause, Unit]:
    if ended.listening:
        fact = f"the block needs to be stopped from outside: it still serves after {seconds:g} s"
        return at(unit, CauseKind.SURROUNDINGS, fact, f"stop it in the block, {SAY_SO}")
    if ended.said.get("network"):
        fact = f"the block needs the network: it asks for another machine, and does not end within {seconds:g} s"
        return at(unit, CauseKind.NETWORK, fact, f"give it `network`, {SAY_SO}")
    return at(unit, CauseKind.TIMEOUT, f"the block does not end within {seconds:g} s", MAKE_IT_END)


def flooded(unit: Unit) -> tuple[Cause, Unit]:
    """Return what it says of a block that it writes without end."""
    return at(unit, CauseKind.LIMIT, "the block writes more than 16 MiB", f"write less, {SAY_SO}")


def at(unit: Unit, kind: CauseKind, fact: str, remedy: str) -> tuple[Cause, Unit]:
    """Return a cause that concerns the whole of a block."""
    return Cause(kind, place(unit, unit.block.line), fact, remedy), unit


def _forgotten(unit: Unit, layout: Layout, output: str) -> Iterator[tuple[Cause, Unit]]:
    """Yield the coroutines that lines of blocks called and never awaited: what they should do is never done."""
    for found in FORGOTTEN.finditer(output):
        origin = layout.origin(found["maker"] or found["path"], int(found["made"] or found["line"]))
        if origin is not None:
            owner, line = origin
            fact = f"the coroutine `{found['name']}` is never awaited"
            mine = line if key(owner) == key(unit) else unit.block.line
            yield Cause(CauseKind.NOT_AWAITED, place(unit, mine), fact, "await it, or make a task of it"), owner


def _warned(layout: Layout, output: str) -> Iterator[str]:
    """Yield the kinds of warnings that were written of lines of blocks."""
    for found in WARNED.finditer(output):
        if layout.origin(found["path"], int(found["line"])) is not None:
            yield found["kind"]


def _stopped(unit: Unit, ended: Ended) -> tuple[Cause, Unit] | None:
    if ended.status is None:
        return at(unit, CauseKind.SIGNAL, "the block ended its own watcher", "do not signal other processes")
    if ended.status < 0:
        return killed(unit, -ended.status)
    if "lines" not in ended.said:
        fact = "the block ends its process before it has run to its end"
        return at(unit, CauseKind.EXIT, fact, "leave out `os._exit` and what replaces the process")
    return _exited(unit, ended) if ended.said.get("exit") else None


def _exited(unit: Unit, ended: Ended) -> tuple[Cause, Unit]:
    fact, said = f"the block exits with status {ended.said['exit']}", _last_words(ended.output)
    if _asks_for_arguments(ended.said) or USAGE.match(said):
        told = fact.replace("the block", "the block needs arguments on its command line: it")
        return at(unit, CauseKind.SURROUNDINGS, told, f"give it what it asks for, {SAY_SO}")
    if (known := asking(said)) is not None:
        return at(unit, *known)
    if ended.said.get("network"):
        told = f"the block needs the network: it asks for another machine, then {fact.removeprefix('the block ')}"
        return at(unit, CauseKind.NETWORK, told, f"give it `network`, {SAY_SO}")
    if sought := ended.said.get("sought"):
        told = f"the block needs files that aren't there: it seeks `{sought}`, then {fact.removeprefix('the block ')}"
        return at(unit, CauseKind.SURROUNDINGS, told, f"{SHOW_THEM}, {SAY_SO}")
    return at(unit, CauseKind.EXIT, fact, "let it end with status 0")


def _asks_for_arguments(said: Mapping[str, Any]) -> bool:
    """Whether what reads the command line has ended the block: what is installed exits with status 2 for that alone."""
    reads = any(path.endswith("/argparse.py") for path, _ in said.get("frames", ()))
    return reads or (said["exit"] == MISUSED and is_of_library(said))


def _last_words(output: str) -> str:
    lines = [line for line in COLOURS.sub("", output).splitlines() if line.strip()]
    return " ".join(" ".join(lines[-LAST:]).split())


def killed(unit: Unit, number: int) -> tuple[Cause, Unit]:
    """Return what the signal of that number says of the block that it ended."""
    name = signal_name(number)
    kind = CauseKind.LIMIT if name in {"SIGXCPU", "SIGXFSZ", "SIGKILL"} else CauseKind.SIGNAL
    return at(unit, kind, f"the block is killed by {name}", f"use less, {SAY_SO}")


def signal_name(number: int) -> str:
    """Return what the signal of that number is called."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"  # those of real time have no names of their own


def _raised(unit: Unit, layout: Layout, raised: Raised, said: Mapping[str, Any] = NOTHING) -> tuple[Cause, Unit]:
    """Return what was raised, and whose line that is; it may come of what was asked for in vain, as was `said`."""
    raised = {**raised, "message": COLOURS.sub("", raised["message"])}
    owner, where = _blamed(unit, layout, raised)
    kind, fact, remedy = _told(raised)
    if said.get("network") and kind is CauseKind.EXCEPTION and may_come_of_nothing(raised):
        fact = f"the block needs the network: it asks for another machine, then {fact}"
        return Cause(CauseKind.NETWORK, where, fact, f"give it `network`, {SAY_SO}"), owner
    if said.get("unset") and kind is CauseKind.EXCEPTION and of_none(raised):
        fact = f"the block needs the environment variable {said['unset']!r}: {fact}"
        return Cause(CauseKind.SURROUNDINGS, where, fact, f"set it in the block, {SAY_SO}"), owner
    if said.get("sought") and kind is CauseKind.EXCEPTION and may_come_of_none(raised):
        fact = f"the block needs files that aren't there: it seeks `{said['sought']}`, then {fact}"
        return Cause(CauseKind.SURROUNDINGS, where, fact, f"{SHOW_THEM}, {SAY_SO}"), owner
    kind, fact, remedy = _by_line(raised, _line(owner, where.line)) or (kind, fact, remedy)
    return Cause(kind, where, fact, remedy), owner


def _by_line(raised: Raised, line: str) -> tuple[CauseKind, str, str] | None:
    """Return what is missing around a program by the words of the line that raised, None where these tell nothing."""
    said = f"{raised['type']}: {' '.join(raised['message'].split())}"
    if raised["type"] in {"IndexError", "ValueError"} and "sys.argv" in line:
        fact = f"the block needs arguments on its command line: {said}"
        return CauseKind.SURROUNDINGS, fact, f"give it what it asks for, {SAY_SO}"
    if raised["type"] == "TypeError" and COUNTED.search(raised["message"]) and DOTS.search(line):
        fact = f"the block needs what `...` stands for in it: {said}"
        return CauseKind.SURROUNDINGS, fact, f"show it whole, {SAY_SO}"
    return None


def _line(unit: Unit, line: int) -> str:
    """Return a line of the Markdown, empty outside of the block."""
    return dict(enumerate(unit.block.text.split("\n"), unit.block.line)).get(line, "")


def _blamed(unit: Unit, layout: Layout, raised: Raised) -> tuple[Unit, Place]:
    frames = [(path, line) for path, line in raised["frames"]]
    if raised["line"] is not None:
        frames.append((raised["file"], raised["line"]))
    origins = [origin for path, line in frames if (origin := layout.origin(path, line))]
    if not origins:
        return unit, place(unit, unit.block.line)
    owner = origins[-1][0]
    mine = [line for found, line in origins if key(found) == key(unit)]
    return owner, place(unit, mine[-1] if mine else unit.block.line)


def _of_import(raised: Raised, message: str, said: str) -> tuple[CauseKind, str, str] | None:
    """Return what an import lacks that is none of what is installed, None where that is not so."""
    if raised["type"] == "ImportError" and message.startswith("attempted relative import"):
        kind, remedy = RELATIVE
        return kind, said, remedy
    if (own := OWN.search(message)) is not None and not is_installed(own["path"]):
        return CauseKind.MISSING_ATTRIBUTE, said, f"show `{own['name']}` in the block of `{own['module']}`"
    name = str(raised.get("name") or "")
    if raised["type"] == "ModuleNotFoundError" and name and "." not in name and not facts.gone(name):
        fact = f"`{name}` is neither installed nor shown in a block"
        remedy = f"declare its distribution in requirements.txt, or show it in a block that starts with `# {name}.py`"
        return CauseKind.UNDECLARED, fact, remedy
    return None


def _told(raised: Raised) -> tuple[CauseKind, str, str]:
    message = " ".join(raised["message"].split())
    said = f"{raised['type']}: {message}" if message else raised["type"]
    if (known := unbrought(raised)) is not None:
        return known
    if (known := _of_import(raised, message, said)) is not None:
        return known
    if raised["type"] in BY_TYPE:
        kind, remedy = BY_TYPE[raised["type"]]
        return kind, said, remedy
    if (known := lacking(raised)) is not None:
        return known
    kind, fact, deed = BY_ERROR.get(raised["errno"], (CauseKind.EXCEPTION, "", "correct the block"))
    if message == "can't start new thread":
        kind, fact, deed = THREADS
    if raised.get("near"):
        return kind, said, f"did you mean `{raised['near']}`?"
    return kind, f"{fact}: {said}" if fact else said, f"{deed}, {SAY_SO}"
