"""Texts that an editor holds → the findings of each file, as `skillcheck check` gives them once all is saved."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from skillcheck.config import find
from skillcheck.lint import lint
from skillcheck.load import unsaved
from skillcheck.model import About, Finding


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found: the findings by the absolute path of their file, and what their rules are about, by code."""

    findings: Mapping[Path, tuple[Finding, ...]]
    about: Mapping[str, About]


def checked(subject: Path, texts: Mapping[str, str]) -> Checked:
    """Check a subject with these texts, by the absolute paths of their files, in the place of what is on disk."""
    held = {path: text.encode("utf-8", "surrogatepass") for path, text in texts.items()}
    with unsaved(held):
        report = lint([subject], find(subject))
    found: defaultdict[Path, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        found[Path(os.path.abspath(finding.place.path))].append(finding)  # noqa: PTH100 - as the editor names it
    return Checked({path: tuple(findings) for path, findings in found.items()}, report.about)
