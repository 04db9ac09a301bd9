"""Standard input → one job done cold, or a warm process that does many."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import perform  # type: ignore[import-not-found] # run as a folder, this one is on sys.path
import watch  # type: ignore[import-not-found]


def main() -> None:
    """Do the job on standard input and report on the descriptor that is the first word; with a second, serve many."""
    report = int(sys.argv[1])
    if len(sys.argv) > 2:  # noqa: PLR2004 - the script's own name, and a descriptor
        import zygote  # type: ignore[import-not-found] # noqa: PLC0415 - a cold program must not find it loaded

        zygote.serve(watch.CALLER, report, json.loads(sys.argv[2]))
        return
    with os.fdopen(watch.CALLER, "rb", closefd=False) as file:
        job: dict[str, Any] = json.loads(file.readline())
    os.set_inheritable(report, False)  # noqa: FBT003 - takes no keywords
    perform.perform(job, report, watch.enter(job, report))


main()
