"""What `--diff` writes is what `patch` and `git apply` take, whatever the file is called and however its lines end."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from skillcheck import cli
from skillcheck.reporters.visible import patchable

SKILL = "---\nname: PDF-Forms\ndescription: Fills forms. Use when a form is to be filled.\n---\n\nText.\n"
TEXTS = {
    "plain": SKILL,
    "crlf": SKILL.replace("\n", "\r\n"),
    "no-end": SKILL.replace("\n\nText.\n", ""),
    "changed-last-line": SKILL.replace("Text.\n", "It isnâ€™t."),
    "mark": f"\ufeff{SKILL}",
    "blanks": SKILL.replace("---\n\n", "---  \n\t\n \n"),
}
FOLDERS = ("skills", "my skills", 'a "b"', "tab\tbed", "größe")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    return tmp_path


def applied(file: Path, difference: bytes) -> bytes:
    """Return what git makes of the file by what skillcheck printed, its other words included."""
    git = shutil.which("git") or pytest.skip("git is not installed")
    command = [git, "apply", "-p0", "-"]
    subprocess.run(command, input=difference, check=True, capture_output=True)  # noqa: S603 - ours
    return file.read_bytes()


CASES = [*((folder, "crlf") for folder in FOLDERS), *(("skills", text) for text in TEXTS)]


@pytest.mark.parametrize(("folder", "kind"), CASES)
def test_a_difference_can_be_applied_as_it_is_printed(folder: str, kind: str) -> None:
    text = TEXTS[kind]
    file = Path(folder, "pdf-forms", "SKILL.md")
    file.parent.mkdir(parents=True)
    file.write_bytes(text.encode())
    shown = CliRunner().invoke(cli.skillcheck, ["check", "--diff", "--unsafe-fixes"])
    CliRunner().invoke(cli.skillcheck, ["check", "--fix", "--unsafe-fixes"])
    fixed = file.read_bytes()
    assert fixed != text.encode()
    file.write_bytes(text.encode())
    shutil.rmtree(".git")
    assert applied(file, shown.stdout_bytes) == fixed


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (" a \t\r", " a \t\r"),
        ("+\ufeff\u200d", "+\ufeff\u200d"),
        ("-a\rb\x1b[1m\u202e\u2028", "-a\\rb\\x1b[1m\\u202e\\u2028"),
    ],
)
def test_a_line_of_a_difference_keeps_all_but_what_controls_a_terminal(line: str, shown: str) -> None:
    assert patchable(line) == shown
