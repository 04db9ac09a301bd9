"""A run is answered as before only if all that was measured for it may be told again."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import skillcheck.__main__ as command
from skillcheck import recall
from skillcheck.disk import OLDEST
from skillcheck.model import Environment
from skillcheck.recall import answers
from skillcheck.runner import holding
from skillcheck.runner.scripts import trying
from skillcheck.verify import proving

HEAD = "---\nname: adding\ndescription: Adds numbers. Use when numbers have to be added.\n---\n\n# Adding\n"
ADDS = "print(1 + 2)\n"
Said = tuple[object, str]
Ran = Callable[..., Said]
Files = Callable[[Mapping[str, str]], None]


def skill(block: str, language: str = "python", before: str = "") -> dict[str, str]:
    return {"skills/adding/SKILL.md": f"{HEAD}\n{before}\n```{language}\n{block}```\n"}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a project whose files count as settled; nothing of it needs the network."""
    monkeypatch.setattr("skillcheck.disk.states.SETTLED", -(10**18))
    for name in ("NO_COLOR", "FORCE_COLOR", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    for name in ("UV_OFFLINE", "UV_NO_INDEX"):
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("SKILLCHECK_CACHE", str(tmp_path / "cache"))
    (tmp_path / "package").mkdir()
    monkeypatch.setattr(recall, "PACKAGE", str(tmp_path / "package"))  # the checkout is written to by other tests
    project = tmp_path / "project"
    (project / ".git").mkdir(parents=True)
    monkeypatch.chdir(project)
    return project


@pytest.fixture
def files(here: Path) -> Files:
    def write(texts: Mapping[str, str]) -> None:
        for name, text in texts.items():
            (here / name).parent.mkdir(parents=True, exist_ok=True)
            (here / name).write_text(text, encoding="utf-8")

    return write


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ran:
    def ran(*words: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["skillcheck", "run", *words])
        with pytest.raises(SystemExit) as stop:
            command.main()
        return stop.value.code, capsys.readouterr().out

    return ran


@pytest.fixture
def contained() -> None:
    """Skip where this machine holds programs by less than results are kept for."""
    held = holding.held(sys.executable)
    if "landlock" not in held or {"namespaces", "seccomp"}.isdisjoint(held):
        pytest.skip("results are not kept here")


FAILS = "total = price * 3\n"


@pytest.mark.usefixtures("contained")
@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("block", [ADDS, FAILS, "def broken(:\n"])
def test_a_second_run_says_the_same_and_does_nothing(
    form: str, block: str, files: Files, ran: Ran, monkeypatch: pytest.MonkeyPatch
) -> None:
    files(skill(block))
    first = ran("skills", "--format", form)
    assert answers().info().entries == 1
    monkeypatch.setattr("skillcheck.cli.verify", None)
    assert ran("skills", "--format", form) == first


@pytest.mark.usefixtures("contained")
def test_what_is_known_of_each_block_is_enough(files: Files, ran: Ran) -> None:
    """An answer is kept of a run that measured nothing, too; it lasts as long as the oldest of its results."""
    files(skill(ADDS))
    first = ran("skills")
    assert answers().clear() == 1
    assert ran("skills") == first
    assert answers().info().entries == 1


@pytest.mark.usefixtures("contained")
def test_an_answer_of_old_results_is_as_old(files: Files, ran: Ran, monkeypatch: pytest.MonkeyPatch) -> None:
    files(skill(ADDS))
    ran("skills")
    answers().clear()
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + OLDEST - 60)
    ran("skills")
    assert recall.Call.of("run", ["skills"]).answer()  # type: ignore[union-attr]
    monkeypatch.setattr(time, "time", lambda: now + OLDEST + 60)
    assert recall.Call.of("run", ["skills"]).answer() is None  # type: ignore[union-attr]


LOST = {
    "what does not end": skill("while True:\n    pass\n", before="<!-- skillcheck: timeout=1 -->"),
    "what has the network": skill(ADDS, before="<!-- skillcheck: network -->"),
    "what may fail otherwise": skill('raise OSError("full")\n'),
    "what exits": skill("raise SystemExit(3)\n"),
    "what lacks its surroundings": skill("import os\n\nos.environ['NO_SUCH_TOKEN']\n"),
    "requirements that cannot be installed": skill(ADDS) | {"skills/adding/requirements.txt": "no-such-thing==1\n"},
    "what is there, as it is": skill(ADDS) | {"skillcheck.toml": "[skills.adding]\ninstall = false\n"},
    "the network for all": skill(ADDS) | {"skillcheck.toml": "network = true\n"},
    "a runtime on PATH": skill("console.log(1 + 2)\n", "javascript"),
    "a shell": skill("echo 3\n", "bash", before="<!-- skillcheck: run -->"),
}


@pytest.mark.parametrize("texts", [pytest.param(texts, id=name) for name, texts in LOST.items()])
def test_what_may_be_otherwise_is_not_kept(texts: Mapping[str, str], files: Files, ran: Ran) -> None:
    files(texts)
    ran("skills")
    ran("skills")
    assert answers().info().entries == 0


@pytest.mark.parametrize("words", ["--no-cache", "--no-install", "--require-isolation process", "--output o.txt"])
def test_a_run_that_is_asked_for_more_is_not_kept(words: str, files: Files, ran: Ran) -> None:
    files(skill(ADDS))
    ran("skills", *words.split())
    assert answers().info().entries == 0


