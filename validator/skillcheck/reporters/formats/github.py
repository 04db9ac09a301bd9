"""A report → annotations on the lines of a pull request, as GitHub's workflow commands."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Finding, Report, Severity
from skillcheck.reporters.counts import plural, summary
from skillcheck.reporters.reporter import Options, Reporter
from skillcheck.reporters.visible import visible

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
SHOWN = 10  # of each kind and step: GitHub drops what comes after
DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
PROPERTY = DATA | str.maketrans({":": "%3A", ",": "%2C"})


def render(report: Report, _options: Options) -> str:
    """Return at most ten annotations of each severity and one plain line that counts everything."""
    commands = [command for severity in Severity for command in _commands(report, severity)]
    untold = len(report.findings) - len(commands)
    rest = f" · {plural(untold, 'finding')} beyond what GitHub annotates" if untold else ""
    return "\n".join([*commands, _plain(summary(report) + rest)]) + "\n"


def _commands(report: Report, severity: Severity) -> Iterator[str]:
    found = [finding for finding in report.findings if finding.severity is severity]
    yield from map(_command, found[:SHOWN])


def _command(finding: Finding) -> str:
    place = finding.place
    properties = {
        "file": visible(place.path),
        "line": str(place.line),
        "col": str(place.column),
        "title": f"{visible(finding.code)} {visible(finding.name)}",
    }
    told = ",".join(f"{key}={value.translate(PROPERTY)}" for key, value in properties.items())
    message = visible(finding.message) + (f"\nfix: {visible(finding.fix)}" if finding.fix else "")
    return f"::{COMMANDS[finding.severity]} {told}::{message.translate(DATA)}"


def _plain(line: str) -> str:
    """Break the older form of a command, which the runner obeys wherever it stands in a line."""
    return line.replace("##[", "## [")


REPORTER = Reporter("github", render)
