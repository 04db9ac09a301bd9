"""The command: runs skillcheck and its peers over one generated skill, and prints what each cost and got wrong."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import click

from benchmarks.blocks.corpus import Corpus, corpus
from benchmarks.blocks.measure import adopt_orphans
from benchmarks.blocks.plot import plot
from benchmarks.blocks.rounds import compare, lay_out
from benchmarks.blocks.runners import PEERS, Runner, Setting, ours
from benchmarks.blocks.stages import imports, profile
from benchmarks.blocks.table import table
from benchmarks.blocks.workshop import knows, machine, peers, versions

WORK = Path(__file__).parents[2] / ".work" / "benchmarks"
NAMES = [runner.name for runner in PEERS]
METHOD = """\
wall s and CPU ms/block: medians of the rounds; CPU is user and system time of all processes that were waited for
(wait4), orphans included. largest: peak resident memory of the largest process (ru_maxrss). all: peak sum of the
proportional set sizes of all processes, sampled every 20 ms in a call of its own that is not timed. missed and false:
the worst of all calls. Installing is not timed."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks for."""

    blocks: int
    rounds: int
    only: tuple[str, ...]


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--blocks", type=click.IntRange(1), default=200, show_default=True, help="How many blocks the skill has.")
@click.option("--rounds", type=click.IntRange(1), default=3, show_default=True, help="How often each runner is timed.")
@click.option("-j", "--jobs", type=click.IntRange(1), default=2, show_default=True, help="For runners that take it.")
@click.option("--only", multiple=True, type=click.Choice(NAMES), help="Compare with these peers alone.")
@click.option("--plot", "svg", type=click.Path(path_type=Path, dir_okay=False), help="Write bars to this SVG file.")
@click.option("--profile", "profiled", is_flag=True, help="Show instead where skillcheck's own time goes.")
def main(  # noqa: PLR0913 - one argument an option
    *, blocks: int, rounds: int, jobs: int, only: tuple[str, ...], svg: Path | None, profiled: bool
) -> None:
    """Compare what running the blocks of one generated skill costs, with skillcheck and with its peers."""
    adopt_orphans()
    generated, folder, own = corpus(blocks), WORK / f"{blocks}-blocks", Path(sys.executable)
    setting = Setting(own, own, folder, jobs, WORK / "cache")
    if profiled:
        click.echo(_profiles(generated, replace(setting, folder=folder / "profile")))
        return
    told = _comparison(Asked(blocks, rounds, only), generated, replace(setting, peers=peers(WORK)), svg)
    click.echo(told)


def _profiles(generated: Corpus, setting: Setting) -> str:
    """Return where our time goes without the cache and, where there is one, with every result in it."""
    lay_out(generated, setting.folder)
    calls = [("--no-cache",), ()] if knows(setting.own, "--no-cache") else [()]
    return "\n\n".join([*(profile(setting, *arguments) for arguments in calls), imports(setting)])


def _comparison(asked: Asked, generated: Corpus, setting: Setting, svg: Path | None) -> str:
    runners = _runners(asked.only, setting.own)
    before = os.getloadavg()
    rows = compare(runners, generated, setting, asked.rounds, lambda line: click.echo(f"  {line}", err=True))
    after = os.getloadavg()
    loads = f"load average {before[0]:.1f} before, {after[0]:.1f} after"
    if svg is not None:
        svg.write_text(plot(rows, asked.blocks, f"{machine()}; {loads}"), encoding="utf-8")
    head = (
        f"{asked.blocks:,} blocks, {len(generated.failing)} of them failing; {asked.rounds} rounds; {setting.jobs} jobs"
    )
    return "\n".join([head, f"{machine()}; {loads}", "", table(rows, generated, versions()), "", METHOD])


def _runners(only: tuple[str, ...], own: Path) -> tuple[Runner, ...]:
    chosen = tuple(runner for runner in PEERS if not only or runner.name in only)
    return (*chosen, *ours(cache=knows(own, "--no-cache")))


if __name__ == "__main__":
    main()
