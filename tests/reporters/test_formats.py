"""What other programs read is what they take: by schema, by their parsers, by their limits."""

from __future__ import annotations

import json
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt
from tests.reporters.test_hostile import hostile, reports

from skillcheck.model import Client, Finding, Place, Report, Severity
from skillcheck.reporters import render

SARIF = json.loads(Path(__file__).with_name("sarif.schema.json").read_text(encoding="utf-8"))
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string"},
            "check_name": {"type": "string"},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "required": ["path", "lines"],
                "properties": {"lines": {"required": ["begin"], "properties": {"begin": {"minimum": 1}}}},
            },
        },
    },
}


def errors(schema: dict[str, Any], document: object) -> list[str]:
    return [error.message for error in Draft202012Validator(schema).iter_errors(document)]


@hostile
@given(reports)
def test_sarif_is_what_its_schema_says(report: Report) -> None:
    text = render(report, "sarif")
    assert text.isascii()
    document = json.loads(text)
    assert errors(SARIF, document) == []
    (run,) = document["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [each.code for each in report.findings]
    prints = [result["partialFingerprints"]["skillcheck/v1"] for result in run["results"]]
    assert len(set(prints)) == len(prints)


def test_sarif_does_not_repeat_a_line_as_long_as_a_file() -> None:
    long = Finding("SK401", "broken-link", Severity.ERROR, Place("a.md", 1), "x", "y", excerpt="x" * 100_000)
    assert len(render(Report(findings=(long,) * 100), "sarif")) < 1_000_000


@pytest.mark.parametrize(
    ("path", "artifact"),
    [
        ("skills/a b/SKILL.md", {"uri": "skills/a%20b/SKILL.md", "uriBaseId": "%SRCROOT%"}),
        ("ä#?%:\ud800", {"uri": "%C3%A4%23%3F%25%3A%3F", "uriBaseId": "%SRCROOT%"}),
        ("/abs/x", {"uri": "file:///abs/x"}),
    ],
)
def test_sarif_paths_are_uris(path: str, artifact: dict[str, str]) -> None:
    report = Report(findings=(Finding("SK1", "n", Severity.NOTE, Place(path), "m", ""),))
    (result,) = json.loads(render(report, "sarif"))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == artifact


@hostile
@given(reports)
def test_gitlab_gets_issues_that_it_can_tell_apart(report: Report) -> None:
    issues = json.loads(render(report, "gitlab"))
    assert errors(GITLAB, issues) == []
    assert len(issues) == len(report.findings) == len({issue["fingerprint"] for issue in issues})


@hostile
@given(reports)
def test_junit_is_xml_whose_counts_are_true(report: Report) -> None:
    root = ET.fromstring(render(report, "junit"))  # noqa: S314 - our own
    for element in (root, *root):
        cases = list(element.iter("testcase"))
        assert int(element.attrib["tests"]) == len(cases) > 0
        for key, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(element.attrib[key]) == sum(case.find(tag) is not None for case in cases)
    blocks = [case for suite in root if suite.attrib["name"].startswith("blocks of ") for case in suite]
    assert len(blocks) == len(report.results)


def test_junit_tells_a_failing_block_once(full: Report) -> None:
    unbound = Finding("SK802", "unbound-name", Severity.ERROR, full.results[2].causes[0].place, "unbound", "")
    text = render(replace(full, findings=(unbound,)), "junit")
    assert "SK802" not in text
    assert text.count("<failure ") == 2  # the block, and the failing test


@hostile
@given(reports)
def test_markdown_is_shown_as_it_is_told(report: Report) -> None:
    text = render(report, "markdown")
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(text)
    inner = [child for token in tokens for child in token.children or ()]
    assert {token.type for token in inner} <= {"text", "strong_open", "strong_close", "html_inline"}
    assert {token.content for token in inner if token.type == "html_inline"} <= {"<br>"}
    assert sum(token.type == "tr_open" for token in tokens) >= len(report.findings)


def test_a_long_report_is_cut_in_markdown(full: Report) -> None:
    text = render(replace(full, findings=full.findings * 100), "markdown")
    assert text.count("SK104") == 67
    assert "\nand 100 findings more\n" in text


def test_statistics_count_by_rule(full: Report) -> None:
    often = (*full.findings, full.findings[1], full.findings[1])
    report = Report(findings=often, verdicts={Client.SPEC: "valid"})
    assert render(report, "statistics").splitlines() == [
        "spec: valid",
        "",
        "     3  SK301  warning  description-without-when",
        "     1  SK104  error    name-mismatch",
        "     1  SK405  note     long-body",
        "",
        "0 skills · 1 error, 3 warnings, 1 note",
    ]


def test_markdown_escapes_are_read_back() -> None:
    finding = Finding("SK1", "n", Severity.NOTE, Place("a|b"), "**x** <b> [l](u) @me `c`", "")
    (row,) = [
        line for line in render(Report(findings=(finding,)), "markdown").splitlines() if line.startswith("| note")
    ]
    assert unescape(row) == "| note | a|b:1:1 | SK1 | **x** <b> [l](u) @me `c` |"
