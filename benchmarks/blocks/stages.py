"""A skill → where the wall time of `skillcheck run` goes, stage by stage, timed in its own process."""

from __future__ import annotations

import json
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from benchmarks.blocks.measure import measure
from benchmarks.blocks.rounds import DEADLINE, variables
from benchmarks.blocks.runners import Setting, own_arguments
from benchmarks.blocks.table import aligned

IMPORTED = re.compile(r"(?m)^import time: +(?P<own>\d+) \| +\d+ \| +(?P<module>\S+)$")
ROOT = Path(__file__).parents[2]


def profile(setting: Setting, *arguments: str) -> str:
    """Run `skill/` in the setting's folder twice, the first time to fill caches, and return the second's stages."""
    said = ""
    for _ in range(2):
        said = _profiled(setting, arguments)
    return said


def _profiled(setting: Setting, arguments: tuple[str, ...]) -> str:
    output = setting.folder / "stages.json"
    output.unlink(missing_ok=True)
    begin = time.perf_counter()  # monotonic, and the same clock in the process that is started
    call = [str(setting.own), "-m", "benchmarks.blocks.timed", str(begin), str(output)]
    command = [*call, *own_arguments(setting.jobs), *arguments, "skill"]
    paths = {"PYTHONPATH": str(ROOT)}
    cost = measure(command, setting.folder, {**variables(setting), **paths}, DEADLINE)
    if not output.exists():
        return f"skillcheck ended with status {cost.status}:\n{cost.output}"
    known = json.loads(output.read_text(encoding="utf-8"))
    rest = known["stages"].pop("the rest")
    ending = {"the rest": rest, "exit": [begin + cost.wall - known["ended"], 0.0, 0.0]}
    stages = known["stages"] | ending
    absent = [f"not timed, since it is not there: {where}" for where in known["absent"]]
    call_line = f"skillcheck {' '.join([*own_arguments(setting.jobs), *arguments])}: {cost.wall:.3f} s of wall"
    head = f"{call_line}, {cost.cpu:.3f} s of CPU"
    return "\n".join([head, "", told(stages), *counted(known["calls"]), *absent])


def counted(calls: Mapping[str, list[float]]) -> list[str]:
    """Say of each kind of call how many there were and how long the middle one took."""
    return [
        f"{name}: {len(taken)}, median {1000 * statistics.median(taken or [0.0]):.1f} ms"
        for name, taken in calls.items()
    ]


def imports(setting: Setting, most: int = 10) -> str:
    """Return which packages the import of the command spends most on, each by itself."""
    command = [str(setting.own), "-X", "importtime", "-c", "import skillcheck.cli"]
    spent = by_package(measure(command, setting.folder, variables(setting), DEADLINE).output)
    lines = [("imports, by package", "ms"), *((name, f"{seconds * 1000:.1f}") for name, seconds in spent[:most])]
    return "\n".join(aligned(lines))


def by_package(output: str) -> list[tuple[str, float]]:
    """Return the seconds of each top-level package in what `-X importtime` wrote, the longest first."""
    spent: Counter[str] = Counter()
    for match in IMPORTED.finditer(output):
        name = match["module"].partition(".")[0]
        spent["the standard library" if name in sys.stdlib_module_names else name] += int(match["own"])
    return [(name, micros / 1e6) for name, micros in spent.most_common()]


def told(stages: Mapping[str, list[float]]) -> str:
    """Return a table of stages, each with its seconds of wall, of own CPU and of ended children."""
    whole = sum(wall for wall, _, _ in stages.values()) or 1.0
    lines = [("stage", "wall ms", "share", "own CPU ms", "children's CPU ms, when they end")]
    for name, (wall, own, children) in stages.items():
        cells = f"{1000 * wall:.1f}", f"{wall / whole:.0%}", f"{1000 * own:.1f}", f"{1000 * children:.1f}"
        lines.append((name, *cells))
    return "\n".join(aligned(lines))
