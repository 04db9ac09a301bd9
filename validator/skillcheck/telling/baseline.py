"""A report and what was known before → the report of what is new, and what of the known is gone."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from skillcheck import facts
from skillcheck.model import Finding, Json, Report
from skillcheck.model.lean import dataclass
from skillcheck.telling.ignores import is_static

VERSION = 1
SHOWN = 20
LARGEST = 64 * 1024 * 1024  # bytes: a baseline of 300,000 findings


class BadBaselineError(Exception):
    """The file is no baseline; the message says why, with its place."""


@dataclass(frozen=True, slots=True, order=True)
class Known:
    """A finding that was there before; `path` is below the root of the project."""

    path: str
    code: str
    fingerprint: str
    message: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """The findings that were there before, of the project at `root`."""

    root: Path
    known: tuple[Known, ...] = ()

    @classmethod
    def read(cls, file: Path, root: Path) -> Baseline:
        """Read a file that `text` made; BadBaselineError for any other."""
        try:
            data = json.loads(_text(file))
        except json.JSONDecodeError as error:
            message = f"{file}:{error.lineno}:{error.colno}: the baseline is not JSON: {error.msg}"
            raise BadBaselineError(message) from error
        except (OSError, ValueError, RecursionError) as error:
            reason = getattr(error, "strerror", None) or error
            hint = "; --write-baseline makes one" if isinstance(error, FileNotFoundError) else ""
            message = f"{file}: the baseline cannot be read: {reason}{hint}"
            raise BadBaselineError(message) from error
        return cls(root, tuple(_known(data, file)))

    def without_known(self, report: Report, paths: Sequence[str]) -> Report:
        """Return the report of `paths` without what is known, with a note for each known finding that is gone."""
        known = {each.fingerprint for each in self.known}
        new = tuple(finding for finding in report.findings if finding.fingerprint not in known)
        notes = [_gone(each) for each in self.gone(report, paths)]
        rest = [f"baseline: {len(notes) - SHOWN:,} more are gone"] if len(notes) > SHOWN else []
        return replace(report, findings=new, notes=(*report.notes, *notes[:SHOWN], *rest))

    def gone(self, report: Report, paths: Sequence[str]) -> list[Known]:
        """Return the known findings that the run over `paths` would have found, had they still been there."""
        found = {finding.fingerprint for finding in report.findings}
        return [each for each in self.known if each.fingerprint not in found and self._looked_at(each, report, paths)]

    def updated(self, report: Report, paths: Sequence[str]) -> Baseline:
        """Return what is known after the run: its findings, and what of the known it did not look at."""
        unseen = [each for each in self.known if not self._looked_at(each, report, paths)]
        found = [self._of(finding) for finding in report.findings]
        return Baseline(self.root, tuple(sorted({each.fingerprint: each for each in (*unseen, *found)}.values())))

    def text(self) -> str:
        """Return the file: one finding a line, so that a change of it reads well."""
        lines = [json.dumps(_entry(each)) for each in self.known]
        body = ",\n    ".join(lines)
        findings = f"[\n    {body}\n  ]" if lines else "[]"
        return f'{{\n  "version": {VERSION},\n  "findings": {findings}\n}}\n'

    def _of(self, finding: Finding) -> Known:
        return Known(self._below(finding.place.path), finding.code, finding.fingerprint, finding.message)

    def _below(self, path: str) -> str:
        return Path(os.path.relpath(path, self.root)).as_posix()

    def _looked_at(self, each: Known, report: Report, paths: Sequence[str]) -> bool:
        if not is_static(each.code) and not report.results:
            return False
        roots = [self._below(path) for path in paths]
        return any(root in {".", each.path} or each.path.startswith(f"{root}/") for root in roots)


def _text(file: Path) -> str:
    """Read no more of a file than any baseline holds: a device would never end."""
    with file.open("rb") as opened:
        content = opened.read(LARGEST + 1)
    if len(content) > LARGEST:
        message = f"it holds more than {LARGEST:,} bytes"
        raise ValueError(message)
    return content.decode()


def _known(data: Json, file: Path) -> Iterable[Known]:
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - 0.1 s, which only a call with a baseline pays

    for error in Draft202012Validator(facts.schema("baseline")).iter_errors(data):
        at = "/".join(map(str, error.absolute_path)) or "the file"
        message = f"{file}: the baseline is not one of version {VERSION}: {at}: {error.message[:120]}"
        raise BadBaselineError(message)
    entries: list[dict[str, str]] = data["findings"]  # type: ignore[index, call-overload, assignment] # by the schema
    return (Known(each["path"], each["code"], each["fingerprint"], each["message"]) for each in entries)


def _entry(each: Known) -> dict[str, str]:
    return {"path": each.path, "code": each.code, "fingerprint": each.fingerprint, "message": each.message}


def _gone(each: Known) -> str:
    return f"baseline: {each.code} in {each.path} is gone; take it out with --write-baseline"
