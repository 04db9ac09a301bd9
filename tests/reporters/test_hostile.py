from __future__ import annotations

import json
import re
from unicodedata import category

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from skillcheck import facts
from skillcheck.model import (
    Block,
    Cause,
    CauseKind,
    Client,
    Coverage,
    Environment,
    Finding,
    Level,
    Outcome,
    Packed,
    Place,
    Report,
    Requirement,
    Result,
    Role,
    Severity,
    Unit,
)
from skillcheck.model import (
    TestFailure as Failure,
)
from skillcheck.model import (
    TestOutcome as Ending,
)
from skillcheck.model import (
    TestRun as Run,
)
from skillcheck.reporters import render

NASTY = ["\x1b[31m", "\r\n::error::x", "##[error]", "\x00", "\u202e", "\u2028", "\x85", "\ud800", "%0A,:", "\U000e0041"]
texts = st.one_of(st.sampled_from(NASTY), st.text(st.characters(exclude_categories=()), max_size=8)).flatmap(
    lambda text: st.sampled_from([text, f"a{text}b", text * 2])
)
numbers = st.integers(0, 10**9)
lines = st.integers(1, 10**6)
seconds = st.floats(0, 10**6)
places = st.builds(Place, texts, lines, lines)
blocks = st.builds(Block, texts, numbers, texts, texts, texts, lines, lines, places)
units = st.builds(Unit, blocks, st.sampled_from(Role), texts)
causes = st.builds(Cause, st.sampled_from(CauseKind), places, texts, texts)
coverages = st.builds(Coverage, st.frozensets(lines, max_size=3), st.frozensets(lines, max_size=3))
results = st.builds(
    Result,
    skill=texts,
    unit=units,
    level=st.sampled_from(Level),
    outcome=st.sampled_from(Outcome),
    causes=st.lists(causes, max_size=2).map(tuple),
    reason=texts,
    duration=seconds,
    coverage=st.none() | coverages,
)
findings = st.builds(
    Finding,
    texts,
    texts,
    st.sampled_from(Severity),
    places,
    texts,
    texts,
    st.lists(st.sampled_from(Client), max_size=2).map(tuple),
    texts,
    excerpt=texts,
    fingerprint=texts,
)
failures = st.builds(Failure, texts, st.sampled_from(Ending), texts, places)
runs = st.builds(Run, texts, places, numbers, numbers, st.lists(failures, max_size=2).map(tuple), seconds, texts)
requirements = st.lists(st.builds(Requirement, texts, places), max_size=2).map(tuple)
environments = st.builds(Environment, texts, texts, requirements, st.lists(texts, max_size=2).map(tuple), texts)


def some(part: st.SearchStrategy[object], most: int = 3) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(part, max_size=most).map(tuple)


reports = st.builds(
    Report,
    skills=some(texts),
    findings=some(findings, 14),
    results=some(results, 6),
    tests=some(runs),
    environments=st.dictionaries(texts, environments, max_size=2),
    packed=some(st.builds(Packed, texts, texts, numbers, texts, numbers)),
    verdicts=st.dictionaries(st.sampled_from(Client), texts, max_size=2),
    notes=some(texts),
)
hostile = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example]
)
COMMAND = re.compile(r"::(error|warning|notice) file=[^,:]*,line=\d+,col=\d+,title=[^,:]*::[^\r\n]*")
HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


@hostile
@given(reports)
def test_text_never_controls_the_terminal(report: Report) -> None:
    text = render(report, "text")
    assert {character for character in text if category(character) in HIDDEN} <= {"\n"}
    coloured = render(report, "text", color=True)
    assert re.sub("\x1b\\[(?:0|1|2|31|33|36)m", "", coloured) == text


@hostile
@given(reports)
def test_text_tells_each_thing_on_a_line_of_its_own(report: Report) -> None:
    lines = render(report, "text").split("\n")
    fixes = sum(bool(finding.fix) + 2 * bool(finding.excerpt.strip()) for finding in report.findings)
    tables = len({result.skill for result in report.results})
    told = len(report.findings) + fixes + len(report.results) + 2 * tables + len(report.tests) + len(report.packed)
    told += len(report.environments) + bool(report.verdicts) + len(report.notes) + 1
    assert len([line for line in lines if line]) in {told, told - 1}  # a skill's name may be empty


@hostile
@given(reports)
def test_json_is_what_the_schema_says(report: Report) -> None:
    text = render(report, "json")
    assert text.isascii()
    document = json.loads(text)
    assert [*Draft202012Validator(facts.schema("report")).iter_errors(document)] == []
    assert [finding["message"] for finding in document["findings"]] == [finding.message for finding in report.findings]


@hostile
@given(reports)
def test_github_gets_commands_and_one_plain_line(report: Report) -> None:
    *commands, plain = render(report, "github").removesuffix("\n").split("\n")
    assert all(COMMAND.fullmatch(command) for command in commands)
    assert len(commands) == sum(
        min(10, sum(finding.severity is severity for finding in report.findings)) for severity in Severity
    )
    assert plain[0].isdigit()
    assert "##[" not in plain
    assert not re.search(r"[\r\x85\u2028]", plain)


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(facts.schema("report"))
    Draft202012Validator.check_schema(facts.schema("config"))
