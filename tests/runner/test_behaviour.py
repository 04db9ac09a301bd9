from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from tests.runner.conftest import Read, Tested

from skillcheck import model
from skillcheck.model import Environment, Place
from skillcheck.runner import Cache, Suite, behaviour, is_test, run_suite
from skillcheck.runner.layout import key
from skillcheck.runner.sandbox import Ended, Limits, Sandbox

APP = "```python\n# src/app/sums.py\ndef add(a, b):\n    return a + b\n\n\ndef sub(a, b):\n    return a - b\n```\n\n"
OWN_TESTS = (
    "```python\n# tests/test_sums.py\nfrom app.sums import add\n\n\ndef test_add():\n    assert add(1, 1) == {}\n```\n"
)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("test_app.py", True),
        ("tests/test_app.py", True),
        ("app_test.py", True),
        ("conftest.py", False),
        ("tests/app.py", False),
        ("test_app.md", False),
        ("test_folder/app.py", False),
    ],
)
def test_pytests_own_pattern_makes_a_test(path: str, *, expected: bool) -> None:
    assert is_test(path) is expected


def test_tests_among_the_blocks_run(tested: Tested, read: Read) -> None:
    run, lines = tested(APP + OWN_TESTS.format("2"))
    assert (run.passed, run.skipped, run.failures, run.error) == (1, 0, (), "")
    assert run.duration > 0
    sums, tests = (key(unit) for unit in read(APP + OWN_TESTS.format("2")))
    assert lines[sums] == {7, 8, 11}
    assert lines[tests] == {17, 20, 21}


def test_a_failing_test_among_the_blocks_is_told_at_its_line(tested: Tested) -> None:
    run, _ = tested(APP + OWN_TESTS.format("3"))
    (failure,) = run.failures
    assert (run.passed, failure.outcome) == (0, model.TestOutcome.FAILED)
    assert failure.name == "tests.test_sums.test_add"
    assert failure.place == Place("demo/SKILL.md", 21)
    assert "assert 2 == 3" in failure.message
    assert "/tmp" not in failure.message  # noqa: S108 - no private path is told


def test_tests_beside_the_skill_run_whatever_stands_above_them(tested: Tested, tmp_path: Path) -> None:
    (tmp_path / "around").mkdir()
    for name in ("pyproject.toml", "pytest.ini", "conftest.py"):
        (tmp_path / "around" / name).write_text("[pytest]\naddopts = --unknown-option\n")
    tests = {
        "conftest.py": "import pytest\n\n\n@pytest.fixture\ndef two():\n    return 2\n",
        "deep/test_add.py": "from app.sums import add\n\n\ndef test_add(two):\n    assert add(1, 1) == two\n\n\n"
        "def test_wrong():\n    assert add(1, 1) == 3\n",
    }
    run, _ = tested(APP, tests)
    assert (run.passed, run.error) == (1, "")
    assert [(failure.name, failure.place) for failure in run.failures] == [
        ("deep.test_add.test_wrong", Place("around/tests/deep/test_add.py", 9))
    ]


def test_the_suites_own_settings_hold(tested: Tested) -> None:
    settings = '[tool.pytest.ini_options]\npython_functions = "check_*"\n'
    text = "def check_it():\n    pass\n\n\ndef test_it():\n    assert 0\n"
    run, _ = tested(APP, {"pyproject.toml": settings, "test_it.py": text})
    assert (run.passed, run.failures, run.error) == (1, (), "")


