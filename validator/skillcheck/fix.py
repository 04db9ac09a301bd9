"""Paths → the same files with what rules can mend mended, in rounds, and the report of what is left."""

from __future__ import annotations

import difflib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from skillcheck.config import Config
from skillcheck.edits import applied, read, write
from skillcheck.lint import Paths, lint
from skillcheck.model import Edit, Finding, Report

LINE = re.compile(r".*\n|.+")
NO_END = "\\ No newline at end of file"
ROUNDS = 100  # of a file with many faults that each hide the next, all but these are left


def fixed(paths: Paths, config: Config, *, unsafe: bool = False) -> Report:
    """Mend the files and return the report of what is left, with a note on what was done."""
    report, count = lint(paths, config), 0
    known: set[tuple[str, str]] = set()  # a fix that undoes another would go on for ever
    for _ in range(ROUNDS):
        mended = [each for each in _mended(report.findings, unsafe=unsafe) if (each[0], each[2]) not in known]
        for path, before, text, done in mended:
            write(path, text)
            known.update([(path, before), (path, text)])
            count += done
        if not mended:
            break
        report = lint(paths, config)
    files = {path for path, _ in known}
    note = f"{_plural(count, 'finding')} fixed in {_plural(len(files), 'file')}" if count else "nothing to fix"
    return replace(report, notes=(*report.notes, note))


def fixable(report: Report, *, unsafe: bool = False) -> Report:
    """Return the report with the differences that fixing would make; nothing is written."""
    return replace(report, diffs=(*report.diffs, *_diffs(report.findings, unsafe=unsafe)))


def hinted(report: Report) -> Report:
    """Return the report with a note on what of it could be fixed, if anything: nothing is that lies in an archive."""
    can = [each for each in report.findings if _is_mended(each, unsafe=True) and Path(each.place.path).is_file()]
    safe = sum(finding.safe for finding in can)
    unsafe = len(can) - safe
    parts = [f"{safe} with --fix"] if safe else []
    parts += [f"{unsafe}{' more' if safe else ''} with --fix --unsafe-fixes"] if unsafe else []
    return replace(report, notes=(*report.notes, f"can be fixed: {', '.join(parts)}")) if parts else report


def _mended(findings: Iterable[Finding], *, unsafe: bool) -> Iterator[tuple[str, str, str, int]]:
    """Yield each file that changes: its path, its text before and after, and the number of fixes."""
    wanted: defaultdict[str, list[Sequence[Edit]]] = defaultdict(list)
    for finding in findings:
        if _is_mended(finding, unsafe=unsafe):
            wanted[finding.place.path].append(finding.edits)
    for path, fixes in wanted.items():
        text = read(path)
        if text is not None:
            after, count = applied(text, fixes)
            if after != text:
                yield path, text, after, count


def _is_mended(finding: Finding, *, unsafe: bool) -> bool:
    """Return whether a finding is mended; through a link, to a file that may be another skill's too, only if safe."""
    return bool(finding.edits) and (finding.safe or (unsafe and not Path(finding.place.path).is_symlink()))


def _diffs(findings: Iterable[Finding], *, unsafe: bool) -> Iterator[str]:
    for path, before, after, _ in _mended(findings, unsafe=unsafe):
        name = _named(path)
        lines = difflib.unified_diff(LINE.findall(before), LINE.findall(after), name, name)
        yield "".join(line if line.endswith("\n") else f"{line}\n{NO_END}\n" for line in lines)


def _named(path: str) -> str:
    """Return a path as `patch` and git read it behind `---`: in quotes or ended by a tab where they need that."""
    if any(character in '"\\' or not character.isprintable() for character in path):
        return json.dumps(path, ensure_ascii=False)
    return f"{path}\t" if " " in path else path


def _plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
