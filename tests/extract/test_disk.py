from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from skillcheck.extract import drift, write
from skillcheck.extract.disk import content, files, recorded
from skillcheck.extract.snippets import MANIFEST, digest
from skillcheck.extract.writing import _replace
from skillcheck.model import DriftKind, Place, Snippet


def made(**texts: str) -> tuple[Snippet, ...]:
    """Return snippets at the given paths (`__` for a slash, `_` for a dot), with their manifest."""
    paths = {name.replace("__", "/").replace("_", "."): text for name, text in texts.items()}
    listed = [{"path": path, "sha256": digest(text)} for path, text in paths.items()]
    place = Place("SKILL.md", 3)
    manifest = Snippet(MANIFEST, json.dumps({"snippets": listed}) + "\n", Place("SKILL.md"))
    return (*(Snippet(path, text, place) for path, text in paths.items()), manifest)


def told(snippets: tuple[Snippet, ...], folder: Path) -> list[tuple[str, str]]:
    return [(entry.kind.value, entry.path) for entry in drift(snippets, folder)]


def test_what_is_written_does_not_drift(tmp_path: Path) -> None:
    snippets = made(a_py="x = 1\n", src__b_py="é\r\n")
    assert told(snippets, tmp_path / "s") == [("missing", "a.py"), ("missing", MANIFEST), ("missing", "src/b.py")]
    assert write(snippets, tmp_path / "s") == ("a.py", MANIFEST, "src/b.py")
    assert (tmp_path / "s/src/b.py").read_bytes() == b"\xc3\xa9\r\n"
    assert (tmp_path / "s/a.py").stat().st_mode & 0o777 == 0o644
    assert told(snippets, tmp_path / "s") == []
    assert write(snippets, tmp_path / "s") == ()


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    write(made(a_py="x = 1\n", b_py="y = 1\n"), tmp_path)
    before = (tmp_path / "b.py").stat().st_ino
    assert write(made(a_py="x = 2\n", b_py="y = 1\n"), tmp_path) == ("a.py", MANIFEST)
    assert (tmp_path / "b.py").stat().st_ino == before


def test_a_stale_file_shows_what_would_change(tmp_path: Path) -> None:
    write(made(a_py="x = 1\n"), tmp_path)
    (tmp_path / "a.py").write_bytes(b"x = 1\ny\xff")
    (found,) = drift(made(a_py="x = 1\nz\n"), tmp_path)[:1]
    assert (found.kind, str(found.place)) == (DriftKind.STALE, "SKILL.md:3:1")
    assert found.diff == (
        "--- a/a.py\n+++ b/a.py\n@@ -1,2 +1,2 @@\n x = 1\n-y\ufffd\n\\ No newline at end of file\n+z\n"
    )


def test_a_file_of_ours_that_no_block_has_is_removed(tmp_path: Path) -> None:
    write(made(a_py="x\n", old__b_py="y\n"), tmp_path)
    snippets = made(a_py="x\n")
    (orphan,) = [entry for entry in drift(snippets, tmp_path) if entry.kind is DriftKind.ORPHAN]
    assert (orphan.path, orphan.place.path) == ("old/b.py", f"{tmp_path.as_posix()}/old/b.py")
    assert orphan.diff.endswith("-y\n")
    assert write(snippets, tmp_path) == (MANIFEST, "old/b.py")
    assert not (tmp_path / "old").exists()
    assert told(snippets, tmp_path) == []


def test_removing_leaves_a_folder_that_holds_something_else(tmp_path: Path) -> None:
    write(made(a_py="x\n", old__b_py="y\n"), tmp_path)
    (tmp_path / "old/mine.txt").write_text("mine")
    write(made(a_py="x\n"), tmp_path)
    assert files(tmp_path) == ("a.py", MANIFEST, "old/mine.txt")


