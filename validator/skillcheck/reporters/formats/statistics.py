"""A report → how often each rule was broken."""

from __future__ import annotations

from collections import Counter

from skillcheck.model import Report
from skillcheck.reporters.counts import summary, verdicts
from skillcheck.reporters.reporter import Options, Reporter
from skillcheck.reporters.visible import visible


def render(report: Report, _options: Options) -> str:
    """Return a line a code and level, the most frequent first, between the verdicts and the summary."""
    counted = Counter((finding.code, finding.severity, finding.name) for finding in report.findings)
    ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    rows = [f"{count:>6,}  {visible(code)}  {level:7}  {visible(name)}" for (code, level, name), count in ranked]
    sections = ([verdicts(report)] if report.verdicts else [], rows, [summary(report)])
    return "\n\n".join("\n".join(section) for section in sections if section) + "\n"


REPORTER = Reporter("statistics", render)
