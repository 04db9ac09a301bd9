"""Generated and recorded bundles, judged by the real client and by us: every difference is printed, and fails.

    python -m tests.client.differential --bundles 2000 --installs 100 --seed 1

Run by `make differential` and CI, not by pytest: it needs the client's package. Only its offline `plugin` subcommands
are used, in an empty home and with a bare environment.
"""

from __future__ import annotations

import sys
import tempfile
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tests.client.differential import compare, loading
from tests.client.differential.case import Case
from tests.client.differential.generate import generated, installable
from tests.client.differential.recorded import recorded
from tests.client.differential.shrink import shrunk
from tests.client.differential.verdict import Difference
from tests.client.real import VERSION, fetch

SHOWN = 20


def main() -> None:
    """Judge as many bundles as were asked for."""
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--bundles", type=int, default=1000, help="how many are validated")
    parser.add_argument("--installs", type=int, default=40, help="how many are installed")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    fetch()
    cases = [*recorded(), *generated(options.bundles, options.seed)]
    entries = list(installable(options.installs, options.seed))
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        differing = list(compare.compare(cases, home))
        _print(differing, home)
    refused = list(loading.compare(entries))
    _print(refused, None)
    kinds = ", ".join(f"{count} {kind}s" for kind, count in Counter(f"{case.kind}" for case in cases).items())
    told = f"Claude Code {VERSION}: {len(cases)} validated ({kinds}), {len(entries)} installed, seed {options.seed}"
    if differing or refused:
        sys.exit(f"{told}: {len(differing) + len(refused)} differ")
    print(f"{told}: all agree")  # noqa: T201 - a program


def _print(differing: Iterable[tuple[Case, Difference]], home: Path | None) -> None:
    """Print one bundle of each kind of difference, as small as it gets."""
    first: dict[object, tuple[Case, Difference]] = {}
    for case, difference in differing:
        first.setdefault(difference.signature, (case, difference))
    for case, difference in list(first.values())[:SHOWN]:
        small = shrunk(case, difference, home) if home else case
        print(f"\n== {small.kind} {small.name}\n{small}")  # noqa: T201
        for who, said in (("the client", difference.theirs), ("skillcheck", difference.ours)):
            for each in said:
                print(f"   {who} alone: {each.level} {each.file} {each.field}: {each.text}")  # noqa: T201


if __name__ == "__main__":
    main()
