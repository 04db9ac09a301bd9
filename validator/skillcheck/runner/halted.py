"""A session of tests that came to no end of its own → a report like pytest's of the test within which it stopped."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

from skillcheck.runner.causes import signal_name
from skillcheck.runner.sandbox import INSIDE, Ended

PLUGIN = INSIDE / "plugin"
"""Where the plugin of pytest is that notes the test."""
SECONDS = 300.0
"""For how long one test may run, with its setup and teardown."""
_PLACE = re.compile(r'(?m)^ *File "(.*)", line (\d+) in ')


def late(folder: Path) -> bool:
    """Whether a test in the project `folder` did not end in its time."""
    return bool(_read(folder / ".skillcheck" / "stack"))


def halted(folder: Path, ended: Ended) -> ET.Element | None:
    """Return what JUnit's format has for the test that ran when the session ended, None if it ended between two."""
    try:
        name, path, line = json.loads(_read(folder / ".skillcheck" / "test"))
    except (ValueError, TypeError):  # tests may write there what they like
        return None
    module, _, within = f"{name}".partition("::")
    classname = module.removesuffix(".py").replace("/", ".")
    case = ET.Element("testcase", classname=classname, name=within.replace("::", "."), file=f"{path}")
    if isinstance(line, int):
        case.set("line", f"{line}")
    stack = reversed(
        _PLACE.findall(_read(folder / ".skillcheck" / "stack"))
    )  # the innermost comes last in pytest's own
    told = [f"{path}:{number}: in it" for path, number in stack]
    reason = f"it does not end within {SECONDS:g} s" if told else _end(ended)
    ET.SubElement(case, "error").text = "\n".join([*told, reason])
    return case


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _end(ended: Ended) -> str:
    if ended.status is not None and ended.status < 0:
        return f"{signal_name(-ended.status)} ends the process"
    return f"the process ends in it, with status {ended.status}"
