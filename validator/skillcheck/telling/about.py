"""Findings → what their rules say of themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from skillcheck.model import About, Finding
from skillcheck.rules import Rule, named


def about(findings: Iterable[Finding]) -> Mapping[str, About]:
    """Return what the rules of these findings are about, by code."""
    return {rule.code: _about(rule) for rule in named({finding.code for finding in findings})}


def _about(rule: Rule) -> About:
    return About(rule.code, rule.name, rule.severity, rule.summary, rule.help, rule.source)
