"""Shell, parsed by `bash -n`: nothing is executed."""

from __future__ import annotations

import re

from skillcheck.runner.languages import Language, Verdict
from skillcheck.runner.languages.shells import SECONDS as SECONDS  # noqa: PLC0414 - how long bash may take
from skillcheck.runner.languages.shells import handed_python, said_by

BATS = re.compile(r"^@test ", re.MULTILINE)
OPTIONS = ("--norc", "--noprofile", "-n", "-O", "extglob")


def parse(text: str) -> Verdict:
    """Return what bash says of `text`, then what Python says of what it is handed there."""
    if BATS.search(text):
        return Verdict(reason="a bats test")
    said = said_by("bash", OPTIONS, text)
    return said if said.fact or said.reason else handed_python(text)


LANGUAGE = Language("bash", parse)
