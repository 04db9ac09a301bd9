"""An answer of `run` is given again only while what was used for it is as it was."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.recall.knowing import Change, of, written

from skillcheck.disk import Grounds
from skillcheck.recall import Answered, answers

FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


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


def linked(path: Path, target: str) -> None:
    path.unlink()
    path.symlink_to(target)


def replaced(path: Path) -> None:
    known = path.stat()
    path.with_suffix(".new").write_text("2")
    path.with_suffix(".new").replace(path)
    os.utime(path, ns=(known.st_atime_ns, known.st_mtime_ns))


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
