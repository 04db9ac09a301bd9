"""Calls that nobody means: each says what is wrong and what to do, and none ends as if all were well."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from skillcheck import cli

SKILL = "---\nname: forms\ndescription: Fills forms. Use when asked to fill one.\n---\n\n```python\nprint(1)\n```\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    return tmp_path


def call(*arguments: str) -> Result:
    return CliRunner().invoke(cli.skillcheck, arguments, catch_exceptions=False)


def put(path: str, content: bytes = SKILL.encode()) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_bytes(content)


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("check", ""), 1, ".:1:1: error[SK002] an empty path leads nowhere"),
        (("check", "notes.txt"), 1, "notes.txt:1:1: error[SK003] `notes.txt` is no skill and holds none"),
        (("explain", "missing-nam"), 2, "no rule has the code or the name 'missing-nam', did you mean `missing-name`?"),
        (("explain", "SK999"), 2, "no rule has the code or the name 'SK999'; `skillcheck rules` lists them all"),
        (("new", "claude-forms"), 2, "64 at most, without the words claude and anthropic"),
        (
            ("check", "--baseline", "none.json"),
            2,
            "none.json: the baseline cannot be read: No such file or directory; ",
        ),
        (("check", "--baseline", "none.json"), 2, "--write-baseline makes one"),
        (
            ("check", "--output", "a/b"),
            2,
            "a/b cannot be written: No such file or directory; make the folder that is to",
        ),
        (("site", "none", "--output", "pages"), 1, "note: pages: not written, there is no skill to show"),
        (("run", "broken.zip"), 1, "broken.zip:1:1: error[SK601] not a ZIP file that can be read"),
        (("run", "latin"), 1, "latin/SKILL.md:2:8: error[SK004] byte 0xff"),
        (("run", "large"), 1, "large/SKILL.md:1:1: error[SK005] the file holds "),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(arguments: tuple[str, ...], status: int, said: str) -> None:
    put("notes.txt", b"x")
    put("broken.zip", b"x")
    put("latin/SKILL.md", b"---\nname: l\xff\n---\n")
    put("large/SKILL.md", SKILL.encode() + b"x" * (1 << 20))
    done = call(*arguments)
    assert (done.exit_code, said in " ".join(done.output.split())) == (status, True), done.output


def test_no_site_takes_the_place_of_one_where_there_is_no_skill() -> None:
    put("pages/index.html", b"kept")
    call("site", "none", "--output", "pages")
    assert Path("pages/index.html").read_bytes() == b"kept"


@pytest.fixture
def locked(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return what keeps anybody from looking below a folder."""

    def lock(folder: str) -> None:
        real = os.stat

        def refused(path: str | Path | int, **options: bool) -> os.stat_result:
            if f"{folder}/" in str(path):
                raise PermissionError(13, "Permission denied", str(path))
            return real(path, **options)

        monkeypatch.setattr(os, "stat", refused)

    return lock


@pytest.mark.parametrize("command", ["check", "run"])
def test_a_path_that_may_not_be_looked_at_is_told(locked: Callable[[str], None], command: str) -> None:
    put("closed/forms/SKILL.md")
    locked("closed")
    done = call(command, "closed/forms")
    assert (done.exit_code, "closed/forms:1:1: error[SK003] cannot be read: " in done.output) == (1, True), done.output


def test_a_manifest_that_may_not_be_looked_at_keeps_nobody_from_the_rest(locked: Callable[[str], None]) -> None:
    put(".claude-plugin/plugin.json", b"{}")
    put("skills/forms/SKILL.md")
    locked(".claude-plugin")
    assert "1 skill · 0 errors" in call("check").output
