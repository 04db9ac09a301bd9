from __future__ import annotations

import ast
import errno
import hashlib
import json
import os
import runpy
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from zipfile import ZipFile

import click
import pytest
from click.testing import CliRunner, Result

import skillcheck.__main__ as command
from skillcheck import checking, cli
from skillcheck.rules import RULES

GOOD = """\
---
name: adding
description: Adds numbers. Use when numbers have to be added.
---
# Adding

```python
print(1 + 2)
```
"""
Project = Callable[..., Path]
Call = Callable[..., Result]
Snapshot = Callable[[str, str], None]


@pytest.fixture
def project(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Write files below an empty project that is the working directory."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    monkeypatch.setenv("SKILLCHECK_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))
    monkeypatch.setenv("UV_OFFLINE", "1")
    monkeypatch.setenv("UV_NO_INDEX", "1")

    def project(files: Mapping[str, str] | None = None) -> Path:
        for name, text in ({"skills/adding/SKILL.md": GOOD} if files is None else files).items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return project


def call(*arguments: str) -> Result:
    return CliRunner().invoke(cli.skillcheck, arguments, catch_exceptions=False)


def called(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Call the command as a user does, in a process of its own."""
    return subprocess.run(  # noqa: S603 - this very package
        [sys.executable, "-m", "skillcheck", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(Path(cli.__file__).parent.parent)} | more,
    )


def test_a_good_skill_is_clean(project: Project, snapshot: Snapshot) -> None:
    project()
    done = call("check", "skills/adding")
    assert done.exit_code == 0
    snapshot("cli-check-good", done.output)


def test_a_bad_skill_has_findings(project: Project, snapshot: Snapshot) -> None:
    project({"skills/adding/SKILL.md": GOOD.replace("name: adding", "name: Adding!")})
    done = call("check", "skills")
    assert done.exit_code == 1
    snapshot("cli-check-bad", done.output)


def test_what_is_not_there_is_a_finding(project: Project, snapshot: Snapshot) -> None:
    project()
    done = call("check", "nowhere")
    assert done.exit_code == 1
    snapshot("cli-check-missing", done.output)


def test_this_folder_is_the_default(project: Project) -> None:
    project()
    assert call("check").exit_code == 0
    assert json.loads(call("check", "--format", "json").output)["findings"] == []


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_each_format_is_taken(project: Project, form: str) -> None:
    project({})
    done = call("check", "--format", form)
    assert done.exit_code == 1
    assert "SK001" in done.output or "no-skill" in done.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "--format", "xml"), "'xml' is not one of"),
        (("chekc",), "No such command 'chekc'"),
        (("run", "-j", "0"), "0 is not in the range"),
        (("explain",), "Missing argument 'CODE'"),
        (("explain", "SK000"), "no rule has the code or the name 'SK000'; `skillcheck rules` lists them all"),
        (("marketplace",), "no marketplace is configured; name it in [tool.skillcheck.marketplace], with its owner"),
    ],
)
def test_a_wrong_call_has_a_status_of_its_own(project: Project, arguments: tuple[str, ...], said: str) -> None:
    project()
    done = call(*arguments)
    assert done.exit_code == 2
    assert said in done.output


def test_a_rule_is_explained_by_its_code_or_its_name() -> None:
    rule = next(rule for rule in RULES if rule.name == "name-mismatch")
    for wanted in (rule.code, rule.code.lower(), rule.name, rule.name.upper()):
        done = call("explain", wanted)
        assert done.exit_code == 0
        assert done.output.startswith(f"{rule.code} name-mismatch (error)\n\n{rule.summary}\n")
        assert "Source: https://agentskills.io" in done.output


def test_a_rule_without_source_or_clients_is_explained() -> None:
    rule = next(rule for rule in RULES if not rule.source and not rule.clients)
    assert call("explain", rule.code).output.endswith("\n\nClients: all\n")


def test_the_rules_are_listed() -> None:
    lines = call("rules").output.splitlines()
    assert [line.split()[0] for line in lines] == [rule.code for rule in RULES]
    assert all(rule.summary in line for rule, line in zip(RULES, lines, strict=True))


def test_help_and_version_are_given() -> None:
    assert "Prove Claude skills" in call("-h").output
    assert call("--version").output.startswith("skillcheck, version ")


def test_extracted_snippets_are_clean_until_the_skill_changes(project: Project) -> None:
    root = project()
    assert call("extract", "--check").exit_code == 1
    assert call("extract").exit_code == 0
    assert call("extract", "--check").exit_code == 0
    (root / "skills/adding/SKILL.md").write_text(GOOD.replace("1 + 2", "1 + 20"))
    done = call("extract", "--check")
    assert done.exit_code == 1
    assert "error[SK701]" in done.output or "stale" in done.output
    assert "-print(1 + 2)\n" in done.output
    assert "+print(1 + 20)\n" in done.output


def test_a_marketplace_is_written(project: Project) -> None:
    configured = '[marketplace]\nname = "sums"\nowner = {name = "Somebody"}\n'
    root = project({"skills/adding/SKILL.md": GOOD, "skillcheck.toml": configured})
    assert call("marketplace", "--check").exit_code == 1
    assert call("marketplace").exit_code == 0
    assert call("marketplace", "--check").exit_code == 0
    assert json.loads((root / "marketplace.json").read_text())["plugins"][0]["name"] == "adding"


def test_the_marketplace_of_a_release_lists_its_zips(project: Project) -> None:
    configured = (
        '[marketplace]\nname = "sums"\nowner = {name = "Somebody"}\n[skills.adding]\nsource = {source = "npm"}\n'
    )
    root = project({"skills/adding/SKILL.md": GOOD, "skillcheck.toml": configured})
    release = ("marketplace", "--archives", "https://x.example/v1/{name}.zip")
    done = call(*release)
    assert (done.exit_code, "dist/adding.zip is not there; `skillcheck verify` leaves it" in done.output) == (2, True)
    assert call("pack").exit_code == 0
    done = call(*release)
    assert (done.exit_code, done.output.splitlines()[0]) == (
        0,
        "note: dist/marketplace.json: 1 plugin, each the ZIP of that hash",
    )
    assert json.loads((root / "dist/marketplace.json").read_text())["plugins"][0]["source"] == {
        "source": "archive",
        "url": "https://x.example/v1/adding.zip",
        "sha256": hashlib.sha256((root / "dist/adding.zip").read_bytes()).hexdigest(),
    }
    assert not (root / "marketplace.json").exists()
    done = call(*release, "--check")
    assert (done.exit_code, "--archives writes and --check does not" in done.output) == (2, True)


def test_somebodys_zip_is_mended(project: Project) -> None:
    root = project()
    with zipfile.ZipFile("some.zip", "w") as made:
        made.writestr("SKILL.md", GOOD)
    done = call("pack", "--from", "some.zip", "--format", "skill", "--report", "json")
    assert done.exit_code == 0
    assert json.loads(done.output)["packed"][0]["path"] == "dist/adding.skill"
    with zipfile.ZipFile(root / "dist/adding.skill") as packed:
        assert packed.namelist() == ["adding/SKILL.md"]
    assert call("pack", "--format", "skill").exit_code == 0
    for words in (("skills", "--from", "some.zip"), ("--from", "skills")):
        done = call("pack", *words)
        assert done.exit_code == 2
        assert "--from takes .zip and .skill files, and no other PATH stands beside it" in done.output
    (root / "dist/adding.zip").mkdir()
    done = call("pack", "--from", "some.zip")
    assert (done.exit_code, "cannot be written: " in done.output) == (2, True)


def test_blocks_are_run(project: Project) -> None:
    root = project()
    done = call("run", "-j", "1", "--format", "json")
    assert done.exit_code == 0
    (result,) = json.loads(done.output)["results"]
    assert (result["level"], result["outcome"], result["line"]) == ("covered", "passed", 7)
    (root / "skills/adding/SKILL.md").write_text(GOOD.replace("1 + 2", "one + 2"))
    done = call("run", "skills/adding")
    assert done.exit_code == 1
    assert "skills/adding/SKILL.md:8:7: error[SK802] `one` is not bound\n" in done.output


def test_an_environment_that_cannot_be_made_is_a_finding(project: Project) -> None:
    project()
    done = call("run", "-r", "nothing-of-that-name")
    assert done.exit_code == 1
    assert "--requirement:1:1: error[SK820] `nothing-of-that-name` cannot be installed: " in done.output
    assert call("run", "--python", "/nowhere/python").exit_code == 1


def test_what_is_installed_is_told_on_standard_error(project: Project) -> None:
    project()
    done = call("run", "-r", "nothing-of-that-name")
    assert done.stderr == (
        "adding: installing for its blocks, from the package index:\n"
        "  nothing-of-that-name  --requirement:1:1 command line\n"
    )
    assert call("run").stderr == ""
    done = call("run", "-r", "nothing-of-that-name", "--no-install")
    assert (done.exit_code, done.stderr) == (0, "")


def test_a_zip_is_the_same_each_time(project: Project) -> None:
    root = project()
    zips = []
    for _ in range(2):
        assert call("pack").exit_code == 0
        zips.append((root / "dist/adding.zip").read_bytes())
    assert zips[0] == zips[1]
    with ZipFile(root / "dist/adding.zip") as archive:
        assert "adding/SKILL.md" in archive.namelist()
    assert call("check", "dist/adding.zip").exit_code == 0


def test_all_is_verified(project: Project) -> None:
    root = project()
    done = call("verify")
    assert done.exit_code == 0
    assert "packed dist/adding.zip: " in done.output
    (root / "skills/adding/SKILL.md").write_text(GOOD.replace("1 + 2", "1 +"))
    done = call("verify", "--format", "github")
    assert done.exit_code == 1
    assert "::error file=skills/adding/SKILL.md,line=8," in done.output


def test_what_cannot_be_written_is_a_wrong_call(project: Project) -> None:
    root = project()
    (root / "dist").write_text("")
    done = call("pack")
    assert done.exit_code == 2
    assert f"{root / 'dist'} cannot be written: " in done.output


def test_the_configuration_is_that_of_the_first_path(project: Project) -> None:
    files = {"a/skillcheck.toml": 'ignore = ["SK001"]\n', "a/x/note.md": "", "b/note.md": ""}
    project(files)
    assert call("check", "a/x").exit_code == 0
    assert call("check", "b").exit_code == 1
    assert checking.configured(()).root == Path.cwd()


class Terminal:
    """A stream that says that it is a terminal."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> int:
        self.text += text
        return len(text)

    def flush(self) -> None: ...

    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_progress_in_one_line(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project()
    monkeypatch.setenv("COLUMNS", "20")
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with pytest.raises(SystemExit) as ended:
        cli.skillcheck(["run"], standalone_mode=False)
    assert ended.value.code == 0
    assert terminal.text.startswith("\r\x1b[Kadding: installing \r\x1b[K")
    assert terminal.text.endswith("\r\x1b[K")


@pytest.mark.parametrize(("variable", "coloured"), [("", True), ("NO_COLOR", False)])
def test_a_terminal_sees_colours_unless_it_says_no(
    project: Project, monkeypatch: pytest.MonkeyPatch, variable: str, *, coloured: bool
) -> None:
    project({})
    monkeypatch.delenv("NO_COLOR", raising=False)
    if variable:
        monkeypatch.setenv(variable, "")
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    with pytest.raises(SystemExit):
        cli.skillcheck(["check"], standalone_mode=False)
    assert ("\x1b[" in terminal.text) is coloured


def ended(monkeypatch: pytest.MonkeyPatch, raised: BaseException | None) -> object:
    """Return the status with which the command ends when it raises."""

    def broken(*, standalone_mode: bool, obj: object) -> None:
        assert not standalone_mode
        assert obj is None
        if raised is not None:
            raise raised

    monkeypatch.setattr(cli, "skillcheck", broken)
    with pytest.raises(SystemExit) as stop:
        command.main()
    return stop.value.code


def test_a_defect_of_ours_has_a_status_of_its_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(monkeypatch, KeyError("oops")) == 70
    told = capsys.readouterr().err
    assert "KeyError: 'oops'\nthis is a defect of skillcheck; please report it with the lines above\n" in told


def test_a_reader_that_leaves_ends_it_quietly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    silenced: list[int] = []

    def dup2(opened: int, to: int) -> None:
        silenced.append(to)
        os.close(opened)

    with (tmp_path / "out").open("w") as stream, monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", stream)
        patch.setattr(os, "dup2", dup2)
        assert ended(patch, BrokenPipeError()) == 1
        assert silenced == [stream.fileno()]
    assert capsys.readouterr().err == ""


def test_a_status_passes_through(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ended(monkeypatch, SystemExit(2)) == 2
    assert ended(monkeypatch, None) == 0
    assert ended(monkeypatch, click.Abort()) == 130
    assert ended(monkeypatch, click.UsageError("no")) == 2


def test_the_package_is_the_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["skillcheck", "rules"])
    with pytest.raises(SystemExit) as stop:
        runpy.run_path(str(command.__file__), run_name="__main__")
    assert stop.value.code == 0
    assert capsys.readouterr().out.startswith("SK001")


def test_where_no_folder_is_named_by_the_version_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read = command._version()
    monkeypatch.setattr(os.path, "isdir", lambda _: False)
    assert command._version() == read


def test_the_version_is_said_without_loading_the_rooms(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["skillcheck", "--version"])
    with pytest.raises(SystemExit) as stop:
        command.main()
    assert (stop.value.code, capsys.readouterr().out) == (0, call("--version").output)
    text = "import sys\nsys.argv[1:] = ['--version']\nfrom skillcheck.__main__ import main\n"
    told = "try: main()\nfinally: print([name for name in sys.modules if name.startswith(('click', 'skillcheck.'))])"
    words = [sys.executable, "-c", text + told]
    done = subprocess.run(words, capture_output=True, text=True, check=True)  # noqa: S603 - this interpreter
    assert done.stdout.splitlines()[1] == "['skillcheck.__main__']"


@pytest.mark.parametrize("words", [["check", "-h"], ["check", "--format", "json"], ["check", "--fix", "--diff"]])
def test_checking_alone_answers_as_the_whole_command_does(
    words: list[str], project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project()
    monkeypatch.setattr(sys, "argv", ["skillcheck", *words])
    monkeypatch.setattr("click.core._detect_program_name", lambda: "skillcheck")
    with pytest.raises(SystemExit) as stop:
        command.main()
    whole = CliRunner().invoke(cli.skillcheck, words, prog_name="skillcheck")
    told = capsys.readouterr()
    assert (stop.value.code, told.out, told.err) == (whole.exit_code, whole.stdout, whole.stderr)


def test_checking_loads_nothing_that_runs_blocks() -> None:
    told = "import sys, skillcheck.checking; print([name for name in sys.modules if name.startswith('skillcheck.')])"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)  # noqa: S603
    loaded = {name.split(".")[1] for name in ast.literal_eval(done.stdout)}
    assert loaded.isdisjoint({"blocks", "environments", "runner", "verify", "site", "pack"})


def test_a_process_ends_with_the_status(project: Project) -> None:
    project()
    done = called("check")
    assert (done.returncode, done.stderr) == (0, "")
    assert called("check", "nowhere").returncode == 1
    assert called("nonsense").returncode == 2


def test_a_closed_pipe_leaves_no_traceback(project: Project) -> None:
    project()
    done = subprocess.run(  # noqa: S602 - the shell makes the pipe
        f"{sys.executable} -m skillcheck rules | head -c 1",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(Path(cli.__file__).parent.parent)},
    )
    assert (done.stdout, done.stderr) == ("S", "")


def test_text_of_any_kind_can_be_told_anywhere(project: Project) -> None:
    body = GOOD.replace("print(1 + 2)", "raise ValueError('\\ud800 \\x1b[31m é')")
    project({"skills/adding/SKILL.md": body})
    for encoding in ("utf-8", "ascii"):
        done = called("run", "skills", PYTHONIOENCODING=encoding)
        assert done.returncode == 1, done.stderr
        assert "\x1b[31m" not in done.stdout
        assert "ValueError" in done.stdout


def test_what_was_measured_is_remembered_until_it_is_forgotten(project: Project) -> None:
    project()
    assert call("cache", "clear").exit_code == 0
    first = call("run", "skills")
    assert first.exit_code == 0
    told = call("cache", "info").output
    assert told.endswith(" bytes\n")
    assert ": 0 results" not in told
    assert call("run", "skills").output == first.output
    assert call("run", "--no-cache", "skills").exit_code == 0
    assert call("cache", "clear").output.endswith(" results forgotten\n0 answers forgotten\n")
    told = call("cache", "info").output
    assert ": 0 results, 0 bytes\n" in told
    assert told.endswith("/answers: 0 answers, 0 bytes\n")


def test_less_isolation_than_is_asked_for_is_refused(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project()
    assert call("run", "--require-isolation", "namespaces+landlock+seccomp", "skills").exit_code == 0
    monkeypatch.setattr(cli, "isolation", lambda: ("landlock",))
    assert call("run", "--require-isolation", "process", "skills").exit_code == 0
    refused = call("run", "--require-isolation", "landlock+seccomp", "skills")
    assert refused.exit_code == 2
    assert refused.output.endswith("Error: programs would be held by landlock here, not by seccomp\n")
    monkeypatch.setattr(cli, "isolation", tuple)
    assert "by limits alone here" in call("run", "--require-isolation", "landlock+seccomp", "skills").output


def test_a_closed_output_changes_no_status(project: Project) -> None:
    project()
    command_line = f"{sys.executable} -m skillcheck check >&- 2>&-"
    assert subprocess.run(["/bin/sh", "-c", command_line], check=False).returncode == 0  # noqa: S603


def test_what_is_closed_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    really = os.fstat

    def closed(descriptor: int) -> os.stat_result:
        if descriptor < 3:
            raise OSError
        return really(descriptor)

    opened: list[str] = []
    monkeypatch.setattr(os, "fstat", closed)
    monkeypatch.setattr(os, "open", lambda path, _: opened.append(path))
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    command._open_what_is_closed()
    with sys.stdout, sys.stderr:
        assert (opened, sys.stdout.name) == ([os.devnull] * 3, os.devnull)


def test_a_full_disk_is_no_defect_of_ours(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def end(status: int) -> None:
        raise SystemExit(status)

    monkeypatch.setattr(os, "_exit", end)
    assert ended(monkeypatch, OSError(errno.ENOSPC, "No space left on device")) == 2
    assert capsys.readouterr().err == "Error: the report cannot be written: No space left on device\n"
    assert ended(monkeypatch, OSError(errno.EIO, "?")) == 70


def test_only_what_was_looked_at_has_a_verdict(project: Project) -> None:
    project()
    assert call("check").output.startswith("claude-code: loads · claude-ai: upload taken · spec: valid · ")
    assert not call("run").output.startswith("claude-code")
    assert "takes it" not in call("extract", "skills").output


def test_evidence_is_asked_for(project: Project) -> None:
    project()
    done = call("evidence", "skills/adding")
    assert done.exit_code == 1
    assert "error[SK707] the skill has no EVIDENCE.json, so nothing says what of it was proven" in done.output
    assert call("evidence", "--rerun", "skills/adding").exit_code == 1


def test_a_site_is_made(project: Project) -> None:
    root = project()
    done = call("site", "skills", "--output", "site", "--title", "Mine")
    assert done.exit_code == 0
    assert "note: site: 1 skill on 11 files; open site/index.html" in done.output
    assert "<h1>Mine</h1>" in (root / "site/index.html").read_text()


def test_a_site_that_cannot_be_written_is_a_wrong_call(project: Project) -> None:
    root = project()
    (root / "site").mkdir()
    (root / "site/index.html").mkdir()
    done = call("site", "skills", "--output", "site")
    assert done.exit_code == 2
    assert "site/index.html cannot be written: Is a directory" in done.output


def test_a_language_server_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    started = []
    monkeypatch.setattr("skillcheck.language_server.server.Server.start_io", lambda _: started.append(True))
    assert (call("lsp").exit_code, started) == (0, [True])


def test_a_language_server_says_what_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "skillcheck.language_server.server", raising=False)
    monkeypatch.setitem(sys.modules, "pygls.lsp.server", None)
    told = call("lsp")
    assert told.exit_code == 2
    assert "`pip install 'claude-skillcheck[lsp]'`" in told.output
