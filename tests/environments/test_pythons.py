from __future__ import annotations

import json
import platform
import sys
from pathlib import Path

import pytest

from skillcheck.environments import absent, pythons
from skillcheck.environments.installer import UvError, known_pythons
from skillcheck.model import Trouble

room = sys.modules[pythons.__module__]


def found(
    version: str, path: str | None, implementation: str = "cpython", variant: str = "default"
) -> dict[str, str | None]:
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
        found("3.13.9", None),
        found("3.15.2", None),
        found("3.14.1", None),
        found("3.16.0a2", None),
        found("3.10.9", None),
    ]
    monkeypatch.setattr(room, "known_pythons", lambda: json.dumps(listed))
    monkeypatch.setattr(sys, "version_info", (3, 11, 1))
    for name in ("3.11.7", "3.8.18", "3.12.1", "mine"):
        (pyenv / "versions" / name / "bin").mkdir(parents=True)
        (pyenv / "versions" / name / "bin" / "python").touch()
    (pyenv / "versions" / "3.13.5").mkdir()
    assert pythons() == (
        (str(pyenv / "versions/3.11.7/bin/python"), "3.11.7"),
        (str(pyenv / "versions/3.12.1/bin/python"), "3.12.1"),
        ("/a/3.13", "3.13.0"),
    )
    assert absent() == ("3.14", "3.15")


@pytest.mark.usefixtures("pyenv")
def test_where_uv_says_nothing_this_one_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses() -> str:
        said = "no such option"
        raise UvError(said, Trouble.PYTHON)

    monkeypatch.setattr(room, "known_pythons", refuses)
    assert (pythons(), absent()) == (((sys.executable, platform.python_version()),), ())
    monkeypatch.setattr(platform, "python_version", lambda: "3.15.0rc1")
    assert pythons() == ()


def test_uv_lists_what_is_here_and_what_is_not() -> None:
    """Were it called so that it says nothing, only those of pyenv would be known."""
    paths = [one["path"] for one in json.loads(known_pythons())]
    assert any(paths)
    assert not all(paths)


def test_this_machine_has_one() -> None:
    assert sys.version_info[:2] in {tuple(map(int, version.split(".")[:2])) for _, version in pythons()}
