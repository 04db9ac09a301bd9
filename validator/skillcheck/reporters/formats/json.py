"""A report → the machine-readable contract, described by facts/schemas/report.schema.json."""

from __future__ import annotations

import json

from skillcheck.model import Cause, Cell, Coverage, Environment, Finding, Json, Packed, Place, Report, Result, TestRun
from skillcheck.reporters.counts import levels, outcomes, severities
from skillcheck.reporters.reporter import Options, Reporter

VERSION = 1


def render(report: Report, _options: Options) -> str:
    """Return the report as JSON of version 1, in ASCII, its parts in the report's own order."""
    document: dict[str, Json] = {
        "version": VERSION,
        "skills": [*report.skills],
        "findings": [_finding(finding) for finding in report.findings],
        "results": [_result(result) for result in report.results],
        "tests": [_tests(run) for run in report.tests],
        "environments": {skill: _environment(found) for skill, found in report.environments.items()},
        "packed": [_packed(packed) for packed in report.packed],
        "verdicts": {client.value: verdict for client, verdict in report.verdicts.items()},
        "notes": [*report.notes],
        "matrix": [_cell(cell) for cell in report.cells],
        "summary": _summary(report),
    }
    return json.dumps(document, indent=2) + "\n"


def _finding(finding: Finding) -> dict[str, Json]:
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        **_place(finding.place),
        "message": finding.message,
        "fix": finding.fix,
        "endLine": finding.place.end_line,
        "endColumn": finding.place.end_column,
        "clients": [client.value for client in finding.clients],
        "source": finding.source,
        "fingerprint": finding.fingerprint,
        "fixable": _fixable(finding),
    }


def _fixable(finding: Finding) -> str | None:
    return ("safe" if finding.safe else "unsafe") if finding.edits else None


def _result(result: Result) -> dict[str, Json]:
    return {
        "skill": result.skill,
        "path": result.block.place.path,
        "line": result.block.place.line,
        "language": result.unit.language or result.block.language,
        "role": result.unit.role.value,
        "level": str(result.level),
        "outcome": result.outcome.value,
        "cause": "; ".join(cause.fact for cause in result.causes) or None,
        "causes": [_cause(cause) for cause in result.causes],
        "reason": result.reason,
        "duration": round(result.duration, 6),
        "coverage": None if result.coverage is None else _coverage(result.coverage),
    }


def _cause(cause: Cause) -> dict[str, Json]:
    return {"kind": cause.kind.value, **_place(cause.place), "message": cause.fact, "fix": cause.remedy}


def _coverage(coverage: Coverage) -> dict[str, Json]:
    return {"percent": round(coverage.percent, 2), "missing": [*sorted(coverage.missing)]}


def _tests(run: TestRun) -> dict[str, Json]:
    failures: list[Json] = [
        {
            "name": failure.name,
            "outcome": failure.outcome.value,
            "message": failure.message,
            **_place(failure.place),
        }
        for failure in run.failures
    ]
    return {
        "skill": run.skill,
        "path": run.place.path,
        "passed": run.passed,
        "skipped": run.skipped,
        "failures": failures,
        "duration": round(run.duration, 6),
        "error": run.error,
    }


def _environment(environment: Environment) -> dict[str, Json]:
    return {
        "python": environment.version,
        "requirements": [requirement.text for requirement in environment.requirements],
        "lock": [*environment.lock],
        "error": environment.error,
    }


def _cell(cell: Cell) -> dict[str, Json]:
    return {
        "skill": cell.skill,
        "python": cell.python,
        "releases": cell.releases.value,
        "lock": [*cell.lock],
        "levels": {str(level): count for level, count in levels(cell.results).items()},
        "outcomes": {outcome.value: count for outcome, count in outcomes(cell.results).items()},
        "tests": [_tests(run) for run in cell.tests],
        "error": cell.error,
    }


def _packed(packed: Packed) -> dict[str, Json]:
    return {
        "skill": packed.skill,
        "path": packed.path,
        "size": packed.size,
        "sha256": packed.sha256,
        "members": packed.members,
    }


def _summary(report: Report) -> dict[str, Json]:
    return {
        "skills": len(report.skills),
        "findings": {severity.value: count for severity, count in severities(report.findings).items()},
        "blocks": len(report.results),
        "levels": {str(level): count for level, count in levels(report.results).items()},
        "outcomes": {outcome.value: count for outcome, count in outcomes(report.results).items()},
        "tests": {
            "passed": sum(run.passed for run in report.tests),
            "failed": sum(len(run.failures) for run in report.tests),
            "skipped": sum(run.skipped for run in report.tests),
        },
        "failed": report.failed,
    }


def _place(place: Place) -> dict[str, Json]:
    return {"path": place.path, "line": place.line, "column": place.column}


REPORTER = Reporter("json", render)
