"""A report and the options of a call → what is written where, and the exit status."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from skillcheck.config import Config
from skillcheck.model import Report
from skillcheck.model.lean import dataclass
from skillcheck.reporters import FORMATS, render
from skillcheck.telling import BadBaselineError, Baseline

CLEAN, FINDINGS = 0, 1
BASELINE = "skillcheck-baseline.json"
SUMMARY = "GITHUB_STEP_SUMMARY"
Keep = Callable[[int, str], None]
F = TypeVar("F", bound=Callable[..., Any])

HOW = (
    click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        default="text",
        show_default=True,
        help="How to report.",
    ),
    click.option("--output", metavar="FILE", type=click.Path(dir_okay=False), help="Write the report to this file."),
)
WHAT = (
    click.option(
        "--select", multiple=True, metavar="CODES", help="Tell these rules alone, by the beginning of their codes."
    ),
    click.option(
        "--ignore", multiple=True, metavar="CODES", help="Leave these rules out, by the beginning of their codes."
    ),
    click.option("--statistics", is_flag=True, help="Count by rule, in place of each finding."),
    click.option("--exit-zero", is_flag=True, help="End with 0 whatever is found."),
    click.option("--baseline", metavar="FILE", type=click.Path(dir_okay=False), help="Leave out what is known there."),
    click.option("--write-baseline", is_flag=True, help=f"Note all findings there [{BASELINE}]."),
)

_PLACES = {
    errno.ENOENT: "make the folder that is to hold it",
    errno.EACCES: "name a place that you may write to",
    errno.EPERM: "name a place that you may write to",
    errno.EROFS: "name a place that can be written to",
    errno.ENOSPC: "make room for it",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call asks of its report."""

    form: str = "text"
    output: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    statistics: bool = False
    exit_zero: bool = False
    baseline: str | None = None
    write_baseline: bool = False

    def asked(self, config: Config) -> Config:
        """Return the configuration with the selection of this call: `--select` in its place, `--ignore` added to it."""
        chosen = replace(config, select=_codes(self.select)) if self.select else config
        return replace(chosen, ignore=(*chosen.ignore, *_codes(self.ignore))) if self.ignore else chosen

    def give(self, report: Report, config: Config, paths: tuple[str, ...], keep: Keep | None = None) -> None:
        """Write the report, and end the process with what it says; `keep` it where it rests on what was read alone."""
        report = self._compared(report, config, paths)
        color = not self.output and _wants_color()
        text = render(report, "statistics" if self.statistics else self.form, color=color)
        if self.output:
            _write(self.output, text)
        else:
            click.echo(text, nl=False, color=True)  # it has colours only if they are wanted
        if self.form == "github" and os.environ.get(SUMMARY):
            _write(os.environ[SUMMARY], render(report, "markdown"), mode="a")
        status = FINDINGS if report.failed and not self.exit_zero else CLEAN
        if keep and not (self.output or self.baseline or self.write_baseline or config.baseline):
            keep(status, text)
        sys.exit(status)

    def _compared(self, report: Report, config: Config, paths: tuple[str, ...]) -> Report:
        named = self.baseline or (str(config.root / config.baseline) if config.baseline else None)
        if named is None and not self.write_baseline:
            return report
        file = Path(named or config.root / BASELINE)
        known = Baseline(config.root) if self.write_baseline and not file.exists() else _read(file, config)
        if self.write_baseline:
            known = known.updated(report, paths)
            _write(str(file), known.text())
        return known.without_known(report, paths)


def answering(*options: Callable[[F], F]) -> Callable[[F], F]:
    """Give a command options of its report; it gets them as `answer`."""

    def decorate(command: F) -> F:
        @wraps(command)
        def gathered(**given: Any) -> None:  # noqa: ANN401 - whatever the command takes besides
            own = {name: given.pop(name) for name in Answer.__dataclass_fields__ if name in given}
            command(**given, answer=Answer(**own))

        made: Any = gathered
        for option in reversed(options):
            made = option(made)
        return cast("F", made)

    return decorate


def _codes(given: tuple[str, ...]) -> tuple[str, ...]:
    """Return the codes of all options of one name; a wrong call where no rule's begins so, for it would be in vain."""
    from skillcheck.rules import RULES  # noqa: PLC0415 - which takes long to import, and is for calls that choose

    codes = tuple(code.strip().upper() for each in given for code in each.split(",") if code.strip())
    for code in codes:
        if not any(rule.code.startswith(code) for rule in RULES):
            message = f"{code!r} is the beginning of no code; codes begin with SK, as `skillcheck rules` lists them"
            raise click.UsageError(message)
    return codes


def _wants_color() -> bool:
    """Whether the report is coloured: on a terminal, unless NO_COLOR is set; everywhere with FORCE_COLOR."""
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def _read(file: Path, config: Config) -> Baseline:
    try:
        return Baseline.read(file, config.root)
    except BadBaselineError as error:
        raise click.UsageError(str(error)) from error


def _write(file: str, text: str, mode: str = "w") -> None:
    try:
        with click.open_file(file, mode, encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(text)
    except OSError as error:
        raise unwritable(error, file) from error


def unwritable(error: OSError, file: str = "") -> click.UsageError:
    """Return what there is to say of a file that cannot be written, and what to do about it."""
    remedy = _PLACES.get(error.errno or 0, "name another place")
    return click.UsageError(f"{file or error.filename} cannot be written: {error.strerror}; {remedy}")
