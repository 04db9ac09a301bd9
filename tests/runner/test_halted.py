from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.runner.conftest import Tested
from tests.runner.test_behaviour import APP

from skillcheck import model
from skillcheck.runner import behaviour, halted
from skillcheck.runner.sandbox import Ended, Limits, Sandbox

ENDLESS = """\
import time


def wait():
    time.sleep(60)


class TestIt:
    def test_quick(self): pass
    def test_slow(self):
        wait()
"""


def test_a_test_that_does_not_end_is_named_where_it_stopped(tested: Tested, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(behaviour, "SECONDS", 1.5)
    monkeypatch.setattr(halted, "SECONDS", 1.5)
    run, _ = tested(APP, {"deep/test_it.py": ENDLESS})
    (failure,) = run.failures
    assert (run.error, run.passed, failure.outcome) == ("", 0, model.TestOutcome.ERROR)
    assert failure.name == "deep.test_it.TestIt.test_slow"
    assert (failure.place.path, failure.place.line) == ("around/tests/deep/test_it.py", 5)
    assert failure.message.endswith("test_it.py:5: in it\nit does not end within 1.5 s")


def test_it_is_confirmed_before_it_is_told(tested: Tested, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(behaviour, "SECONDS", 1.5)
    sessions: list[dict[str, object]] = []
    run = Sandbox.run

    def hung_once(self: Sandbox, folder: Path, job: dict[str, object]) -> Ended:
        if "pytest" in str(job) and len(sessions) < 1:
            sessions.append(job)
            (folder / ".skillcheck" / "stack").write_text("Timeout (0:05:00)!\n")
            return Ended(status=1)
        return run(self, folder, job)

    monkeypatch.setattr(Sandbox, "run", hung_once)
    assert tested(APP, {"test_it.py": "def test_it(): pass\n"})[0].passed == 1


def test_a_test_that_ends_the_process_is_named(tested: Tested) -> None:
    text = "import os, signal\n\n\ndef test_it():\n    os.kill(os.getpid(), signal.SIGSEGV)\n"
    (failure,) = tested(APP, {"test_it.py": text})[0].failures
    assert failure.message == "SIGSEGV ends the process"
    assert (failure.name, failure.place.line) == ("test_it.test_it", 4)
    text = "import os\n\n\ndef test_other(): pass\n\n\ndef test_it():\n    os._exit(0)\n"
    (failure,) = tested(APP, {"test_it.py": text})[0].failures
    assert failure.message == "the process ends in it, with status 0"
    assert (failure.name, failure.place.line) == ("test_it.test_it", 7)


def test_a_test_has_its_time_with_setup_and_teardown_and_no_other_has_it(
    tested: Tested, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(behaviour, "SECONDS", 1.5)
    text = "import time\n\n\ndef test_a(): time.sleep(1)\ndef test_b(): time.sleep(1)\n"
    assert tested(APP, {"test_it.py": text})[0].passed == 2


@pytest.mark.parametrize("noted", ["", "{}", "[1]", "7", '["a", "b", "c", "d"]'])
def test_what_a_test_wrote_into_the_note_harms_nothing(tmp_path: Path, noted: str) -> None:
    (tmp_path / ".skillcheck").mkdir()
    (tmp_path / ".skillcheck" / "test").write_text(noted)
    assert halted.halted(tmp_path, Ended()) is None


def test_a_test_without_a_line_has_none(tmp_path: Path) -> None:
    (tmp_path / ".skillcheck").mkdir()
    (tmp_path / ".skillcheck" / "test").write_text(json.dumps(["test_it.py::test_it", "test_it.py", None]))
    case = halted.halted(tmp_path, Ended(status=None))
    assert case is not None
    assert "line" not in case.attrib


def test_time_that_is_up_for_all_of_them_is_no_tests_own(tested: Tested, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(behaviour, "LIMITS", Limits(seconds=1.5, memory=8192, files=4096))
    run, _ = tested(APP, {"test_it.py": "import time\n\n\ndef test_it():\n    time.sleep(60)\n"})
    assert (run.failures, run.error) == ((), "the tests do not end within 1.5 s")
