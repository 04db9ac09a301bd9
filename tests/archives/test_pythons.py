"""The same skill is the same ZIP with every Python of this machine, in any time zone, under any umask."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

import skillcheck
from skillcheck.environments import pythons

SOURCE = Path(skillcheck.__file__).parent.parent
PACK = """
import hashlib, os, sys
os.umask(int(sys.argv[1], 8))
from skillcheck.load import load
from skillcheck.pack import build
sys.stdout.write(" ".join(hashlib.sha256(build(skill)).hexdigest() for skill in load(["skills"]).skills))
"""


def packed(python: str, umask: str, zone: str) -> str:
    paths = (str(SOURCE), sysconfig.get_path("purelib"))
    settled = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(paths), "TZ": zone}
    command = [python, "-B", "-c", PACK, umask]
    done = subprocess.run(command, env=settled, capture_output=True, text=True, check=True)  # noqa: S603 - ours
    return done.stdout


def test_the_same_bytes_everywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    skill = tmp_path / "skills/forms"
    (skill / "scripts").mkdir(parents=True)
    (skill / "SKILL.md").write_text("---\nname: forms\ndescription: Fills. Use when asked.\nmodel: x\n---\n# F\n")
    (skill / "scripts/run.sh").write_text("#!/bin/sh\n")
    (skill / "scripts/run.sh").chmod(0o700)
    places = [(sys.executable, "022", "UTC"), (sys.executable, "077", "Pacific/Auckland")]
    others = [(path, "002", "America/St_Johns") for path, _ in pythons()]
    found = {packed(*place) for place in (*places, *others)}
    assert len(found) == 1
    assert len(found.pop()) == 64
