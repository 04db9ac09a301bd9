"""A report → what a user reads at a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from skillcheck.model import Cell, Environment, Finding, Outcome, Packed, Report, Result, Severity, TestRun
from skillcheck.reporters.counts import plural, summary, tally, verdicts
from skillcheck.reporters.frame import frame
from skillcheck.reporters.reporter import Options, Reporter
from skillcheck.reporters.visible import cut, patchable, visible

SEVERITIES = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}
STYLES = {"bold": "1", "faint": "2", "good": "32", "bad": "31"} | SEVERITIES
HEADER = ("block", "language", "role", "level", "outcome", "time", "covered", "reason")
RIGHT = frozenset({"time", "covered"})
MATRIX = ("python", "releases", "outcome", "blocks", "tests")
LANGUAGE_WIDTH = 12
REASON_WIDTH = 72
OUTPUT_LINES = 12


def render(report: Report, options: Options) -> str:
    """Return verdicts as the first line, then findings, blocks, tests, ZIPs, environments; the summary as the last."""
    sections = (
        [verdicts(report)] if report.verdicts else [],
        [line for finding in report.findings for line in _finding(finding, options)],
        *_tables(report.results, options),
        *(_output(result) for result in report.results if result.outcome is Outcome.FAILED),
        [_tests(run) for run in report.tests],
        [_packed(packed) for packed in report.packed],
        *_matrix(report.cells, options),
        [_environment(skill, environment) for skill, environment in report.environments.items()],
        [f"note: {visible(note)}" for note in report.notes],
        [patchable(line) for diff in report.diffs for line in diff.removesuffix("\n").split("\n")],
        [_paint("bold", summary(report), options)],
    )
    return "\n\n".join("\n".join(section) for section in sections if section) + "\n"


def _finding(finding: Finding, options: Options) -> Iterator[str]:
    place = _paint("bold", visible(str(finding.place)), options)
    severity = _paint(finding.severity, finding.severity.value, options)
    yield f"{place}: {severity}[{visible(finding.code)}] {visible(finding.message)}"
    for line in frame(finding.place, finding.excerpt):
        yield _paint("faint", line, options)
    if finding.fix:
        yield f"    {_paint('faint', 'fix:', options)} {visible(finding.fix)}"


def _tables(results: Sequence[Result], options: Options) -> Iterator[list[str]]:
    for skill in dict.fromkeys(result.skill for result in results):
        found = (result for result in results if result.skill == skill)
        rows = [HEADER, *(_row(result) for result in found)]
        widths = [max(len(row[column]) for row in rows) for column in range(len(HEADER))]
        header, *body = (_aligned(row, widths) for row in rows)
        yield [_paint("bold", visible(skill), options), _paint("faint", header, options), *body]


def _row(result: Result) -> tuple[str, ...]:
    coverage, place = result.coverage, result.block.place
    told = "; ".join(cause.fact for cause in result.causes)
    if not told or result.outcome in {Outcome.ERROR, Outcome.BLOCKED}:
        told = ": ".join(filter(None, (result.reason, told)))
    return (
        visible(f"{place.path}:{place.line}"),
        cut(result.unit.language or result.block.language, LANGUAGE_WIDTH) or "-",
        result.unit.role.value,
        str(result.level),
        result.outcome.value,
        f"{result.duration * 1000:,.0f} ms",
        "-" if coverage is None else f"{coverage.percent:.0f} %",
        cut(told, REASON_WIDTH),
    )


def _output(result: Result) -> list[str]:
    """Return the last lines that a failing block wrote, its traceback among them."""
    written = result.output.splitlines()
    if not written:
        return []
    place = result.block.place
    return [
        f"output of {visible(f'{place.path}:{place.line}')}",
        *(f"  {_line(line)}" for line in written[-OUTPUT_LINES:]),
    ]


def _line(line: str) -> str:
    """Return a line of output with its indentation kept."""
    return f"{' ' * (len(line) - len(line.lstrip(' ')))}{visible(line.strip(' '))}"


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = (
        cell.rjust(width) if name in RIGHT else cell.ljust(width)
        for name, cell, width in zip(HEADER, row, widths, strict=True)
    )
    return f"  {'  '.join(cells)}".rstrip()


def _tests(run: TestRun) -> str:
    place = visible(run.place.path)
    if run.error:
        return f"tests {place}: not run, {visible(run.error)}"
    return (
        f"tests {place}: {run.passed} passed, {len(run.failures)} failed, {run.skipped} skipped in {run.duration:.2f} s"
    )


def _matrix(cells: Sequence[Cell], options: Options) -> Iterator[list[str]]:
    """Yield a table for each skill: how many blocks reach which level with each Python, and how the tests end."""
    for skill in dict.fromkeys(cell.skill for cell in cells):
        own = [cell for cell in cells if cell.skill == skill]
        rows = [MATRIX, *map(_cell, own)]
        widths = [max(len(row[column]) for row in rows) for column in range(len(MATRIX))]
        header, *body = ("  ".join(["", *map(str.ljust, row, widths)]).rstrip() for row in rows)
        painted = [
            _paint("bad" if cell.failed else "good", line, options) for cell, line in zip(own, body, strict=True)
        ]
        yield [_paint("bold", f"{visible(skill)}, proven with", options), _paint("faint", header, options), *painted]


def _cell(cell: Cell) -> tuple[str, ...]:
    outcome = "failed" if cell.failed else "passed"
    if cell.error:
        return visible(cell.python), cell.releases.value, outcome, "not installed", "-"
    passed = sum(run.passed for run in cell.tests)
    failed = sum(len(run.failures) + bool(run.error) for run in cell.tests)
    tests = f"{passed:,} passed, {failed:,} failed" if cell.tests else "-"
    return visible(cell.python), cell.releases.value, outcome, tally(cell.results), tests


def _packed(packed: Packed) -> str:
    size = f"{plural(packed.members, 'file')}, {plural(packed.size, 'byte')}"
    return f"packed {visible(packed.path)}: {size}, sha256 {visible(packed.sha256)}"


def _environment(skill: str, environment: Environment) -> str:
    if environment.error:
        return f"environment {visible(skill)}: not made, {visible(environment.error)}"
    installed = plural(len(environment.lock), "distribution")
    return f"environment {visible(skill)}: python {visible(environment.version)}, {installed}"


def _paint(style: str, text: str, options: Options) -> str:
    return f"\x1b[{STYLES[style]}m{text}\x1b[0m" if options.color else text


REPORTER = Reporter("text", render)
