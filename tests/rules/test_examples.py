"""The examples of every rule are executed: a bad one gives exactly its rule's finding, a good one gives none."""

from __future__ import annotations

from pathlib import Path

import pytest

from skillcheck.load import load
from skillcheck.rules import RULES, Example, Rule, judge, nodes

EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.name}-{number}-{'bad' if example.bad else 'good'}")
    for rule in RULES
    for number, example in enumerate(rule.examples, 1)
]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_example(rule: Rule, example: Example, tmp_path: Path) -> None:
    for path, text in example.files:
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    findings = list(judge(nodes(load([tmp_path]))))
    assert {finding.code for finding in findings} == ({rule.code} if example.bad else set()), findings


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.name) for rule in RULES if rule.examples])
def test_examples_come_in_both_kinds(rule: Rule) -> None:
    assert {example.bad for example in rule.examples} == {True, False}
