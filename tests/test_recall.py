"""A call is answered as before only if nothing is different that its answer rests on."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import skillcheck.__main__ as command
from skillcheck import recall
from skillcheck.checking import check
from skillcheck.cli import run
from skillcheck.disk import Cache, Grounds
from skillcheck.recall import Answered, Call, answers

SKILL = "---\nname: demo\ndescription: Shows things. Use when things have to be shown.\n---\n\n# Demo\n\nText.\n"
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
Change = Callable[[Path], object]
Asker = Callable[[pytest.MonkeyPatch], object]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a project whose files count as settled, with sources that stand for our own."""
    own = tmp_path / "package"
    own.mkdir()
    (own / "rule.py").write_text("1")
    monkeypatch.setattr(recall, "PACKAGE", str(own))
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.setattr("skillcheck.disk.states.SETTLED", -(10**18))
    monkeypatch.setenv("SKILLCHECK_CACHE", str(tmp_path / "cache"))
    for name in ("NO_COLOR", "FORCE_COLOR", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    project = tmp_path / "project"
    (project / "skills/demo").mkdir(parents=True)
    (project / ".git").mkdir()
    (project / "skills/demo/SKILL.md").write_text(SKILL)
    monkeypatch.chdir(project)
    return project


def of(*words: str, command: str = "check") -> Call:
    call = Call.of(command, words)
    assert call
    return call


def test_what_was_kept_is_answered(here: Path) -> None:
    assert of("skills").answer() is None
    of("skills").keep(1, "said\n")
    assert of("skills").answer() == Answered(1, "said\n")
    assert of("skills", "--format", "json").answer() is None
    assert of("./skills").answer() is None
    assert answers().info().entries == 1
    assert here.is_dir()


@FEW
@given(status=st.integers(0, 255), text=st.text(st.characters(), max_size=60))
def test_any_answer_comes_back_as_it_was(status: int, text: str) -> None:
    of("skills").keep(status, text)
    assert of("skills").answer() == Answered(status, text)


def written(path: str, text: str = "x") -> Change:
    def write(here: Path) -> None:
        (here / path).parent.mkdir(parents=True, exist_ok=True)
        (here / path).write_text(text)

    return write


CHANGES: dict[str, Change] = {
    "a skill": written("skills/demo/SKILL.md", SKILL.replace("Text", "Tent")),
    "another file of the skill": written("skills/demo/scripts/run.py"),
    "another skill": written("skills/more/SKILL.md", SKILL),
    "the configuration": written("skillcheck.toml", "ignore = ['SK1']"),
    "the configuration beside the skills": written("skills/pyproject.toml", "[tool.skillcheck]"),
    "the configuration above": written("../pyproject.toml", "[tool.skillcheck]"),
    "the end of the repository": lambda here: (here / ".git").rmdir(),
    "the end of the repository, nearer": lambda here: (here / "skills/.git").mkdir(),
    "our own sources": written("../package/rule.py", "2"),
    "a source of ours that is new": written("../package/rules/new.py", "2"),
    "what is installed": lambda here: sys.path.append(str(here)),
}


@pytest.mark.parametrize("command", ["check", "run"])
@pytest.mark.parametrize("change", [pytest.param(change, id=name) for name, change in CHANGES.items()])
def test_with_each_change_it_is_another_call(change: Change, command: str, here: Path) -> None:
    of("skills", command=command).keep(0, "said")
    time.sleep(0.02)  # until the file system's clock has ticked
    change(here)
    assert of("skills", command=command).answer() is None


def test_what_one_command_answered_another_does_not() -> None:
    of("skills").keep(0, "said")
    assert of("skills", command="run").answer() is None


ASKERS: dict[str, Asker] = {
    "the user": lambda patch: patch.setattr(os, "geteuid", lambda: 12345),
    "the group": lambda patch: patch.setattr(os, "getegid", lambda: 12345),
    "the groups": lambda patch: patch.setattr(os, "getgroups", lambda: [12345]),
    "Python": lambda patch: patch.setattr(sys, "version", "4.0"),
    "the names of files": lambda patch: patch.setattr(sys, "getfilesystemencoding", lambda: "ascii"),
    "no colours": lambda patch: patch.setenv("NO_COLOR", "1"),
    "colours": lambda patch: patch.setenv("FORCE_COLOR", "1"),
    "the format of what is kept": lambda patch: patch.setattr(recall, "FORMAT", 99),
}


@pytest.mark.parametrize("command", ["check", "run"])
@pytest.mark.parametrize("asker", [pytest.param(asker, id=name) for name, asker in ASKERS.items()])
def test_for_another_asker_it_is_another_call(asker: Asker, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    of("skills", command=command).keep(0, "said")
    asker(monkeypatch)
    assert of("skills", command=command).answer() is None


def other_kernel() -> list[str | None]:
    return ["another"]


RUNNING: dict[str, Asker] = {
    "a variable": lambda patch: patch.setenv("UV_INDEX_URL", "https://example.com/simple"),
    "a variable less": lambda patch: patch.delenv("PATH"),
    "where tools are found": lambda patch: patch.setenv("PATH", "/elsewhere"),
    "how programs are held": lambda patch: patch.setattr(recall, "kernel", other_kernel),
    "the interpreter": lambda patch: patch.setattr(sys, "executable", "/elsewhere/python"),
    "the environment that we run in": lambda patch: patch.setattr(sys, "prefix", "/elsewhere"),
    "the installation that we run on": lambda patch: patch.setattr(sys, "base_prefix", "/elsewhere"),
    "the folders of the system": lambda patch: patch.setattr(recall, "MACHINE", ("/usr",)),
}


@pytest.mark.parametrize("asker", [pytest.param(asker, id=name) for name, asker in RUNNING.items()])
def test_an_answer_of_run_rests_on_more(asker: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    for each in ("run", "check"):
        of("skills", command=each).keep(0, "said")
    asker(monkeypatch)
    assert of("skills", command="run").answer() is None
    assert of("skills").answer() is not None


@FEW
@given(name=st.from_regex(r"[A-Z_]{1,8}", fullmatch=True), text=st.text("ab/:", max_size=4))
def test_any_variable_tells_calls_apart_but_those_by_which_shells_count(name: str, text: str) -> None:
    before = of("skills", command="run").key
    with pytest.MonkeyPatch.context() as patch:
        same = os.environ.get(name) == text or name in recall.COUNTING
        patch.setenv(name, text)
        assert (of("skills", command="run").key == before) == same


@pytest.mark.parametrize("name", sorted(recall.COUNTING))
def test_how_deep_a_shell_is_does_not_matter(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = of("skills", command="run").key
    monkeypatch.setenv(name, "another")
    assert of("skills", command="run").key == before


def test_a_folder_of_the_system_counts_by_what_is_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bin").mkdir()
    monkeypatch.setattr(recall, "MACHINE", (str(tmp_path / "bin"),))
    of("skills", command="run").keep(0, "said")
    time.sleep(0.02)
    (tmp_path / "bin/node").touch()
    assert of("skills", command="run").answer() is None


def test_where_the_kernel_does_not_tell_no_run_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recall, "kernel", lambda: None)
    assert Call.of("run", ["skills"]) is None
    assert Call.of("check", ["skills"]) is not None


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    """Make a folder that stands for an environment."""
    folder = tmp_path / "environment"
    for name in (
        "lib/site-packages/quart/__init__.py",
        "lib/site-packages/quart/__pycache__/__init__.pyc",
        "bin/python",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("1")
    (tmp_path / "library").mkdir()
    return folder


def resting(*places: Path) -> Grounds:
    grounds = Grounds()
    for place in places:
        grounds.rest_on(str(place), str(place.parent / "library"))
    return grounds


SITE = "lib/site-packages/quart"
USED: dict[str, Change] = {
    "a module": written(f"{SITE}/__init__.py", "2"),
    "a module more": written(f"{SITE}/more.py"),
    "a module less": lambda folder: (folder / SITE / "__init__.py").unlink(),
    "a module's name": lambda folder: (folder / SITE / "__init__.py").rename(folder / SITE / "other.py"),
    "its bytecode": written(f"{SITE}/__pycache__/__init__.pyc", "2"),
    "rights": lambda folder: (folder / "bin/python").chmod(0o700),
    "a link in place of it": lambda folder: linked(folder / "bin/python", "/bin/true"),
    "another file with the same times": lambda folder: replaced(folder / "bin/python"),
    "all of it": lambda folder: folder.rename(folder.parent / "gone"),
    "what is beside it": written("../library/os.py"),
}


def linked(path: Path, target: str) -> None:
    path.unlink()
    path.symlink_to(target)


def replaced(path: Path) -> None:
    known = path.stat()
    path.with_suffix(".new").write_text("2")
    path.with_suffix(".new").replace(path)
    os.utime(path, ns=(known.st_atime_ns, known.st_mtime_ns))


@pytest.mark.parametrize("change", [pytest.param(change, id=name) for name, change in USED.items()])
def test_what_was_used_must_be_as_it_was(change: Change, environment: Path) -> None:
    of("skills", command="run").keep(0, "said", resting(environment))
    assert of("skills", command="run").answer() == Answered(0, "said")
    time.sleep(0.02)
    change(environment)
    assert of("skills", command="run").answer() is None


@pytest.mark.parametrize("change", [pytest.param(change, id=name) for name, change in USED.items()])
def test_what_changes_while_it_is_used_is_not_kept(change: Change, environment: Path) -> None:
    grounds = resting(environment)
    time.sleep(0.02)
    change(environment)
    of("skills", command="run").keep(0, "said", grounds)
    assert answers().info().entries == 0


def test_what_was_absent_must_be_absent(environment: Path, tmp_path: Path) -> None:
    of("skills", command="run").keep(0, "said", resting(environment, tmp_path / "tests"))
    assert of("skills", command="run").answer() == Answered(0, "said")
    (tmp_path / "tests").mkdir()
    assert of("skills", command="run").answer() is None


NAMES = st.sampled_from(["a", "b.py", "sub/c", "__pycache__/d.pyc", "node_modules/e"])
DEEDS = st.lists(st.tuples(NAMES, st.sampled_from(["write", "chmod", "remove", "touch"])), min_size=1, max_size=3)


@FEW
@given(deeds=DEEDS)
def test_no_change_of_what_was_used_leaves_the_answer(
    deeds: list[tuple[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("used")
    for name in ("b.py", "sub/c", "__pycache__/d.pyc", "node_modules/e"):
        written(name)(folder)
    of("skills", command="run").keep(0, "said", resting(folder))
    time.sleep(0.02)
    changes = [done(folder / name, deed) for name, deed in deeds]
    assert (of("skills", command="run").answer() is None) == any(changes)


def done(path: Path, deed: str) -> bool:
    if deed == "write":
        path.write_text("x")
    elif not path.exists():
        return False
    elif deed == "remove":
        path.unlink()
    else:
        path.chmod(0o600) if deed == "chmod" else os.utime(path, ns=(1, 1))
    return True


def test_what_is_lost_is_not_kept() -> None:
    grounds = Grounds()
    grounds.lose()
    grounds.rest_on("/nowhere")
    assert grounds.places == {}
    of("skills", command="run").keep(0, "said", grounds)
    assert answers().info().entries == 0


def test_what_was_used_once_is_looked_at_once(environment: Path) -> None:
    grounds = resting(environment)
    (known,) = grounds.places.values()
    grounds.rest_on(str(environment), str(environment.parent / "library"))
    assert [*grounds.places.values()] == [known]


def test_no_answer_outlives_the_oldest_result(monkeypatch: pytest.MonkeyPatch) -> None:
    now, day = int(time.time()), 24 * 3600
    of("skills", command="run").keep(0, "said", Grounds(ages=[now - day, now - 29 * day, now]))
    monkeypatch.setattr(time, "time", lambda: now + day - 1)
    assert of("skills", command="run").answer() == Answered(0, "said")
    monkeypatch.setattr(time, "time", lambda: now + day + 1)
    assert of("skills", command="run").answer() is None


def test_in_another_folder_it_is_another_call(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    of().keep(0, "said")
    assert of().answer()
    monkeypatch.chdir(here / "skills")
    assert of().answer() is None


@pytest.mark.parametrize(
    ("words", "paths"),
    [
        ([], ["."]),
        (["a", "b"], ["a", "b"]),
        (["--format", "json", "a"], ["a"]),
        (["a", "--format=json", "--statistics"], ["a"]),
        (["--ignore", "SK1", "--select=SK", "--exit-zero"], ["."]),
        (["--format"], ["."]),
        (["--fix"], None),
        (["--no-cache", "a"], None),
        (["--output", "x"], None),
        (["--statistics=1"], None),
        (["--", "a"], None),
        (["-h"], None),
        (["--baseline=x"], None),
    ],
)
def test_only_calls_for_an_answer_are_known(words: list[str], paths: list[str] | None) -> None:
    for each in ("check", "run"):
        assert recall._paths(each, words) == paths
        assert (Call.of(each, words) is None) == (paths is None)


@pytest.mark.parametrize(
    ("words", "paths"),
    [
        (["-r", "quart", "a"], ["a"]),
        (["--requirement=quart", "--python", "3.12", "--jobs", "2", "-j", "3", "b"], ["b"]),
        (["-j2"], None),
        (["--no-install"], None),
        (["--no-cache"], None),
        (["--matrix"], None),
        (["--update"], None),
        (["--require-isolation", "process"], None),
    ],
)
def test_of_run_only_calls_for_an_answer_are_known(words: list[str], paths: list[str] | None) -> None:
    assert recall._paths("run", words) == paths
    assert recall._paths("check", words) is None


@pytest.mark.parametrize("command", [check, run])
def test_the_options_are_those_of_the_command(command: click.Command) -> None:
    options = {name: part for part in command.params if isinstance(part, click.Option) for name in part.opts}
    takes_value = recall.TAKES_VALUE[str(command.name)]
    assert all(takes_value[name] == (not options[name].is_flag) for name in takes_value)


def test_what_is_written_elsewhere_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary.md")
    assert Call.of("check", ["skills"]) is None


def test_without_a_home_or_a_folder_nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Cache:
        raise RuntimeError

    monkeypatch.setattr(recall, "answers", homeless)
    assert Call.of("check", ["skills"]) is None


@pytest.mark.parametrize(
    ("path", "root"),
    [
        ("skills", "skills"),
        ("skills/demo/SKILL.md", "skills/demo"),
        ("p/.claude-plugin/plugin.json", "p"),
        ("x.zip", "x.zip"),
        ("nowhere", "nowhere"),
    ],
)
def test_for_a_file_its_folder_is_looked_at(path: str, root: str, here: Path) -> None:
    for file in ("p/.claude-plugin/plugin.json", "x.zip"):
        written(file)(here)
    assert Path(recall._root(path)).absolute() == here / root


def test_what_is_not_settled_is_not_kept(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("skillcheck.disk.states.SETTLED", 10**9)
    written("skills/demo/new.md")(here)
    of("skills").keep(0, "said")
    assert answers().info().entries == 0


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ('{"repository": "https://example.com/a.git"}', True),
        ('{"source": "./node_modules/plugin"}', False),
        ('{"source": "node_modules"}', False),
        ('{"source": "./node\\u005fmodules"}', False),
    ],
)
def test_where_a_manifest_names_what_is_passed_over_nothing_is_kept(text: str, kept: bool, here: Path) -> None:  # noqa: FBT001
    written("skills/marketplace.json", text)(here)
    of("skills").keep(0, "said")
    assert of("skills").answer() == Answered(0, "said")
    (here / "skills/node_modules").mkdir()
    of("skills").keep(0, "said")
    assert (of("skills").answer() is not None) == kept


def test_where_a_manifest_cannot_be_read_nothing_is_kept(here: Path) -> None:
    (here / "skills/.git").mkdir()
    written("skills/marketplace.json", "{}")(here)
    call = of("skills")
    (here / "skills/marketplace.json").unlink()
    call.keep(0, "said")
    assert answers().info().entries == 0


Ran = Callable[..., tuple[object, str]]


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ran:
    def ran(*words: str) -> tuple[object, str]:
        monkeypatch.setattr(sys, "argv", ["skillcheck", "check", *words])
        with pytest.raises(SystemExit) as stop:
            command.main()
        return stop.value.code, capsys.readouterr().out

    return ran


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif", "junit", "gitlab", "markdown"])
@pytest.mark.parametrize("text", [SKILL, SKILL.replace("name: demo", "name: Other Demo")])
def test_a_second_call_says_the_same_and_judges_nothing(
    form: str, text: str, here: Path, ran: Ran, monkeypatch: pytest.MonkeyPatch
) -> None:
    written("skills/demo/SKILL.md", text)(here)
    first = ran("skills", "--format", form)
    assert answers().info().entries == 1
    monkeypatch.setattr("skillcheck.checking.lint", None)
    assert ran("skills", "--format", form) == first


def test_a_change_is_told_at_once(here: Path, ran: Ran) -> None:
    before = ran("skills")
    written("skills/more/SKILL.md", SKILL)(here)  # the same name, side by side
    after = ran("skills")
    assert "SK114" in after[1]
    assert "SK114" not in before[1]
    (here / "skills/more/SKILL.md").unlink()
    (here / "skills/more").rmdir()
    assert ran("skills") == before


@pytest.mark.parametrize("words", ["--fix", "--diff", "--output o.txt", "--write-baseline", "--no-cache"])
def test_what_does_more_than_answer_is_not_kept(words: str, ran: Ran) -> None:
    ran("skills", *words.split())
    assert answers().info().entries == 0


def test_what_is_compared_with_a_baseline_is_not_kept(here: Path, ran: Ran) -> None:
    ran("skills", "--write-baseline")
    written("skillcheck.toml", 'baseline = "skillcheck-baseline.json"')(here)
    ran("skills")
    assert answers().info().entries == 0
