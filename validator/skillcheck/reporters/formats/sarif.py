"""A report → SARIF 2.1.0, which GitHub's code scanning and other viewers read."""

from __future__ import annotations

import json
from urllib.parse import quote

from skillcheck.model import About, Finding, Json, Place, Report, Severity
from skillcheck.reporters.identity import identified
from skillcheck.reporters.reporter import Options, Reporter
from skillcheck.reporters.visible import visible

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
LONGEST = 1000  # characters of a line that is shown: each finding repeats it, and it may be as long as a file
PATH = "/~!$&'()*+,;=@"  # what a path of a URI may hold as it is; a colon in its first part would make a scheme
Object = dict[str, Json]


def render(report: Report, _options: Options) -> str:
    """Return one run with the rules that were broken and their help."""
    from importlib.metadata import version  # noqa: PLC0415 - slow to import, and every call loads all reporters

    rules = _rules(report)
    driver: Object = {
        "name": "skillcheck",
        "version": version("claude-skillcheck"),
        "rules": [_rule(about) for about in rules.values()],
    }
    indices = {code: index for index, code in enumerate(rules)}
    run: Object = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True}],
        "results": [_result(finding, own, indices[finding.code]) for own, finding in identified(report.findings)],
        "properties": {"verdicts": {client.value: verdict for client, verdict in report.verdicts.items()}},
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rules(report: Report) -> dict[str, About]:
    """Return what the broken rules are about, in the order of their codes; of an unknown one, what its finding says."""
    told = {finding.code: About(finding.code, finding.name, finding.severity, "", "") for finding in report.findings}
    return {code: report.about.get(code, told[code]) for code in sorted(told)}


def _rule(about: About) -> Object:
    summary = about.summary or about.name
    rule: Object = {
        "id": about.code,
        "name": about.name,
        "shortDescription": {"text": summary},
        "help": {"text": about.help or summary, "markdown": about.help or summary},
        "defaultConfiguration": {"level": LEVELS[about.severity]},
    }
    return rule | ({"helpUri": about.source} if about.source.startswith("https://") else {})


def _result(finding: Finding, own: str, index: int) -> Object:
    place, message = finding.place, visible(finding.message)
    text = f"{message}\nfix: {visible(finding.fix)}" if finding.fix else message
    return {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [
            {"physicalLocation": {"artifactLocation": _artifact(place), "region": _region(place, finding.excerpt)}}
        ],
        "partialFingerprints": {"skillcheck/v1": own},
        "properties": {"clients": [client.value for client in finding.clients], "source": finding.source},
    }


def _artifact(place: Place) -> Object:
    """Return where the file is: relative to the root of the sources, unless its path is absolute."""
    path = quote(place.path, safe=PATH, errors="replace")
    return {"uri": f"file://{path}"} if path.startswith("/") else {"uri": path, "uriBaseId": "%SRCROOT%"}


def _region(place: Place, excerpt: str) -> Object:
    region: Object = {"startLine": place.line, "startColumn": place.column}
    if place.end_line is not None and place.end_column is not None:
        region |= {"endLine": place.end_line, "endColumn": place.end_column}
    elif excerpt and len(excerpt) <= LONGEST:
        region["snippet"] = {"text": excerpt}
    return region


REPORTER = Reporter("sarif", render)
