"""Evidence and what a new run gave → the claims that do not hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from skillcheck.evidence.document import DIGITS
from skillcheck.model import Claim, Evidence, Fault, FaultKind, Level, Outcome, Result, Role

REMEDY = "do not trust this evidence; prove and pack the skill again with `skillcheck verify`"


def unmet(
    evidence: Evidence, results: Sequence[Result], names: Mapping[str, str], *, tested: bool = True
) -> Iterator[Fault]:
    """Yield the claims that the results do not reach.

    `names` gives the path inside the skill for the path of each document. Without `tested`, tests that the evidence
    counts did not run, and coverage is not expected of blocks.
    """
    measured = {(names[result.block.document], result.block.index): result for result in results}
    for claim in evidence.claims:
        result = measured.get((claim.document, claim.index))
        if result is None:
            continue  # the block is not there, which the hashes tell already
        if result.level < _expected(claim, result, tested=tested):
            yield _false(claim, result, f"is claimed to be `{claim.level}`, and is `{result.level}` when it runs here")
        elif tested and (short := _uncovered(claim, result)):
            yield _false(claim, result, short)
        elif result.unit.role is not claim.role:
            yield _false(claim, result, f"is claimed to be a `{claim.role.value}`, and is a `{result.unit.role.value}`")


def _expected(claim: Claim, result: Result, *, tested: bool) -> Level:
    if tested:
        return claim.level
    if claim.level is Level.COVERED and claim.role is Role.FILE and result.unit.language != "python":
        return Level.SHOWN if result.outcome is not Outcome.FAILED else Level.PARSED  # the tests alone read or ran it
    return min(claim.level, Level.RAN)


def _uncovered(claim: Claim, result: Result) -> str:
    """Return what is claimed of the coverage and does not hold, empty where it does."""
    percent = 0.0 if result.coverage is None else round(result.coverage.percent, DIGITS)
    if claim.coverage is None or percent >= claim.coverage:
        return ""
    return f"is claimed to be covered by {claim.coverage:g} %, and is by {percent:g} % when it runs here"


def _false(claim: Claim, result: Result, fact: str) -> Fault:
    why = "; ".join(cause.fact for cause in result.causes) or result.reason
    told = f"the block {fact}" + (f": {why}" if why else "")
    return Fault(FaultKind.FALSE_EVIDENCE, result.block.place, f"{told} ({claim.place})", REMEDY)
