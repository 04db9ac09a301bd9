"""The command: makes mistakes in the blocks of a skill, and says which of them its proof would not notice."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
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
from benchmarks.mutants.table import survivors, table
from benchmarks.mutants.verdict import Fate, Verdict
from skillcheck.verify.requirements import test_requirements

ROOT = Path(__file__).parents[2]
WORK = ROOT / ".work" / "mutants"
LAST = WORK / "survivors.json"
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
@click.option("--again", is_flag=True, help="Try those that survived the last time.")
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
    if again:
        last = set(json.loads(LAST.read_text(encoding="utf-8")))
        chosen = [mutant for mutant in chosen if mutant.key in last]
    tried = sample(chosen, size, seed)
    verdicts = tuple(judged(proof, tried, Asked(budget, jobs)))
    left = [verdict.mutant.key for verdict in verdicts if verdict.fate is Fate.SURVIVED]
    WORK.mkdir(parents=True, exist_ok=True)
    LAST.write_text(json.dumps(left), encoding="utf-8")
    click.echo(f"{survivors(verdicts)}\n{table(verdicts, len(made))}")


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
    for suite in proof.proving.suites():
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
