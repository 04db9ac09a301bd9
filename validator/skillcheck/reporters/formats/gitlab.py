"""A report → GitLab's code quality report, which merge requests show."""

from __future__ import annotations

import json

from skillcheck.model import Finding, Json, Report, Severity
from skillcheck.reporters.identity import identified
from skillcheck.reporters.reporter import Options, Reporter
from skillcheck.reporters.visible import visible

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def render(report: Report, _options: Options) -> str:
    """Return one issue for each finding, in the report's own order."""
    return json.dumps([_issue(finding, own) for own, finding in identified(report.findings)], indent=2) + "\n"


def _issue(finding: Finding, own: str) -> dict[str, Json]:
    fix = f"; {visible(finding.fix)}" if finding.fix else ""
    return {
        "description": f"{visible(finding.message)}{fix}",
        "check_name": f"{finding.code} {finding.name}",
        "fingerprint": own,
        "severity": SEVERITIES[finding.severity],
        "location": {"path": finding.place.path.removeprefix("./"), "lines": {"begin": finding.place.line}},
    }


REPORTER = Reporter("gitlab", render)