def test_what_is_held_by_less_is_not_kept(files: Files, ran: Ran, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("skillcheck.runner.memory.expected", lambda *_: ("seccomp",))
    files(skill(ADDS))
    ran("skills")
    assert answers().info().entries == 0


def test_where_results_cannot_be_kept_no_answer_is(files: Files, ran: Ran, here: Path) -> None:
    files(skill(ADDS))
    (here.parent / "cache/skillcheck").mkdir(parents=True)
    (here.parent / "cache/skillcheck/results").write_text("in the way")
    ran("skills")
    assert answers().info().entries == 0


def test_a_shell_that_is_only_read_is_kept(files: Files, ran: Ran) -> None:
    files(skill("echo 3\n", "bash"))
    ran("skills")
    assert answers().info().entries == 1


CHANGES: dict[str, Callable[[Path], object]] = {
    "a block": lambda here: (here / "skills/adding/SKILL.md").write_text(f"{HEAD}\n```python\nprint(4)\n```\n"),
    "a file beside it": lambda here: (here / "skills/adding/data.json").write_text("{}"),
    "the tests": lambda here: (here / "tests/skills/adding").mkdir(parents=True),
    "the configuration": lambda here: (here / "skillcheck.toml").write_text("timeout = 5\n"),
    "the environment": lambda here: environment(here).joinpath("pyvenv.cfg").touch(),
    "a module in it": lambda here: next(environment(here).glob("lib/*/site-packages")).joinpath("new.py").touch(),
    "its interpreter": lambda here: relinked(environment(here) / "bin/python"),
    "ourselves": lambda here: (here.parent / "package/new.py").touch(),
}


def environment(here: Path) -> Path:
    (found,) = here.parent.glob("cache/skillcheck/environments/*/bin")
    return found.parent


def relinked(path: Path) -> None:
    target = path.readlink()
    path.unlink()
    path.symlink_to(target)


@pytest.mark.usefixtures("contained")
@pytest.mark.parametrize("change", [pytest.param(change, id=name) for name, change in CHANGES.items()])
def test_with_each_change_it_is_run_again(
    change: Callable[[Path], object], here: Path, files: Files, ran: Ran, monkeypatch: pytest.MonkeyPatch
) -> None:
    files(skill(ADDS))
    ran("skills")
    assert recall.Call.of("run", ["skills"]).answer()  # type: ignore[union-attr]
    time.sleep(0.02)
    change(here)
    assert recall.Call.of("run", ["skills"]).answer() is None  # type: ignore[union-attr]
    monkeypatch.setattr("skillcheck.cli.verify", None)
    assert ran("skills")[0] == command.BUG


def test_an_environment_that_is_made_now_is_not_settled(
    files: Files, ran: Ran, monkeypatch: pytest.MonkeyPatch, here: Path
) -> None:
    files(skill(ADDS))
    time.sleep(1.1)
    monkeypatch.setattr("skillcheck.disk.states.SETTLED", 10**9)
    ran("skills")
    assert environment(here).is_dir()
    assert answers().info().entries == 0


def test_only_a_whole_environment_is_rested_on(monkeypatch: pytest.MonkeyPatch, files: Files, ran: Ran) -> None:
    monkeypatch.setattr(proving, "prepare", lambda *_, **__: Environment("", error="not made"))
    files(skill(ADDS))
    ran("skills")
    assert answers().info().entries == 0


TESTED = {
    "skills/adding/SKILL.md": f"{HEAD}\n```python\n# app.py\ndef add(a, b):\n    return a + b\n```\n",
    "tests/skills/adding/test_app.py": "from app import add\n\n\ndef test_add():\n    assert add(1, 2) == 3\n",
}


@pytest.mark.usefixtures("contained")
def test_tests_are_part_of_it(
    files: Files, ran: Ran, here: Path, equipped: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proving, "prepare", lambda *_, **__: equipped)
    files(TESTED)
    first = ran("skills")
    assert "1 passed" in first[1]
    assert ran("skills") == first
    assert answers().info().entries == 1
    time.sleep(0.02)
    (here / "tests/skills/adding/test_app.py").write_text(f"{TESTED['tests/skills/adding/test_app.py']}\n")
    assert recall.Call.of("run", ["skills"]).answer() is None  # type: ignore[union-attr]


@pytest.mark.usefixtures("contained")
@pytest.mark.parametrize("body", ["assert False", "import pytest\n    pytest.skip()"])
def test_tests_that_do_not_pass_are_not_kept(
    body: str, files: Files, ran: Ran, equipped: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proving, "prepare", lambda *_, **__: equipped)
    files(TESTED | {"tests/skills/adding/test_app.py": f"def test():\n    {body}\n"})
    ran("skills")
    assert answers().info().entries == 0


@pytest.mark.usefixtures("contained")
def test_tests_that_are_held_by_less_are_not_kept(
    files: Files, ran: Ran, equipped: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proving, "prepare", lambda *_, **__: equipped)
    monkeypatch.setattr("skillcheck.runner.behaviour.expected", lambda *_: ("seccomp",))
    files(TESTED)
    assert "1 passed" in ran("skills")[1]
    assert answers().info().entries == 0


def test_a_script_loses_the_answer_of_a_cache_alone(files: Files, ran: Ran, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trying, "ecmascript", lambda **_: "node is not installed")
    files(skill("console.log(1 + 2)\n", "javascript"))
    assert ran("skills", "--no-cache")[0] == 0
    assert ran("skills")[0] == 0
    assert answers().info().entries == 0
