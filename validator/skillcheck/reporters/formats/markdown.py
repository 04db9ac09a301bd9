"""A report → Markdown, for a comment or the summary of a GitHub job."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillcheck.model import Finding, Outcome, Packed, Report, Result
from skillcheck.reporters.counts import plural, summary, verdicts
from skillcheck.reporters.reporter import Options, Reporter
from skillcheck.reporters.visible import cut, visible

ROWS = 200  # GitHub takes a summary of one mebibyte
WIDTH = 500
SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~&@$]")
WORDS = {Outcome.FAILED: "failed", Outcome.ERROR: "not decided", Outcome.BLOCKED: "blocked"}


def render(report: Report, _options: Options) -> str:
    """Return the verdicts, a table of findings, one of the blocks that did not pass, and what was counted."""
    sections = (
        ["## skillcheck"],
        [_escaped(verdicts(report))] if report.verdicts else [],
        [*_findings(report.findings)],
        [*_blocks(report.results)],
        [_packed(packed) for packed in report.packed],
        [f"**{_escaped(summary(report))}**"],
    )
    return "\n\n".join("\n".join(section) for section in sections if section) + "\n"


def _findings(findings: tuple[Finding, ...]) -> Iterator[str]:
    if findings:
        yield "| | place | rule | finding |"
        yield "| --- | --- | --- | --- |"
        yield from map(_finding, findings[:ROWS])
        yield from _rest(len(findings), "finding")


def _finding(finding: Finding) -> str:
    fix = f"<br>fix: {_cell(finding.fix)}" if finding.fix else ""
    told = f"{_cell(finding.message)}{fix}"
    return f"| {finding.severity} | {_cell(str(finding.place))} | {_cell(finding.code)} | {told} |"


def _blocks(results: tuple[Result, ...]) -> Iterator[str]:
    unsettled = [result for result in results if result.outcome in WORDS]
    if unsettled:
        yield "| block | outcome | reached | cause |"
        yield "| --- | --- | --- | --- |"
        yield from map(_block, unsettled[:ROWS])
        yield from _rest(len(unsettled), "block")


def _block(result: Result) -> str:
    place = f"{result.block.place.path}:{result.block.place.line}"
    told = "; ".join(cause.fact for cause in result.causes) or result.reason
    return f"| {_cell(place)} | {WORDS[result.outcome]} | {result.level} | {_cell(told)} |"


def _rest(count: int, noun: str) -> Iterator[str]:
    if count > ROWS:
        yield f"\nand {plural(count - ROWS, noun)} more"


def _packed(packed: Packed) -> str:
    size = f"{plural(packed.members, 'file')}, {plural(packed.size, 'byte')}"
    return f"- packed {_cell(packed.path)}: {size}, sha256 {_cell(packed.sha256)}"


def _cell(text: str) -> str:
    return _escaped(cut(text, WIDTH))


def _escaped(text: str) -> str:
    r"""Return text that Markdown shows as it is: no markup, HTML, mention or link comes of it."""
    return SPECIAL.sub(lambda found: f"&#{ord(found[0])};", visible(text))


REPORTER = Reporter("markdown", render)
