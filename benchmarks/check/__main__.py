"""The command: runs `skillcheck check` and its peers over folders of skills, and prints what each cost."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import click

from benchmarks.blocks.measure import adopt_orphans
from benchmarks.blocks.table import aligned
from benchmarks.blocks.workshop import machine
from benchmarks.check.rounds import Setting, compare
from benchmarks.check.starting import starting
from benchmarks.check.told import table
from benchmarks.check.tools import PEERS, Tool, UninstallableError, installed, ours

WORK = Path(__file__).parents[2] / ".work" / "benchmarks"
METHOD = """\
wall s and CPU s: medians of the rounds; CPU is user and system time of all processes that were waited for (wait4).
largest: peak resident memory of the largest process (ru_maxrss). all: peak sum of the proportional set sizes of all
processes, sampled every 20 ms in a call of its own that is not timed. The last four columns are what we cost in shares
of each peer. The work is unequal: each has rules that the others have not. Installing is not timed."""
"""What the columns mean."""


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("folders", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--rounds", type=click.IntRange(1), default=5, show_default=True, help="How often each tool is timed.")
@click.option("--only", multiple=True, type=click.Choice([peer.name for peer in PEERS]), help="With these alone.")
def main(folders: tuple[Path, ...], *, rounds: int, only: tuple[str, ...]) -> None:
    """Compare what checking the skills in FOLDERS costs, with skillcheck and with its peers."""
    adopt_orphans()
    WORK.mkdir(parents=True, exist_ok=True)
    cache = WORK / "answers"
    shutil.rmtree(cache, ignore_errors=True)
    setting = Setting(WORK, cache, rounds, lambda line: click.echo(f"  {line}", err=True))
    tools, absent = _tools(only)
    click.echo(f"{machine()}; {rounds} rounds; load average {os.getloadavg()[0]:.1f} before\n")
    click.echo("\n".join([*aligned(starting(rounds, setting.variables())), ""]))
    for folder in folders:
        count = sum(1 for _ in folder.rglob("SKILL.md"))
        rows = compare(tools, folder.absolute(), setting)
        click.echo(f"{folder.name}: {count:,} skills\n\n{table(rows)}\n")
    click.echo("\n".join([*absent, f"load average {os.getloadavg()[0]:.1f} after", "", METHOD]))


def _tools(only: tuple[str, ...]) -> tuple[list[Tool], list[str]]:
    """Return the tools that could be installed, ours behind them, and a line on each that could not."""
    tools, absent = [], []
    for peer in PEERS:
        if only and peer.name not in only:
            continue
        try:
            tools.append(installed(peer, WORK))
        except UninstallableError as error:
            absent.append(f"not compared: {peer.name} {peer.version} could not be installed: {error}")
    return [*tools, *ours()], absent


if __name__ == "__main__":
    main()
