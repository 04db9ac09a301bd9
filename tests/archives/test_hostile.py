"""Every damaged or hostile archive is explained, none reaches beyond itself, and what can be mended is."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from tests.archives.hostile import CASES, Case

from skillcheck.config import Config
from skillcheck.lint import lint
from skillcheck.model import File, Place, Report, Severity
from skillcheck.verify import mending, remade

NAME = "forms.zip"
EVERY = pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in CASES.items()])


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder deep in another, so that what leaves the archive would be seen."""
    home = tmp_path / "a" / "b"
    home.mkdir(parents=True)
    monkeypatch.chdir(home)
    return tmp_path


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}


def told(report: Report) -> dict[str, str]:
    return {found.code: found.message for found in report.findings if found.severity is not Severity.NOTE}


def errors(report: Report) -> list[str]:
    return [found.message for found in report.findings if found.severity is Severity.ERROR]


@EVERY
def test_it_is_explained_and_never_unpacked(case: Case, here: Path) -> None:
    Path(NAME).write_bytes(case.data)
    found = told(lint([NAME], Config(Path.cwd())))
    assert set(found) == case.codes
    assert any(case.words in message for message in found.values())
    assert files(here) == {"a/b/forms.zip"}


@EVERY
def test_it_is_mended_or_told_what_keeps_it_from_that(case: Case, here: Path) -> None:
    Path(NAME).write_bytes(case.data)
    report = remade([NAME], Config(Path.cwd()), "zip")
    members: list[str] = []
    for packed in report.packed:
        with zipfile.ZipFile(packed.path) as made:
            assert made.testzip() is None
            members += made.namelist()
        assert errors(lint([packed.path], Config(Path.cwd()))) == []
    assert sorted(members) == sorted(case.mended)
    assert bool(errors(report)) is not bool(case.mended)
    assert files(here) == {"a/b/forms.zip", *(f"a/b/{packed.path}" for packed in report.packed)}
    assert Path(NAME).read_bytes() == case.data


def test_there_are_enough_of_them() -> None:
    assert len(CASES) > 30


def notes(name: str, given: str = NAME) -> tuple[str, ...]:
    Path(given).parent.mkdir(exist_ok=True)
    Path(given).write_bytes(CASES[name].data)
    return remade([given], Config(Path.cwd()), "zip").notes


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("at-the-top", "forms: the top of the archive became forms/"),
        ("too-deep", "forms: the folder a/b/ became forms/"),
        ("backslashes", "forms: backslashes in paths became slashes"),
        ("foreign-key", "forms: model was taken out of the frontmatter"),
        ("link-inside", "forms: link.md became the file that it points at"),
        ("colon", "forms: a:b.md became a-b.md"),
        ("stray", "forms: .env was left out: `.env` starts with a dot"),
        ("plugin-inside", "forms: .claude-plugin/plugin.json was left out: `.claude-plugin` starts with a dot"),
        ("beside-the-folder", "forms.zip: left out, because no skill holds it: README.md"),
        ("parent", "forms.zip: left out, because no skill holds it: ../escaped.md"),
    ],
)
def test_each_thing_that_was_done_is_told(name: str, said: str) -> None:
    assert said in notes(name)


def test_what_needs_no_mending_is_packed_without_a_word() -> None:
    Path(NAME).write_bytes(CASES["at-the-top"].data)
    remade([NAME], Config(Path.cwd()), "zip")
    assert remade(["dist/forms.zip"], Config(Path.cwd()), "skill").notes == ()
    assert Path("dist/forms.skill").read_bytes() == Path("dist/forms.zip").read_bytes()


def test_what_it_is_made_from_is_never_written_over() -> None:
    notes("too-deep", "dist/forms.zip")
    assert Path("dist/forms.zip").read_bytes() == CASES["too-deep"].data
    assert Path("dist/forms-mended.zip").is_file()


def test_a_skill_in_another_gets_a_zip_of_its_own() -> None:
    inner = {"forms/SKILL.md": "forms", "forms/more/SKILL.md": "more", "forms/more/a.md": ""}
    head = "---\nname: {}\ndescription: Fills forms. Use when the user asks to fill a form.\n---\n# A\n\nB.\n"
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for path, name in inner.items():
            made.writestr(path, head.format(name) if name else "x")
    Path(NAME).write_bytes(held.getvalue())
    report = remade([NAME], Config(Path.cwd()), "zip")
    assert [(packed.path, packed.members) for packed in report.packed] == [("dist/forms.zip", 1), ("dist/more.zip", 2)]
    assert "forms: more is a skill of its own" in report.notes


def test_what_cannot_be_read_twice_is_not_taken_over() -> None:
    def broken() -> bytes:
        raise OSError

    assert not mending._is_same(File("a", Place("a"), 1, bytes), File("a", Place("a"), 1, broken))
