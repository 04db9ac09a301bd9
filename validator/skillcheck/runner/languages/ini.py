"""INI, parsed by the standard library as leniently as it can."""

from __future__ import annotations

import configparser

from skillcheck.runner.languages import ACCEPTED, Language, Verdict


def parse(text: str) -> Verdict:
    """Return whether configparser reads `text`; what is called `ini` or `conf` is often something else."""
    parser = configparser.RawConfigParser(strict=False, allow_no_value=True)
    try:
        parser.read_string(text)
    except configparser.MissingSectionHeaderError:
        return Verdict(reason="a fragment")
    except configparser.Error:
        return Verdict(reason="not read by its parser")
    return ACCEPTED


LANGUAGE = Language("ini", parse)
