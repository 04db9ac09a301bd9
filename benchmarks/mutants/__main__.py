"""The command: makes mistakes in the blocks of a skill, and says which of them its proof would not notice."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from benchmarks.mutants.baseline import measured
from benchmarks.mutants.blocks import Runner, executing, read
from benchmarks.mutants.equivalents import Equivalents
from benchmarks.mutants.mutate import Mutant, mutants, sample
from benchmarks.mutants.proof import Proof
from benchmarks.mutants.sessions import Sessions
from benchmarks.mutants.suites import noticed
from benchmarks.mutants.table import NOTICED, survivors, table
from benchmarks.mutants.verdict import Fate, Verdict
from skillcheck.verify.requirements import test_requirements

ROOT = Path(__file__).parents[2]
WORK = ROOT / ".work" / "mutants"
KEPT = WORK / "verdicts.jsonl"
DEFAULT = ROOT / "skills" / "quart-patterns"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks for: seconds of tests a mutant, and how much at a time."""

    budget: float
    jobs: int


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("skill", type=click.Path(path_type=Path, exists=True, file_okay=False), default=DEFAULT)
@click.option("--sample", "size", type=click.IntRange(1), help="Try so many mutants, not all.")
@click.option("--seed", type=int, default=1, show_default=True, help="Which of them a sample holds.")
@click.option("--again", is_flag=True, help="Take what was noticed in earlier calls as it was, and try the others.")
@click.option("--only", default="", help="Try those of blocks whose snippet's name has this in it.")
@click.option("--budget", type=float, default=60.0, show_default=True, help="Seconds of tests that a mutant is given.")
@click.option(
    "-j", "--jobs", type=click.IntRange(1), default=2, show_default=True, help="How many are tried at a time."
)
def main(  # noqa: PLR0913 - one argument an option
    *, skill: Path, size: int | None, seed: int, again: bool, only: str, budget: float, jobs: int
) -> None:
    """Make one mistake at a time in the Python blocks of SKILL, and say which its proof would not notice.

    SKILL is the folder of a skill, by default that of quart-patterns.
    """
    os.chdir(ROOT)
    proof = Proof.of(skill)
    made = mutants(proof.proving.units)
    chosen = [mutant for mutant in made if only in mutant.unit.snippet]
    WORK.mkdir(parents=True, exist_ok=True)
    if not again:
        KEPT.unlink(missing_ok=True)
    tried = sample(chosen, size, seed)
    known = {verdict.mutant.key: verdict for verdict in recalled(tried)}
    new = [mutant for mutant in tried if mutant.key not in known]
    verdicts = (*known.values(), *kept(judged(proof, new, Asked(budget, jobs))))
    click.echo(f"{survivors(verdicts)}\n{table(verdicts, len(made))}")


def recalled(tried: Sequence[Mutant]) -> Iterator[Verdict]:
    """Yield what earlier calls noticed. A mutant's key rests on its block; a change elsewhere is not seen by it."""
    lines = KEPT.read_text(encoding="utf-8").splitlines() if KEPT.is_file() else []
    entries = {entry["key"]: entry for entry in map(json.loads, lines) if entry["fate"] in NOTICED}
    for mutant in tried:
        if entry := entries.get(mutant.key):
            yield Verdict(mutant, Fate(entry["fate"]), entry["stage"], entry["by"])


def kept(verdicts: Iterable[Verdict]) -> Iterator[Verdict]:
    """Write each verdict down as it comes, so that what was done is not lost where a run is stopped."""
    with KEPT.open("a", encoding="utf-8") as file:
        for verdict in verdicts:
            entry = {"key": verdict.mutant.key, "fate": verdict.fate, "stage": verdict.stage, "by": verdict.by}
            file.write(f"{json.dumps(entry)}\n")
            file.flush()
            yield verdict


def judged(proof: Proof, tried: Sequence[Mutant], asked: Asked) -> Iterator[Verdict]:
    """Yield a verdict for each mutant: what is cheapest is asked first, and the next only about what is left."""
    left = {mutant.key: mutant for mutant in tried}
    for verdict in stages(proof, left, asked):
        if left.pop(verdict.mutant.key, None):
            yield verdict
    for mutant in left.values():
        yield Verdict(mutant, Fate.SURVIVED)


def stages(proof: Proof, left: dict[str, Mutant], asked: Asked) -> Iterator[Verdict]:
    """Yield what each stage notices of the mutants that are left when it begins."""
    yield from Equivalents.of(proof.proving.skill.name).among(tuple(left.values()))
    with executing(proof) as by:
        say(f"{len(left)} mutants: reading them")
        yield from read(proof, tuple(left.values()), by)
        say(f"{len(left)} left: running their own blocks")
        own = Runner(proof, by, asked.jobs)
        yield from own.run("own block", tuple(left.values()), lambda mutant: [proof.own(mutant)])
    for suite in reversed(proof.proving.suites()):  # the project's own tests are few
        more, _ = test_requirements(suite.folder)
        environment = proof.proving.environment(more, "tests")
        sessions = Sessions(suite.folder, proof.files, environment, asked.jobs)
        baseline = measured(sessions, WORK / "baseline", say)
        say(f"{len(left)} left: {suite.shown}")
        yield from noticed(sessions, baseline, tuple(left.values()), asked.budget, say)
    say(f"{len(left)} left: running the other blocks")
    with executing(proof) as by:
        yield from Runner(proof, by, asked.jobs).run("other block", tuple(left.values()), proof.others)


def say(line: str) -> None:
    """Tell how far it is."""
    click.echo(f"  {line}", err=True)


if __name__ == "__main__":
    main()
