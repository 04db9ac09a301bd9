"""Descriptors → one job done cold, or a warm process that does many."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import perform  # type: ignore[import-not-found] # run as a folder, this one is on sys.path
import watch  # type: ignore[import-not-found]


def main() -> None:
    """Do the job that stands on the first descriptor and report on the second; with a third word, serve many."""
    given, report = int(sys.argv[1]), int(sys.argv[2])
    if len(sys.argv) > 3:  # noqa: PLR2004 - the script's own name, and two descriptors
        import zygote  # type: ignore[import-not-found] # noqa: PLC0415 - a cold program must not find it loaded

        zygote.serve(given, report, json.loads(sys.argv[3]))
        return
    with os.fdopen(given, "rb") as file:
        job: dict[str, Any] = json.load(file)
    os.set_inheritable(report, False)  # noqa: FBT003 - takes no keywords
    perform.perform(job, report, watch.enter(job, report))


main()
