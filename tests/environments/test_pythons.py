from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from skillcheck.environments import pythons
from skillcheck.environments.installer import UvError
from skillcheck.model import Trouble

room = sys.modules[pythons.__module__]


def found(version: str, path: str, implementation: str = "cpython", variant: str = "default") -> dict[str, str]:
    return {"version": version, "path": path, "implementation": implementation, "variant": variant}


@pytest.fixture
def pyenv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make an empty pyenv, the only one."""
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    return tmp_path


def test_the_newest_of_each_minor_version_is_taken(pyenv: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = [
        found("3.13.0", "/a/3.13"),
        found("3.11.2", "/usr/bin/python3"),
        found("3.10.9", "/a/3.10"),
        found("3.12.0", "/a/pypy", implementation="pypy"),
        found("3.13.9", "/a/3.13t", variant="freethreaded"),
        found("3.14.0rc1", "/a/3.14"),
    ]
    monkeypatch.setattr(room, "uv", lambda *_: json.dumps(listed))
    for name in ("3.11.7", "3.8.18", "3.12.1", "mine"):
        (pyenv / "versions" / name / "bin").mkdir(parents=True)
        (pyenv / "versions" / name / "bin" / "python").touch()
    (pyenv / "versions" / "3.13.5").mkdir()
    assert pythons() == (
        (str(pyenv / "versions/3.11.7/bin/python"), "3.11.7"),
        (str(pyenv / "versions/3.12.1/bin/python"), "3.12.1"),
        ("/a/3.13", "3.13.0"),
    )


def test_where_uv_says_nothing_nothing_is_known(pyenv: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_: str) -> str:
        said = "no such option"
        raise UvError(said, Trouble.PYTHON)

    monkeypatch.setattr(room, "uv", refuses)
    assert (pythons(), list(pyenv.iterdir())) == ((), [])


def test_this_machine_has_one() -> None:
    assert sys.version_info[:2] in {tuple(map(int, version.split(".")[:2])) for _, version in pythons()}