@pytest.mark.parametrize("name", ["pytest.ini", "pyproject.toml", "tox.ini", "setup.cfg"])
def test_settings_stand_where_pytest_looks_for_them(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("")
    arguments = list(behaviour._pytest(Suite("tests", tmp_path), (), Path("/elsewhere")))
    assert arguments[arguments.index("-c") + 1] == str(tmp_path / name)
    assert arguments[-1] == str(tmp_path)


def test_tests_find_the_project(tested: Tested) -> None:
    text = "import os, pathlib\n\n\ndef test_it():\n    project = pathlib.Path(os.environ['SKILLCHECK_PROJECT'])\n"
    text += "    assert project == pathlib.Path.cwd()\n    assert (project / 'src/app/sums.py').is_file()\n"
    assert tested(APP, {"test_it.py": text})[0].passed == 1


def test_each_way_to_end_is_counted(tested: Tested) -> None:
    text = """\
import pytest

@pytest.fixture
def broken():
    raise RuntimeError("no")

@pytest.fixture
def breaking():
    yield
    raise RuntimeError("late")

def test_passes(): pass
def test_fails(): assert 0
def test_errs(broken): pass
def test_fails_and_errs(breaking): assert 0
@pytest.mark.skip
def test_skipped(): pass
@pytest.mark.xfail
def test_known(): assert 0
"""
    run, _ = tested(APP, {"test_it.py": text})
    assert (run.passed, run.skipped) == (1, 2)
    assert [(failure.name, failure.outcome.value) for failure in run.failures] == [
        ("test_it.test_fails", "failed"),
        ("test_it.test_errs", "error"),
        ("test_it.test_fails_and_errs", "failed"),
        ("test_it.test_fails_and_errs", "error"),
    ]


def test_a_suite_that_cannot_be_collected_is_an_error_of_it(tested: Tested) -> None:
    run, _ = tested(APP, {"test_it.py": "import nowhere_at_all\n"})
    (failure,) = run.failures
    assert (run.passed, failure.outcome) == (0, model.TestOutcome.ERROR)
    assert failure.place.path.startswith("around/tests")
    assert "No module named 'nowhere_at_all'" in failure.message


def test_no_test_is_no_pass(tested: Tested) -> None:
    assert tested(APP, {"test_it.py": ""})[0].error == "pytest collected no test"


def test_a_session_that_cannot_begin_is_told(tested: Tested) -> None:
    run, lines = tested(APP, {"conftest.py": "raise SystemExit(3)\n", "test_it.py": "def test_it(): pass\n"})
    assert run.error.startswith("pytest could not run: ")
    assert lines == {}
    run, _ = tested(APP, {"test_it.py": ""}, Environment("/bin/false"))
    assert run.error.startswith("pytest could not run: ")


def test_tests_that_do_not_end_are_told(tested: Tested, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(behaviour, "LIMITS", Limits(seconds=1.5, memory=8192, files=4096))
    run, _ = tested(APP, {"test_it.py": "import time\n\n\ndef test_it():\n    time.sleep(60)\n"})
    assert run.error == "the tests do not end within 1.5 s"


def test_greenlets_are_followed_where_there_are_any(tested: Tested, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def run(_: Sandbox, folder: Path, __: object) -> Ended:
        seen.append((folder / ".skillcheck" / "coveragerc").read_text())
        return Ended()

    monkeypatch.setattr(Sandbox, "run", run)
    for lock in ((), ("greenlet==3",)):
        tested(APP, {}, Environment("python", lock=lock))
    assert "\nconcurrency = thread\n" in seen[0]
    assert "\nconcurrency = thread,greenlet\n" in seen[-1]


def test_what_its_children_execute_is_followed(tested: Tested, read: Read) -> None:
    text = "import subprocess, sys\n\n\ndef test_it():\n"
    text += "    subprocess.run([sys.executable, '-c', 'from app.sums import sub; sub(1, 1)'], check=True)\n"
    run, lines = tested(APP, {"test_it.py": text})
    assert run.passed == 1
    assert lines[key(read(APP)[0])] == {7, 11, 12}


def test_modules_that_tests_write_and_delete_hide_no_lines(tested: Tested, read: Read) -> None:
    text = "import pathlib, app.sums\n\n\ndef test_it():\n    made = pathlib.Path('made.py')\n"
    text += "    made.write_text('x = 1')\n    import made as module\n    made.unlink()\n"
    run, lines = tested(APP, {"test_it.py": f"{text}    assert app.sums.add(1, 1) + module.x == 3\n"})
    assert (run.passed, run.failures) == (1, ())
    assert 8 in lines[key(read(APP)[0])]


def test_a_place_that_no_file_has_is_the_suites() -> None:
    case = ET.Element("testcase", {"name": "x"})
    assert behaviour._place(case, "", Suite("demo/SKILL.md"), Path("/"), {}) == Place("demo/SKILL.md")
    assert behaviour._place(case, "", Suite("tests", Path("/t")), Path("/"), {}) == Place("tests")


def test_a_session_that_passed_is_not_run_again(
    read: Read, equipped: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [unit for unit in read(APP + OWN_TESTS.format("2")) if unit.path]
    cache = Cache(tmp_path / "cache")
    suite = Suite("demo/SKILL.md")
    first = run_suite("demo", suite, files, equipped, cache=cache)
    assert (first[0].passed, cache.info().entries) == (1, 2)  # the session, and by what it was expected to be held
    monkeypatch.setattr(behaviour, "_session", None)
    assert run_suite("demo", suite, files, equipped, cache=cache) == first


def test_a_session_is_run_where_nothing_can_be_known_of_it(
    read: Read, equipped: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(behaviour, "expected", lambda *_: ())
    files = [unit for unit in read(APP + OWN_TESTS.format("2")) if unit.path]
    cache = Cache(tmp_path / "cache")
    run, _ = run_suite("demo", Suite("demo/SKILL.md"), files, equipped, cache=cache)
    assert (run.passed, cache.info().entries) == (1, 0)


def test_a_session_held_by_other_than_was_expected_is_not_kept(
    read: Read, equipped: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(behaviour, "expected", lambda *_: ("landlock", "seccomp", "more"))
    files = [unit for unit in read(APP + OWN_TESTS.format("2")) if unit.path]
    cache = Cache(tmp_path / "cache")
    run, _ = run_suite("demo", Suite("demo/SKILL.md"), files, equipped, cache=cache)
    assert (run.passed, cache.info().entries) == (1, 0)


DATA = '```toml\n# settings.toml\nkey = "a"\n```\n\n'
SHELL = "<!-- skillcheck: file=go.sh -->\n```bash\necho one\necho two\n```\n\n"
USES = """\
import os
import subprocess
import tomllib
from pathlib import Path


def test_settings():
    assert tomllib.loads(Path("settings.toml").read_text()) == {"key": "a"}


def test_go():
    done = subprocess.run(["bash", "go.sh"], check=True, capture_output=True, text=True, env=os.environ)
    assert done.stdout == "one\\ntwo\\n"
    assert done.stderr == ""
"""


def test_what_tests_read_and_have_the_shell_run_is_told(tested: Tested, read: Read) -> None:
    settings, go = (key(unit) for unit in read(DATA + SHELL))
    run, lines = tested(DATA + SHELL, {"test_uses.py": USES})
    assert (run.passed, run.failures) == (2, ())
    assert lines == {settings: {6, 7}, go: {12, 13}}


def test_shells_are_not_watched_where_the_skill_has_none(tested: Tested) -> None:
    text = "import os\n\n\ndef test_bare():\n    assert 'BASH_ENV' not in os.environ\n"
    run, lines = tested(APP, {"test_bare.py": text})
    assert (run.passed, lines) == (1, {})
