"""Runners and a corpus → what each round gave, taken in turns so that a noisy minute hits all alike."""

from __future__ import annotations

import os
import shutil
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path

from benchmarks.blocks.corpus import Corpus
from benchmarks.blocks.measure import MEBIBYTE, Cost, measure
from benchmarks.blocks.runners import Runner, Setting
from benchmarks.blocks.verdicts import Score, Told, score

DEADLINE = 1800.0
"""Seconds after which a runner is ended, and told of as such."""


@dataclass(frozen=True, slots=True)
class Row:
    """What a runner gave over all rounds.

    Times are medians in seconds and in milliseconds of CPU a block; `spread` is the shortest and the longest wall time.
    `largest` and `tree` are MiB, of the largest process in any round and of all processes together. Verdicts are the
    worst of the rounds.
    """

    runner: Runner
    wall: float
    spread: tuple[float, float]
    cpu: float
    largest: float
    tree: float
    score: Score
    held: str
    remarks: tuple[str, ...] = ()


def compare(
    runners: Sequence[Runner], corpus: Corpus, setting: Setting, rounds: int, say: Callable[[str], None]
) -> list[Row]:
    """Run everything once unmeasured in time but sampled in memory, then `rounds` times in turns; return the rows."""
    for runner in runners:
        lay_out(corpus, setting.folder / runner.name, runner.adapters)
        if runner.warm:
            _call(runner, setting, say, "warm-up")
    sampled = {runner: _call(runner, setting, say, "memory", sampled=True) for runner in runners}
    costs: dict[Runner, list[Cost]] = {runner: [] for runner in runners}
    for turn in range(rounds):
        first = turn % len(runners)
        for runner in (*runners[first:], *runners[:first]):
            costs[runner].append(_call(runner, setting, say, f"round {turn + 1}"))
    return [row(runner, corpus, sampled[runner], costs[runner]) for runner in runners]


def row(runner: Runner, corpus: Corpus, sampled: Cost, costs: Sequence[Cost]) -> Row:
    """Return what `costs`, and the call whose memory was `sampled`, say of a runner."""
    told = [runner.told(cost.output, corpus) for cost in (*costs, sampled)]
    scores = [score(one, corpus) for one in told]
    walls = [cost.wall for cost in costs]
    return Row(
        runner,
        statistics.median(walls),
        (min(walls), max(walls)),
        statistics.median(1000 * cost.cpu / len(corpus.blocks) for cost in costs),
        max(cost.largest for cost in costs) / MEBIBYTE,
        sampled.tree / MEBIBYTE,
        reduce(_worse, scores),
        told[0].held or runner.isolation,
        tuple(_remarks(runner, [*costs, sampled], told, len(corpus.blocks))),
    )


def _worse(one: Score, other: Score) -> Score:
    return Score(min(one.told, other.told), max(one.missed, other.missed), max(one.false, other.false))


def _remarks(runner: Runner, costs: Sequence[Cost], told: Sequence[Told], blocks: int) -> list[str]:
    """Say in what a runner stopped early, hid failures or changed its mind."""
    found = [runner.note] if runner.note else []
    looked_at = min((one.looked_at for one in told if one.looked_at is not None), default=None)
    if looked_at is None:
        found.append("does not say how many blocks it looked at")
    elif looked_at < blocks:
        found.append(f"looked at {looked_at} items where there are {blocks} blocks")
    if any(cost.status is None for cost in costs):
        found.append(f"stopped after {DEADLINE:.0f} s")
    statuses = sorted({cost.status for cost in costs if cost.status is not None} - {0, 1})
    found += [f"ended with status {status}" for status in statuses]
    if unplaced := max(one.unplaced for one in told):
        found.append(f"{unplaced} complaints name no block")
    if len({one.failing for one in told}) > 1:
        found.append("its verdicts differ from round to round")
    return found


def lay_out(corpus: Corpus, folder: Path, adapters: Sequence[tuple[str, str]] = ()) -> None:
    """Write into an emptied `folder` the skill, what a runner needs beside it, and settings that hide those above."""
    shutil.rmtree(folder, ignore_errors=True)
    corpus.write(folder / "skill" / corpus.name)
    for name, text in (("pytest.ini", "[pytest]\n"), ("skillcheck.toml", ""), *adapters):
        (folder / name).write_text(text, encoding="utf-8")


def _call(runner: Runner, setting: Setting, say: Callable[[str], None], what: str, *, sampled: bool = False) -> Cost:
    own = replace(setting, folder=setting.folder / runner.name)
    say(f"{what}: {runner.name}")
    cost = measure(runner.command(own), own.folder, variables(setting), DEADLINE, sampled=sampled)
    (own.folder / "output.txt").write_text(cost.output, encoding="utf-8")
    return cost


def variables(setting: Setting) -> dict[str, str]:
    """Return the environment of every runner: our caches in the work folder, of pytest's plugins only the named.

    All may keep their bytecode, as whatever is installed has it: the peers get theirs when they are installed.
    """
    own = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "SKILLCHECK_CACHE": str(setting.cache), "NO_COLOR": "1"}
    return {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | own
