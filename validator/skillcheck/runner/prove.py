"""Programs → results: parsed, resolved, run, covered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from skillcheck.model import (
    Cause,
    CauseKind,
    Coverage,
    Environment,
    Level,
    Mismatch,
    Outcome,
    Program,
    Result,
    Role,
    Trouble,
    Unit,
)
from skillcheck.runner.comparing import failures, mismatches
from skillcheck.runner.layout import Key, Lines, key, merge, place
from skillcheck.runner.memory import Run
from skillcheck.runner.parsing import UNPARSED, parsed
from skillcheck.runner.reads import is_data, whole
from skillcheck.runner.resolution import Static
from skillcheck.runner.running import Options, run_all
from skillcheck.runner.scripts import is_asked, is_tried, spans, try_all

Span = tuple[int, int]
TROUBLES = {
    Trouble.REQUIREMENTS: (
        CauseKind.ENVIRONMENT,
        "the requirements cannot be installed",
        "correct the requirements; only wheels of the index are installed",
    ),
    Trouble.PYTHON: (
        CauseKind.INTERPRETER,
        "the Python that is asked for cannot be used",
        "ask for one that is on this machine, by its version or its path; none is downloaded",
    ),
    Trouble.CACHE: (
        CauseKind.CACHE,
        "the user's cache cannot be written",
        "make it writable, or name another folder in SKILLCHECK_CACHE and UV_CACHE_DIR",
    ),
}
BROKEN = re.compile(r"^SyntaxError: .*\([^()]*\.py, line \d+\)")
"""What is raised where a file that is imported does not parse."""
QUOTED = re.compile(r"`(\w+)`")
PART = re.compile(r"`(?P<parent>[\w.]+)` has no module `(?P<name>\w+)`")
ABSENT = "ModuleNotFoundError: "
NEEDS = "needs environment"
MISSING = frozenset({CauseKind.UNDECLARED, CauseKind.NOT_INSTALLED})
NEEDED = MISSING | {CauseKind.SURROUNDINGS, CauseKind.NETWORK, CauseKind.BLOCKED}
"""Why a block does not run to its end that says nothing against its code."""

TOLD_AS = {
    CauseKind.UNBOUND_NAME: frozenset({CauseKind.UNBOUND_NAME, CauseKind.BLOCKED, CauseKind.SURROUNDINGS}),
    CauseKind.MISSING_MODULE: MISSING | {CauseKind.BLOCKED},
    CauseKind.UNDECLARED: MISSING | {CauseKind.BLOCKED},
    CauseKind.MISSING_ATTRIBUTE: frozenset({CauseKind.MISSING_ATTRIBUTE}),
}
"""As what reading a block tells what it then raises."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The results of a skill's units, and what they rest on.

    `lines` are the Markdown lines executed on the way, `statements` the spans of those that could be, `isolation` what
    the programs were held by.
    """

    results: tuple[Result, ...]
    lines: Mapping[Key, set[int]]
    statements: Mapping[Key, tuple[Span, ...]]
    isolation: tuple[str, ...] = ()


def prove(
    skill: str,
    units: Sequence[Unit],
    programs: Sequence[Program],
    environment: Environment,
    options: Options | None = None,
) -> Proof:
    """Prove each unit as far as its language and its directive let it.

    `programs` are those of the units that are not shown. Without a ready environment, Python stops at `parsed`, with
    the environment's error as the cause.
    """
    options = options or Options()
    python = [program for program in programs if program.unit.language == "python"]
    static, runs = run_all(python, environment, options)
    unmet = {key(program.unit): _unmet(program, runs.get(key(program.unit))) for program in python}
    read = {key(unit): parsed(skill, unit) for unit in units if key(unit) not in static}
    tried = [program for program in programs if _is_fit(read.get(key(program.unit)), options)]
    trials = try_all(tried, environment, options)
    for told in read.values():
        if key(told.unit) not in trials:
            options.progress(told.unit)
    results = []
    for unit in units:
        if key(unit) in static:
            result = _python(skill, unit, static, runs, environment)
            results.append(expecting(result, unmet[key(unit)]))
        else:
            results.append(_tried(read[key(unit)], trials, options))
    lines: Lines = {}
    for run in (*runs.values(), *trials.values()):
        merge(lines, run.lines)
    isolation = next((run.isolation for run in (*runs.values(), *trials.values()) if run.isolation), ())
    results = list(_told_once(_excused(_remarked(result), environment) for result in results))
    statements = {unit: known.statements for unit, known in static.items()}
    statements |= {key(unit): found for unit in units if key(unit) not in static and (found := _spans(unit))}
    return covered(Proof(tuple(results), lines, statements, isolation))


def expecting(result: Result, unmet: tuple[Mismatch, ...]) -> Result:
    """Return `result` with what it expected to print and did not: that counts only where the block itself passed."""
    if result.level < Level.RAN or (result.outcome is not Outcome.PASSED and not result.mismatches):
        return result
    causes = failures(unmet)
    outcome = Outcome.FAILED if causes else Outcome.PASSED
    return replace(result, outcome=outcome, causes=causes, mismatches=unmet)


def _unmet(program: Program, run: Run | None) -> tuple[Mismatch, ...]:
    return () if run is None else mismatches(program, run.printed, run.again, run.output)


def _remarked(result: Result) -> Result:
    """Return the result with what its unit is without, where nothing more is to be said of it."""
    return replace(result, reason=result.reason or result.unit.reason)


def _is_fit(read: Result | None, options: Options) -> bool:
    """Whether what reading a unit gave leaves it to be run."""
    return read is not None and read.level is Level.PARSED and is_tried(read.unit, options)


def _tried(read: Result, trials: Mapping[Key, Run], options: Options) -> Result:
    """Return the result of a unit that was read, and perhaps run: a fragment is blamed only where it is to be run."""
    run = trials.get(key(read.unit))
    if run is None:
        return read
    asked = is_asked(read.unit, options)
    if run.missing:
        level, outcome = (Level.SHOWN, Outcome.SKIPPED) if asked else (read.level, read.outcome)
        return replace(read, level=level, outcome=outcome, reason=run.missing)
    duration = read.duration + run.duration
    if run.excuse and not asked:
        return replace(read, reason=run.excuse, duration=duration, output=run.output)
    return _ran(replace(read, duration=duration, output=run.output), run, trials)


def _told_once(results: Iterable[Result]) -> Iterator[Result]:
    """Yield the results with what several share told at its first place, and later blocks blocked by it.

    That is an undeclared requirement, or a broken file beside SKILL.md. A block that lacks nothing but its environment
    is not decided.
    """
    first: dict[str, Cause] = {}
    for result in results:
        causes = tuple(_repeated(told, first) if _is_shared(told) else told for told in result.causes)
        kinds = {told.kind for told in causes}
        if not kinds or not kinds <= NEEDED or result.outcome is Outcome.BLOCKED:
            yield replace(result, causes=causes)
        else:
            outcome = Outcome.BLOCKED if kinds == {CauseKind.BLOCKED} else Outcome.ERROR
            reason = "" if any(map(BROKEN.search, (told.fact for told in causes))) else NEEDS
            yield replace(result, causes=causes, outcome=outcome, reason=result.reason or reason)


def _is_shared(told: Cause) -> bool:
    return told.kind in MISSING or (told.kind is CauseKind.SYNTAX and BROKEN.search(told.fact) is not None)


def _excused(result: Result, environment: Environment) -> Result:
    """Return the result, with what nobody was to install told as that."""
    if environment.installed:
        return result
    return replace(result, causes=tuple(_not_installed(told, environment) for told in result.causes))


def _not_installed(told: Cause, environment: Environment) -> Cause:
    if told.kind is not CauseKind.UNDECLARED and not told.fact.startswith(ABSENT):
        return told
    remedy = f"install what brings it for {environment.python}, or run without --no-install"
    return Cause(CauseKind.NOT_INSTALLED, told.place, f"{told.fact}, and nothing is to be installed", remedy)


def _repeated(told: Cause, first: dict[str, Cause]) -> Cause:
    known = first.setdefault(told.fact, told)
    if known is told:
        return told
    return Cause(CauseKind.BLOCKED, told.place, f"{told.fact}, as told at {known.place}", known.remedy)


def covered(proof: Proof, more: Mapping[Key, set[int]] | None = None) -> Proof:
    """Return `proof` with its coverage by all lines known, those that tests executed (`more`) included."""
    lines: Lines = {}
    merge(lines, proof.lines)
    merge(lines, more or {})
    results = (_covered(result, proof.statements.get(key(result.unit)), lines) for result in proof.results)
    return replace(proof, results=tuple(results), lines=lines)


def _covered(result: Result, statements: Sequence[Span] | None, lines: Mapping[Key, set[int]]) -> Result:
    seen = lines.get(key(result.unit), set())
    known = seen if result.unit.language != "python" else result.level >= Level.RAN
    if statements is None or not known:
        return result
    hit = {first for first, last in statements if any(line in seen for line in range(first, last + 1))}
    coverage = Coverage(frozenset(hit), frozenset(first for first, _ in statements) - hit)
    if result.level >= Level.RAN:
        return replace(result, coverage=coverage, level=Level.RAN if coverage.missing else Level.COVERED)
    if coverage.missing or result.outcome is Outcome.FAILED:
        return replace(result, coverage=coverage)
    return replace(result, coverage=coverage, level=Level.COVERED, outcome=Outcome.PASSED, reason="")


def _spans(unit: Unit) -> tuple[Span, ...] | None:
    """Return the lines of each statement of a unit that is no Python, None where nothing tells which of them ran.

    All of a file of data is one: what there is to do with it is to read it.
    """
    if "level" in unit.block.directive.options or unit.role is Role.SHOWN:
        return None
    if is_data(unit):
        return ((whole(unit)[0], whole(unit)[-1]),)
    return spans(unit.block.text, unit.block.line) if unit.language == "bash" else None


def _python(
    skill: str, unit: Unit, statics: Mapping[Key, Static], runs: Mapping[Key, Run], environment: Environment
) -> Result:
    static = statics[key(unit)]
    if static.syntax is not None:
        reason = UNPARSED if static.syntax.kind is CauseKind.SYNTAX else ""
        return Result(skill, unit, Level.SHOWN, Outcome.FAILED, (static.syntax,), reason)
    if environment.error:
        causes = (*static.unresolved, _no_environment(unit, environment))
        return Result(skill, unit, Level.PARSED, Outcome.FAILED, causes)
    unresolved = _unresolved(unit, static)
    reached = Level.PARSED if unresolved else Level.RESOLVED
    run = runs.get(key(unit))
    if run is None:
        asked = unit.block.directive.options["level"]
        level = min(reached, Level[asked.upper()])
        outcome = Outcome.FAILED if unresolved and level < Level[asked.upper()] else Outcome.PASSED
        causes = unresolved if outcome is Outcome.FAILED else ()
        return Result(skill, unit, level, outcome, causes, f"level={asked} is asked for")
    result = Result(skill, unit, reached, Outcome.PASSED, unresolved, "", run.duration, None, run.output)
    owner = run.owner or unit
    return _ran(result, run, runs, _unresolved(owner, statics[key(owner)]) if key(owner) in statics else ())


def _unresolved(unit: Unit, static: Static) -> tuple[Cause, ...]:
    """Return what reading the unit shows to be wrong, nothing where it is to raise."""
    return () if "raises" in unit.block.directive.options else static.unresolved


def _no_environment(unit: Unit, environment: Environment) -> Cause:
    """Return the cause that all blocks share where their environment could not be made; it is told once."""
    own = place(unit, unit.block.line)
    if environment.trouble is Trouble.REQUIREMENTS:
        own = next((requirement.place for requirement in environment.requirements), own)
    kind, fact, remedy = TROUBLES[environment.trouble]
    said = " ".join(environment.error.split())
    return Cause(kind, environment.place or own, f"{fact}, so no block is run: {said}", remedy)


def _ran(result: Result, run: Run, runs: Mapping[Key, Run], read: Sequence[Cause] = ()) -> Result:
    """Return the result of a unit that was run; `read` is what reading the unit at fault told of it."""
    if run.cause is None or run.owner is None:
        if result.causes:
            return replace(result, outcome=Outcome.FAILED)
        return replace(result, level=Level.RAN, reason=run.note)
    owner = key(run.owner)
    is_told = _is_told_elsewhere(run.cause, owner, key(result.unit), runs) or any(
        _is_same_in_words(told, run.cause) for told in read
    )
    if owner != key(result.unit) and is_told:
        if result.causes:
            return replace(result, outcome=Outcome.FAILED)
        return replace(result, outcome=Outcome.BLOCKED, causes=(_blocked(result.unit, run),))
    raised = run.cause if owner == key(result.unit) else _of_another(run.cause, run.owner)
    known = any(_is_same(told, run.cause) for told in result.causes)
    causes = result.causes if known else (*result.causes, raised)
    return replace(result, outcome=Outcome.FAILED, causes=causes)


def _of_another(raised: Cause, owner: Unit) -> Cause:
    """Return the cause of a failure that came up in what another unit shows, which does not fail by itself."""
    if raised.kind is not CauseKind.EXCEPTION:
        return raised
    return replace(raised, fact=f"{raised.fact}, raised by what the block at {place(owner, owner.block.line)} shows")


def _is_same(told: Cause, raised: Cause) -> bool:
    """Whether what was raised is told already, as read."""
    return told.place.line == raised.place.line or _is_same_in_words(told, raised)


def _is_same_in_words(told: Cause, raised: Cause) -> bool:
    return any(same(told, raised) for same in (_is_same_name, _is_same_argument, _is_same_attribute, _is_same_module))


def _is_same_module(told: Cause, raised: Cause) -> bool:
    """Whether what was raised is that there is no such module, which its own line tells where an import has several."""
    part = PART.match(told.fact)
    return part is not None and raised.fact.endswith(f"No module named '{part['parent']}.{part['name']}'")


def _is_same_attribute(told: Cause, raised: Cause) -> bool:
    """Whether what was raised is that something lacks the very attribute that is told already."""
    names = QUOTED.findall(told.fact)[-1:] if told.kind is CauseKind.MISSING_ATTRIBUTE else ()
    return any(raised.fact.endswith(f" has no attribute '{name}'") for name in names)


def _is_same_argument(told: Cause, raised: Cause) -> bool:
    """Whether what was raised is that an argument is not taken, or is missing, whose own line tells it."""
    names = QUOTED.findall(told.fact)[1:] if told.kind is raised.kind is CauseKind.EXCEPTION else ()
    return raised.fact.startswith("TypeError: ") and any(f"'{name}'" in raised.fact for name in names)


def _is_same_name(told: Cause, raised: Cause) -> bool:
    """Whether what was raised is but the first use, as it ran, of a name or a module that is told already."""
    same = TOLD_AS.get(raised.kind, frozenset())
    return told.kind in same and told.fact.replace("`", "'").split()[0] in raised.fact.replace("`", "'")


def _is_told_elsewhere(cause: Cause, owner: Key, asking: Key, runs: Mapping[Key, Run]) -> bool:
    """Whether the failure of the unit at fault is told at another one; of units in a circle, the first tells it."""
    if owner not in runs:  # what is not run itself tells nothing, but what does not even parse
        return cause.kind is CauseKind.SYNTAX
    chain = [asking]
    while owner in runs and owner not in chain:
        run = runs[owner]
        if run.cause is None or run.owner is None:
            return len(chain) > 1
        chain.append(owner)
        owner = key(run.owner)
    circle = chain[chain.index(owner) :] if owner in chain else []
    return asking not in circle or asking != min(circle)


def _blocked(unit: Unit, run: Run) -> Cause:
    owner = run.owner or unit
    fact = f"the block needs the one at {place(owner, owner.block.line)}, which fails"
    where = run.cause.place if run.cause else place(unit, unit.block.line)
    return Cause(CauseKind.BLOCKED, where, fact, "correct that one first")
