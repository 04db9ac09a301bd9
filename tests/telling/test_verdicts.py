from __future__ import annotations

from dataclasses import replace

import pytest

from skillcheck import facts
from skillcheck.model import Client, Finding, Place, Severity
from skillcheck.rules import RULES
from skillcheck.telling import about, fails, levelled, takes, verdicts

CODE, WEB, SPEC, GH, NPX = Client.CLAUDE_CODE, Client.CLAUDE_AI, Client.SPEC, Client.GH, Client.NPX_SKILLS


def finding(name: str, *clients: Client, severity: Severity = Severity.ERROR, demoted: bool = False) -> Finding:
    return Finding("SK999", name, severity, Place("x"), "message", "fix", clients, demoted=demoted)


def test_a_clean_bundle_is_taken_by_all() -> None:
    warned = [finding("w", *Client, severity=Severity.WARNING)]
    assert verdicts(["a"], warned) == {
        CODE: "loads",
        WEB: "upload taken",
        SPEC: "valid",
        GH: "publishable",
        NPX: "found",
    }
    assert list(verdicts(["a"], ())) == [CODE, WEB, SPEC, GH, NPX]


def test_each_client_refuses_in_its_own_words() -> None:
    found = [
        finding("x", WEB, SPEC, GH, NPX),
        finding("x", WEB),
        finding("x", SPEC, severity=Severity.NOTE, demoted=True),
    ]
    assert verdicts(["a"], found) == {
        CODE: "loads",
        WEB: "upload refused (2)",
        SPEC: "invalid (2)",
        GH: "publishing refused (1)",
        NPX: "not found (1)",
    }


def test_what_a_client_refuses_counts_however_mildly_it_is_told() -> None:
    found = [
        finding("claude-code-field", SPEC, WEB, severity=Severity.NOTE),
        finding("nested-skill-file", WEB, severity=Severity.WARNING),
        finding("list-of-grants", SPEC, GH, severity=Severity.WARNING),
    ]
    assert verdicts(["a"], found) == {
        CODE: "loads",
        WEB: "upload refused (2)",
        SPEC: "invalid (1)",
        GH: "publishing refused (1)",
        NPX: "found",
    }


def test_the_facts_on_refusals_name_rules_and_their_clients() -> None:
    known = {(client, rule.name) for rule in RULES for client in rule.clients}
    assert {(client, name) for client, names in facts.refusals().items() for name in names} <= known


@pytest.mark.parametrize(
    ("client", "verdict", "taken"),
    [
        (CODE, "loads", True),
        (CODE, "validator passes, loads", True),
        (CODE, "validator passes, loads but misreads (1)", False),
        (CODE, "validator fails (1), loads", False),
        (WEB, "upload taken", True),
        (WEB, "upload refused (2)", False),
        (SPEC, "finds no skill", False),
    ],
)
def test_a_verdict_is_for_or_against(client: Client, verdict: str, *, taken: bool) -> None:
    assert takes(client, verdict) is taken


def test_without_a_skill_nobody_finds_one() -> None:
    assert verdicts([], [finding("x", WEB)]) == dict.fromkeys(Client, "finds no skill")


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["missing-source"], "validator passes, does not load (1)"),
        (["invalid-json", "missing-source"], "validator fails (1), does not load (2)"),
        (["duplicate-plugin"], "validator fails (1), loads"),
        (["invalid-yaml"], "validator fails (1), loads but misreads (1)"),
        (["misspelt-field", "empty-description"], "validator passes, loads but misreads (2)"),
    ],
)
def test_claude_code_gets_two_verdicts(names: list[str], said: str) -> None:
    assert verdicts(["a"], [finding(name, CODE) for name in names])[CODE] == said


def test_its_validator_finds_nothing_to_fail_on_in_wide_characters() -> None:
    wide = replace(finding("not-utf8", CODE), message="the file is UTF-16, not UTF-8")
    list_there = finding("not-a-mapping", CODE)
    list_elsewhere = replace(list_there, place=Place("y"))
    assert verdicts(["a"], [wide, list_there])[CODE] == "validator passes, loads but misreads (2)"
    assert verdicts(["a"], [wide, list_elsewhere])[CODE] == "validator fails (1), loads but misreads (2)"


@pytest.mark.parametrize(("rest", "failing"), [("", False), (", and what is left of it is no YAML", True)])
def test_its_validator_fails_on_dashes_where_they_leave_no_yaml(rest: str, *, failing: bool) -> None:
    message = f"`---` after `a: x` ends the frontmatter in the middle of the line{rest}"
    assert fails(replace(finding("invalid-yaml", CODE), message=message)) is failing


def test_the_facts_on_claude_code_name_rules_that_it_breaks_on() -> None:
    known = facts.claude_code()
    breaking = {rule.name for rule in RULES if CODE in rule.clients and rule.severity is Severity.ERROR}
    assert {*known.validator_fails, *known.refuses, *known.loads_all_the_same} <= breaking
    assert known.loads_all_the_same.keys() <= known.validator_fails.keys()
    assert not known.loads_all_the_same.keys() & known.refuses.keys()


@pytest.mark.parametrize(
    ("told", "severity", "demoted"),
    [
        (finding("x", GH), Severity.NOTE, True),
        (finding("x", GH, SPEC), Severity.ERROR, False),
        (finding("x"), Severity.ERROR, False),
        (finding("x", SPEC, severity=Severity.WARNING), Severity.WARNING, False),
    ],
)
def test_an_error_for_others_is_a_note(told: Finding, severity: Severity, *, demoted: bool) -> None:
    (left,) = levelled([told], {SPEC})
    assert (left.severity, left.demoted) == (severity, demoted)


def test_lesser_things_of_others_are_not_told() -> None:
    assert not [*levelled([finding("x", GH, severity=Severity.WARNING)], {SPEC})]


def test_what_is_broken_says_what_it_is_about() -> None:
    rule = RULES[0]
    told = about([Finding(rule.code, rule.name, rule.severity, Place("x"), "m", "f"), finding("x")])
    assert [(each.code, each.summary, each.help) for each in told.values()] == [(rule.code, rule.summary, rule.help)]


def test_a_path_that_is_not_there_says_nothing_of_the_skills_that_are() -> None:
    rule = next(rule for rule in RULES if rule.name == "path-not-found")
    missing = Finding(rule.code, rule.name, rule.severity, Place("nowhere"), "message", "fix", rule.clients)
    assert verdicts(["a"], [missing]) == verdicts(["a"], [])


def test_who_takes_it_with_a_warning_hears_a_warning() -> None:
    mild = replace(finding("x", SPEC), severity=Severity.ERROR, warned=(Client.CLAUDE_CODE,))

    def severities(*targets: Client) -> list[Severity]:
        return [told.severity for told in levelled([mild], targets)]

    assert severities(Client.CLAUDE_CODE) == [Severity.WARNING]
    assert severities(SPEC) == severities(SPEC, Client.CLAUDE_CODE) == [Severity.ERROR]
    assert severities(GH) == [Severity.NOTE]
    note = replace(mild, severity=Severity.NOTE)
    assert [*levelled([note], {Client.CLAUDE_CODE})] == [note]
