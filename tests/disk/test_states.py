"""Whatever changes below a folder changes its state; what nobody looks at does not."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from skillcheck.disk import state

Change = Callable[[Path], object]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Make a folder with files, folders, links inside it and out of it, to a skill too, and what is passed over."""
    root = tmp_path / "root"
    (root / "skill/scripts").mkdir(parents=True)
    (root / "skill/SKILL.md").write_text("one")
    (root / "skill/scripts/run.py").write_text("1")
    (root / ".claude-plugin").mkdir()
    (root / ".claude-plugin/plugin.json").write_text("{}")
    (root / "node_modules").mkdir()
    (root / "node_modules/x.json").write_text("{}")
    (tmp_path / "elsewhere/deep").mkdir(parents=True)
    (tmp_path / "elsewhere/deep/page.md").write_text("page")
    (tmp_path / "elsewhere/SKILL.md").write_text("two")
    (tmp_path / "alone.md").write_text("alone")
    (root / "skill/out").symlink_to("../../elsewhere")
    (root / "skill/alone.md").symlink_to("../../alone.md")
    (root / "skill/again").symlink_to("scripts")
    (root / "skill/loop").symlink_to("..")
    (root / "skill/gone").symlink_to("nowhere")
    (tmp_path / "outer").symlink_to("elsewhere")
    (root / "skill/through").symlink_to("../../outer/deep")
    return root


def digest(root: Path) -> str:
    return state([str(root)]).digest


def rewritten(path: Path) -> None:
    """Write other text of the same length, and set the time of modification back."""
    before = path.stat()
    path.write_text(path.read_text()[::-1])
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def replaced(path: Path) -> None:
    """Put another file of the same text in its place."""
    shutil.copy2(path, path.with_name("new"))
    path.with_name("new").rename(path)


def linked(path: Path, target: str | Path) -> None:
    """Put a link in the place of what is there."""
    path.unlink()
    path.symlink_to(target)


def moved_and_linked(path: Path, to: Path) -> None:
    path.rename(to)
    path.symlink_to(to)


def made_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def led_elsewhere(root: Path) -> None:
    (root.parent / "else/deep").mkdir(parents=True)
    linked(root.parent / "outer", "else")


CHANGES: dict[str, Change] = {
    "a file is written": lambda root: (root / "skill/SKILL.md").write_text("other"),
    "a file is written, with its old length and time": lambda root: rewritten(root / "skill/SKILL.md"),
    "a file is replaced by its copy": lambda root: replaced(root / "skill/SKILL.md"),
    "a file is removed": lambda root: (root / "skill/scripts/run.py").unlink(),
    "a file is renamed": lambda root: (root / "skill/SKILL.md").rename(root / "skill/skill.md"),
    "a file is moved": lambda root: (root / "skill/SKILL.md").rename(root / "SKILL.md"),
    "an empty file appears": lambda root: (root / "skill/scripts/new").touch(),
    "an empty folder appears": lambda root: (root / "skill/new").mkdir(),
    "a folder is renamed": lambda root: (root / "skill/scripts").rename(root / "skill/script"),
    "a file becomes executable": lambda root: (root / "skill/scripts/run.py").chmod(0o755),
    "a folder may no longer be read": lambda root: (root / "skill/scripts").chmod(0o300),
    "a file becomes a folder": lambda root: made_a_folder(root / "skill/SKILL.md"),
    "what a link out of it leads to is written": lambda root: (root.parent / "alone.md").write_text("other"),
    "what lies below a linked folder is written": lambda root: (root.parent / "elsewhere/deep/page.md").write_text("o"),
    "something appears below a linked folder": lambda root: (root.parent / "elsewhere/deep/new.md").touch(),
    "a linked file is removed": lambda root: (root.parent / "alone.md").unlink(),
    "what a link missed appears": lambda root: (root / "skill/nowhere").touch(),
    "a link is led elsewhere": lambda root: linked(root / "skill/again", "../.claude-plugin"),
    "a link on the way of a link is led elsewhere": led_elsewhere,
    "a folder to pass over appears": lambda root: (root / "skill/.venv").mkdir(),
    "a folder to pass over goes": lambda root: shutil.rmtree(root / "node_modules"),
}


@pytest.mark.parametrize("change", [pytest.param(change, id=name) for name, change in CHANGES.items()])
def test_every_change_changes_the_state(change: Change, root: Path) -> None:
    before = digest(root)
    assert digest(root) == before
    time.sleep(0.02)  # until the file system's clock has ticked
    change(root)
    assert digest(root) != before
    if (root / "skill/scripts").exists():
        (root / "skill/scripts").chmod(0o700)


def test_what_is_passed_over_is_named_and_not_looked_into(root: Path) -> None:
    before = state([str(root)])
    (root / "node_modules/new.json").write_text("{}")
    after = state([str(root)])
    assert (after.passed_over, after.digest) == ({"node_modules"}, before.digest)
    assert [Path(path).name for path in after.manifests] == ["plugin.json"]


def test_a_folder_that_is_no_skill_is_not_looked_into_where_a_link_leads_out(root: Path) -> None:
    (root.parent / "elsewhere/SKILL.md").unlink()
    time.sleep(0.02)
    before = state([str(root)])
    (root.parent / "elsewhere/new").mkdir()
    (root.parent / "elsewhere/deep/page.md").write_text("other")
    assert not before.steady
    linked(root / "skill/out", "scripts")
    linked(root / "skill/through", "scripts")
    os.utime(root / "skill/scripts", ns=(0, 0))
    assert state([str(root)]).digest != before.digest


def test_an_ancestor_that_becomes_a_link_changes_the_state(root: Path) -> None:
    before = digest(root)
    root.parent.rename(root.parent.with_name("moved"))
    root.parent.symlink_to(root.parent.with_name("moved"))
    assert digest(root) != before


def test_what_lies_beside_is_told_by_itself(root: Path) -> None:
    file = root.parent / "skillcheck.toml"
    states = [state([], [str(file)]).digest]
    file.write_text("[x]\n")
    states += [state([], [str(file)]).digest, state([], [str(file), str(root)]).digest]
    file.write_text("[y]\n")
    states += [state([], [str(file)]).digest]
    assert len(set(states)) == 4


@pytest.mark.parametrize("path", ["nowhere", "root/skill/SKILL.md/x", "a\0b", "x" * 5000])
def test_what_cannot_be_reached_has_a_state_too(path: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root.parent)
    assert state([path]).digest == state([path]).digest != state(["root"]).digest


def test_a_file_that_goes_while_it_is_looked_at_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone:
        name = path = "gone"

        def stat(self, *, follow_symlinks: bool) -> os.stat_result:
            assert not follow_symlinks
            raise FileNotFoundError(2, "gone")

    whole = digest(root)
    monkeypatch.setattr("builtins.sorted", lambda found, **_: [*found, Gone()])
    assert digest(root) != whole


def test_what_changed_just_now_is_not_to_be_relied_on(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not state([str(root)]).steady
    now = max(path.lstat().st_ctime_ns for path in [root, *root.rglob("*")])
    monkeypatch.setattr("skillcheck.disk.states.time.time_ns", lambda: now + 2_000_000_000)
    assert state([str(root)]).steady
    monkeypatch.setattr("skillcheck.disk.states.time.time_ns", lambda: now + 1_999_999_999)
    assert not state([str(root)]).steady


def test_too_much_is_not_to_be_relied_on(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("skillcheck.disk.states.SETTLED", -(10**18))
    assert state([str(root)]).steady
    monkeypatch.setattr("skillcheck.disk.states.MOST", 5)
    assert not state([str(root)]).steady