@pytest.mark.parametrize("listed", [True, False])
def test_what_is_not_ours_or_was_changed_is_told_and_kept(tmp_path: Path, *, listed: bool) -> None:
    write(made(a_py="x\n", b_py="y\n") if listed else made(a_py="x\n"), tmp_path)
    (tmp_path / "b.py").write_text("mine\n")
    snippets = made(a_py="x\n")
    (orphan,) = [entry for entry in drift(snippets, tmp_path) if entry.kind is DriftKind.ORPHAN]
    assert (orphan.path, orphan.diff) == ("b.py", "")
    assert "b.py" not in write(snippets, tmp_path)
    assert (tmp_path / "b.py").read_text() == "mine\n"
    assert told(snippets, tmp_path) == [("orphan", "b.py")]


def test_a_skill_that_lost_its_blocks_leaves_nothing(tmp_path: Path) -> None:
    write(made(a_py="x\n"), tmp_path)
    assert write((), tmp_path) == ("a.py", MANIFEST)
    assert files(tmp_path) == ()


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"snippets": 1}', '{"snippets": [1]}', '{"snippets": [{"path": "a"}]}', "{}", "[" * 100_000],
)
def test_a_manifest_that_is_none_of_ours_lists_nothing_and_is_kept(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST).write_text(text)
    assert recorded(tmp_path) == {}
    assert write((), tmp_path) == ()
    assert (tmp_path / MANIFEST).exists()


def test_a_manifest_cannot_remove_what_lies_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    (tmp_path / "mine.txt").write_text("x")
    listed = {"snippets": [{"path": "../mine.txt", "sha256": digest("x")}]}
    (tmp_path / "s" / MANIFEST).write_text(json.dumps(listed))
    write((), tmp_path / "s")
    assert (tmp_path / "mine.txt").exists()


def test_caches_are_passed_over(tmp_path: Path) -> None:
    write(made(a_py="x\n"), tmp_path)
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__/a").touch()
    (tmp_path / "a.pyc").touch()
    assert told(made(a_py="x\n"), tmp_path) == []


def link_file(folder: Path, outside: Path) -> None:
    (folder / "src").mkdir(parents=True)
    (folder / "src/a.py").symlink_to(outside / "a.py")


def link_folder(folder: Path, outside: Path) -> None:
    folder.mkdir()
    (folder / "src").symlink_to(outside)


@pytest.mark.parametrize("link", [link_file, link_folder])
def test_a_link_is_never_followed(tmp_path: Path, link: Callable[[Path, Path], None]) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.py").write_text("theirs\n")
    link(tmp_path / "s", outside)
    snippets = made(src__a_py="ours\n")
    assert write(snippets, tmp_path / "s") == (MANIFEST,)
    assert (outside / "a.py").read_text() == "theirs\n"
    (stale,) = [entry for entry in drift(snippets, tmp_path / "s") if entry.kind is DriftKind.STALE]
    assert (stale.path, stale.diff) == ("src/a.py", "src/a.py is no plain file of its own\n")


def test_a_link_that_belongs_to_no_block_is_an_orphan_and_kept(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path)
    assert told((), tmp_path) == [("orphan", "a")]
    assert write((), tmp_path) == ()


def test_a_folder_where_a_file_should_be_is_told_and_kept(tmp_path: Path) -> None:
    (tmp_path / "a.py").mkdir()
    snippets = made(a_py="x\n")
    assert write(snippets, tmp_path) == (MANIFEST,)
    assert told(snippets, tmp_path) == [("stale", "a.py")]


def test_a_file_where_a_folder_should_be_is_told_and_kept(tmp_path: Path) -> None:
    (tmp_path / "src").write_text("mine")
    snippets = made(src__a_py="x\n")
    assert write(snippets, tmp_path) == (MANIFEST,)
    assert told(snippets, tmp_path) == [("orphan", "src"), ("missing", "src/a.py")]


def test_a_file_that_cannot_be_read_has_no_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.py").write_text("x")
    assert content(tmp_path, "a.py") == b"x"

    def refuse(_: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert content(tmp_path, "a.py") is None


def test_a_file_that_cannot_be_replaced_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "a.py").mkdir()
    with pytest.raises(OSError, match=r"a\.py"):
        _replace(tmp_path / "a.py", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["a.py"]
