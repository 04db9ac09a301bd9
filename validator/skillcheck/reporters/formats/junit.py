"""A report → JUnit XML: a case for each finding, each block and each test that failed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree import ElementTree as ET

from skillcheck.model import Finding, Outcome, Report, Result, Severity, TestRun
from skillcheck.reporters.counts import plural
from skillcheck.reporters.reporter import Options, Reporter
from skillcheck.reporters.visible import visible

FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
TAGS = {Outcome.FAILED: "failure", Outcome.ERROR: "error", Outcome.BLOCKED: "skipped", Outcome.SKIPPED: "skipped"}
SECONDS = ".3f"


def render(report: Report, _options: Options) -> str:
    """Return one suite of findings, one of blocks a skill, and one a test run."""
    suites = [
        _findings(report),
        *(_blocks(skill, report) for skill in dict.fromkeys(result.skill for result in report.results)),
        *(_tests(run) for run in report.tests),
    ]
    counts = _counts(case for suite in suites for case in suite)
    root = ET.Element("testsuites", {"name": "skillcheck", **counts})
    root.extend(suites)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _findings(report: Report) -> ET.Element:
    """Return the findings, but for what the cases of blocks say themselves; without any, a case that passed."""
    causes = {cause.place for result in report.results for cause in result.causes}
    cases = [_finding(finding) for finding in report.findings if finding.place not in causes]
    return _suite("check", cases or [_case("check", "no findings")])


def _finding(finding: Finding) -> ET.Element:
    case = _case(finding.place.path, f"{finding.code} {finding.name} at {finding.place}")
    text = f"{finding.place}: {visible(finding.message)}" + (f"\nfix: {visible(finding.fix)}" if finding.fix else "")
    if finding.severity is Severity.ERROR:
        _told(case, "failure", finding.message, text, finding.code)
    else:
        ET.SubElement(case, "system-out").text = _clean(f"{finding.severity}: {text}")
    return case


def _blocks(skill: str, report: Report) -> ET.Element:
    return _suite(f"blocks of {skill}", [_block(result) for result in report.results if result.skill == skill])


def _block(result: Result) -> ET.Element:
    place = result.block.place
    name = f"{place.path}:{place.line} ({result.unit.language or result.block.language or 'no language'})"
    case = _case(place.path, name, result.duration)
    if tag := TAGS.get(result.outcome):
        causes = "\n".join(f"{cause.place}: {visible(cause.fact)}" for cause in result.causes)
        told = "; ".join(cause.fact for cause in result.causes) or result.reason
        _told(case, tag, told, causes, result.outcome.value)
    return case


def _tests(run: TestRun) -> ET.Element:
    """Return what is known of a run: its failures one by one, what passed and was skipped by their number."""
    path = run.place.path
    cases = []
    for failure in run.failures:
        cases.append(_case(failure.place.path, failure.name))
        _told(cases[-1], "failure", failure.message, f"{failure.place}: {failure.message}", failure.outcome.value)
    if run.error:
        cases.append(_case(path, "the test run"))
        _told(cases[-1], "error", run.error, run.error, "error")
    cases.append(_case(path, f"{plural(run.passed, 'test')} passed, {run.skipped:,} skipped", run.duration))
    return _suite(f"tests of {run.skill}", cases)


def _case(of: str, name: str, seconds: float = 0.0) -> ET.Element:
    return ET.Element("testcase", classname=_line(of), name=_line(name), time=format(seconds, SECONDS))


def _told(case: ET.Element, tag: str, message: str, text: str, kind: str) -> None:
    element = ET.SubElement(case, tag, message=_line(message))
    if tag != "skipped":
        element.set("type", _line(kind))
        element.text = _clean(text)


def _suite(name: str, cases: Iterable[ET.Element]) -> ET.Element:
    suite = ET.Element("testsuite", name=_line(name))
    suite.extend(cases)
    for key, value in _counts(suite).items():
        suite.set(key, value)
    return suite


def _counts(cases: Iterable[ET.Element]) -> dict[str, str]:
    found = list(cases)
    told = {"tests": len(found)}
    for key, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        told[key] = sum(case.find(tag) is not None for case in found)
    seconds = sum(float(case.get("time", "0")) for case in found)
    return {key: str(count) for key, count in told.items()} | {"time": format(seconds, SECONDS)}


def _line(text: str) -> str:
    return _clean(visible(text))


def _clean(text: str) -> str:
    """Return the text without what XML cannot hold."""
    return FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


REPORTER = Reporter("junit", render)
