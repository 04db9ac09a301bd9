from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from skillcheck.runner.inside import importing

Inside = Callable[[str], ModuleType]


@pytest.fixture
def noticing(inside: Inside) -> ModuleType:
    return inside("noticing")


def hook(noticing: ModuleType, tmp_path: Path, seconds: float = 0.0) -> tuple[Callable[[str, object], None], Path]:
    report = tmp_path / "report"
    made: Callable[[str, object], None] = noticing.Hook(
        str(tmp_path), seconds, os.open(report, os.O_WRONLY | os.O_CREAT), "seal"
    )
    return made, report


def test_an_import_is_told_with_its_time(noticing: ModuleType, tmp_path: Path) -> None:
    tell, report = hook(noticing, tmp_path)
    before = time.monotonic()
    tell("import", ())
    tell("open", ())
    (word,) = report.read_bytes().splitlines()[1:]
    assert before <= importing.deadline(before, 0.0, b"\n" + word, b"seal") <= time.monotonic()


def test_it_is_told_only_now_and_then(noticing: ModuleType, tmp_path: Path) -> None:
    tell, report = hook(noticing, tmp_path, seconds=600.0)
    tell("import", ())
    assert report.read_bytes() == b""


def test_what_was_forked_and_what_cannot_be_written_tell_nothing(
    noticing: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell, report = hook(noticing, tmp_path)
    monkeypatch.setattr(os, "getpid", lambda: -1)
    tell("import", ())
    assert report.read_bytes() == b""
    noticing.Hook(str(tmp_path), 0.0, -1, "seal")("import", ())


TELLING = "import sys\nsys.modules['asked'].asked.append(sys.modules['asked'].ask(sys._getframe(0)))\n"


def test_a_module_is_imported_as_long_as_it_is_executed(
    noticing: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking = ModuleType("asked")
    asking.__dict__.update(asked=[], ask=lambda frame: noticing.imports(frame, f"{tmp_path}/own/"))
    monkeypatch.setitem(sys.modules, "asked", asking)
    for folder in ("own", "other"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"asking_{folder}.py").write_text(TELLING)
        monkeypatch.syspath_prepend(str(tmp_path / folder))
        __import__(f"asking_{folder}")
    assert asking.asked == [False, True]
    assert not noticing.imports(None, "/")


def test_that_another_machine_is_wanted_is_told_once(noticing: ModuleType, tmp_path: Path) -> None:
    tell, report = hook(noticing, tmp_path, seconds=600.0)
    for host in (None, "localhost", "example.org", "example.com"):
        tell("socket.getaddrinfo", (host, 80, 0, 0, 0))
    assert report.read_bytes() == b'\nseal{"network": true}\n'


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ((None, ("10.0.0.1", 1)), True),
        ((None, ("127.0.0.1", 1)), False),
        ((None, "/a.sock"), False),
        ((None, b"a"), False),
    ],
)
def test_where_a_socket_is_connected(noticing: ModuleType, given: tuple[object, object], *, expected: bool) -> None:
    assert noticing.is_elsewhere("socket.connect", given) is expected


def test_what_a_program_seeks_in_vain_is_told_once(
    noticing: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell, report = hook(noticing, tmp_path, seconds=600.0)
    given = ("*.csv", False, str(tmp_path), None)
    tell("glob.glob/2", given)  # it is no file below the folder that seeks
    monkeypatch.setattr(noticing.seeking, "is_its_own", lambda *_: True)
    tell("os.walk", (str(tmp_path), True, None, False))
    tell("os.walk", (f"{tmp_path}/data", True, None, False))
    tell("glob.glob/2", given)
    assert report.read_bytes() == b'\nseal{"sought": "data"}\n'


def test_a_variable_that_is_not_set_is_told_once(
    noticing: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os.environ, "encodekey", os.environ.encodekey)
    monkeypatch.setattr(noticing.seeking, "is_wanted", lambda *_: True)
    monkeypatch.delenv("TOKEN", raising=False)
    tell, report = hook(noticing, tmp_path, seconds=600.0)
    tell.watch_variables()  # type: ignore[attr-defined] # it is more than what can be called
    for name in ("PATH", "TOKEN", "OTHER_TOKEN"):
        os.environ.get(name)
    assert report.read_bytes() == b'\nseal{"unset": "TOKEN"}\n'
