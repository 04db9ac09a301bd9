"""The hook: what Claude Code says on standard input, what it hears, and the script that its plugin starts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from skillcheck import cli

PLUGIN = Path(__file__).parent.parent / "skills" / "skillcheck"
GOOD = (
    "---\nname: forms\ndescription: Fills forms. Use when the user asks to fill a form.\n---\n# Forms\n\nFill them.\n"
)
WORDLESS = "It knows text fields and check boxes"
BAD = GOOD.replace("name: forms", "name: Forms") + "\n[gone](gone.md)\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    return tmp_path


def put(path: str, text: str = GOOD) -> Path:
    file = Path(path).absolute()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def event(path: object, cwd: object = None, **more: object) -> str:
    """Say what Claude Code says after an edit; the fields are those of its documentation."""
    said = {
        "session_id": "00893aaf",
        "transcript_path": "/home/me/.claude/projects/p/00893aaf.jsonl",
        "cwd": cwd if cwd is not None else str(Path.cwd()),
        "permission_mode": "default",
        "hook_event_name": "PostToolUse",
        "tool_name": "Write",
        "tool_input": {"file_path": path, "content": "…"},
        "tool_response": {"filePath": path, "success": True},
        "tool_use_id": "toolu_01ABC",
    }
    return json.dumps(said | more)


def call(text: str) -> Result:
    return CliRunner().invoke(cli.skillcheck, ["hook"], input=text, catch_exceptions=False)


def heard(path: Path) -> dict[str, Any]:
    done = call(event(str(path)))
    assert done.exit_code == 0
    answer: dict[str, Any] = json.loads(done.stdout) if done.stdout else {}
    return answer


def test_errors_are_what_claude_has_to_act_on() -> None:
    answer = heard(put("skills/forms/SKILL.md", BAD))
    assert answer["decision"] == "block"
    lines = answer["reason"].splitlines()
    assert lines[0] == "skillcheck, after this edit: 3 errors, 0 warnings"
    assert lines[1].startswith("skills/forms/SKILL.md:2:7: error[SK111] the name is 'Forms', expected")
    assert lines[2] == "    fix: rename it to `forms`"
    assert lines[-2] == "skills/forms/SKILL.md:9:1: error[SK401] the link leads to gone.md, which is not in the skill"
    assert set(answer) == {"decision", "reason"}


def test_warnings_alone_are_said_beside_the_edit() -> None:
    answer = heard(put("forms/SKILL.md", GOOD.replace("Use when the user asks to fill a form", WORDLESS)))
    assert set(answer) == {"hookSpecificOutput"}
    said = answer["hookSpecificOutput"]
    assert said["hookEventName"] == "PostToolUse"
    assert said["additionalContext"].startswith(
        "skillcheck, after this edit: 0 errors, 1 warning\nforms/SKILL.md:3:14:"
    )


def test_nothing_is_said_of_a_sound_skill() -> None:
    assert call(event(str(put("forms/SKILL.md")))).stdout == ""


def test_notes_are_not_said() -> None:
    assert heard(put(".claude/skills/forms/SKILL.md", GOOD.replace("---\n#", "argument-hint: x\n---\n#"))) == {}


def test_errors_come_first_and_no_more_than_can_be_read() -> None:
    links = "\n".join(f"[{number}](gone{number}.md)" for number in range(30))
    put("forms/evals/x.md", "")
    reason = heard(put("forms/SKILL.md", GOOD.replace("Use when the user asks to fill a form", WORDLESS) + links))[
        "reason"
    ].splitlines()
    assert reason[0].endswith("30 errors, 1 warning")
    assert sum("error[SK401]" in line for line in reason) == 20
    assert reason[-1] == "and 11 more, which `skillcheck check` tells"


def test_a_long_message_is_cut() -> None:
    reason = heard(put("forms/SKILL.md", f"{GOOD}[x]({'y' * 9000}.md)\n"))["reason"]
    assert len(reason) < 1000
    assert "…" in reason


def test_a_path_is_looked_up_where_the_client_was(here: Path) -> None:
    put("forms/SKILL.md", BAD)
    assert json.loads(call(event("SKILL.md", str(here / "forms"))).stdout)["decision"] == "block"
    assert json.loads(call(event(str(here / "forms/SKILL.md"), 3)).stdout)["decision"] == "block"


def test_a_skill_elsewhere_is_shown_by_its_whole_path(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = put("forms/SKILL.md", BAD)
    (here / "other").mkdir()
    monkeypatch.chdir(here / "other")
    assert f"\n{file}:2:7: error" in heard(file)["reason"]


def test_of_another_file_only_its_own_faults_are_said() -> None:
    put("forms/SKILL.md", f"{BAD}[a](references/a.md)\n")
    assert heard(put("forms/references/a.md", "# A\n")) == {}
    answer = heard(put("forms/references/a.md", "[gone](gone.md)\n"))
    assert [line.partition(" ")[0] for line in answer["reason"].splitlines()[1:]] == [
        "forms/references/a.md:1:1:",
        "",
    ]


def test_manifests_are_judged_as_well() -> None:
    answer = heard(put("p/.claude-plugin/plugin.json", "{"))
    assert answer["reason"].splitlines()[1].startswith("p/.claude-plugin/plugin.json:1:2: error[SK501]")
    assert "error[SK5" in heard(put("m/marketplace.json", '{"name": "m", "plugins": 3}'))["reason"]


def test_the_configuration_of_the_project_is_heard(here: Path) -> None:
    (here / "skillcheck.toml").write_text('ignore = ["SK1", "SK4"]\n')
    assert heard(put("forms/SKILL.md", BAD)) == {}


@pytest.mark.parametrize("path", ["README.md", "src/app.py", "docs/a.md"])
def test_what_belongs_to_no_skill_is_nobodys_business(path: str) -> None:
    assert heard(put(path, "[gone](gone.md)")) == {}


@pytest.mark.parametrize("path", ["gone/SKILL.md", None, 3, "a\0b", ""])
def test_what_is_not_there_is_passed_over(path: object) -> None:
    done = call(event(path))
    assert (done.exit_code, done.stdout) == (0, "")


@pytest.mark.parametrize(
    "text", ["", "no json", "[]", "{}", '{"tool_input": 3}', '{"tool_input": null}', "[" * 100_000, "\udcff{"]
)
def test_what_is_no_event_is_a_wrong_call(text: str) -> None:
    done = CliRunner().invoke(cli.skillcheck, ["hook"], input=text.encode("utf-8", "surrogateescape"))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "standard input holds no event of a hook, which is JSON with `tool_input`" in done.stderr


# What the plugin brings.


def started(text: str, path: str, **variables: str) -> tuple[int, str, str]:
    """Start the plugin's command as Claude Code does, by a shell that finds programs on `path`."""
    settings = json.loads((PLUGIN / "hooks/hooks.json").read_text(encoding="utf-8"))
    ((group,),) = settings["hooks"].values()
    (hook,) = group["hooks"]
    done = subprocess.run(  # noqa: S603 - the plugin's own command
        ["/bin/sh", "-c", hook["command"]],
        input=text,
        env={"PATH": path, "CLAUDE_PLUGIN_ROOT": str(PLUGIN), **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def there(folder: Path) -> str:
    """Return a PATH on which this very skillcheck is found."""
    folder.mkdir()
    script = f'#!/bin/sh\nexec "{sys.executable}" -m skillcheck "$@"\n'
    (folder / "skillcheck").write_text(script, encoding="utf-8")
    (folder / "skillcheck").chmod(0o755)
    return f"{folder}:{os.environ['PATH']}"


def test_the_plugins_hook_tells_what_is_wrong(here: Path) -> None:
    path = there(here / "bin")
    status, said, complaint = started(event(str(put("my forms/SKILL.md", BAD))), path)
    assert (status, complaint) == (0, "")
    assert json.loads(said)["reason"].startswith("skillcheck, after this edit: 3 errors")
    assert started(event(str(put("forms/SKILL.md", GOOD))), path) == (0, "", "")


def test_the_plugins_hook_starts_nothing_for_other_files(here: Path) -> None:
    (here / "bin").mkdir()
    (here / "bin" / "skillcheck").write_text('#!/bin/sh\ntouch "$0.started"\n')
    (here / "bin" / "skillcheck").chmod(0o755)
    path = f"{here / 'bin'}:/usr/bin:/bin"
    told = event(str(put("src/app.py")), tool_input={"file_path": "app.py", "content": 'open("SKILL.md")'})
    assert started(told, path) == (0, "", "")
    assert not (here / "bin" / "skillcheck.started").exists()
    started(event(str(put("forms/SKILL.md"))), path)
    assert (here / "bin" / "skillcheck.started").exists()


@pytest.mark.parametrize("kept", ["CLAUDE_PLUGIN_DATA", "TMPDIR"])
def test_a_missing_skillcheck_is_told_once_and_holds_up_nothing(here: Path, kept: str) -> None:
    file, none = event(str(put("forms/SKILL.md", BAD))), "/usr/bin:/bin"
    (here / "kept").mkdir()
    first, second = (started(file, none, **{kept: str(here / "kept")}) for _ in range(2))
    assert (first[0], first[2]) == (0, "")
    assert "pipx install claude-skillcheck" in json.loads(first[1])["systemMessage"]
    assert second == (0, "", "")


def test_a_missing_skillcheck_is_not_told_of_other_markdown(here: Path) -> None:
    put("forms/SKILL.md")
    done = started(event(str(put("forms/a.md"))), "/usr/bin:/bin", CLAUDE_PLUGIN_DATA=str(here / "kept"))
    assert done == (0, "", "")


def test_another_command_of_that_name_is_told_as_missing(here: Path) -> None:
    (here / "bin").mkdir()
    (here / "bin" / "skillcheck").write_text("#!/bin/sh\necho usage: skillcheck FILE >&2\nexit 2\n")
    (here / "bin" / "skillcheck").chmod(0o755)
    status, said, complaint = started(
        event(str(put("forms/SKILL.md", BAD))), f"{here / 'bin'}:/usr/bin:/bin", CLAUDE_PLUGIN_DATA=str(here / "kept")
    )
    assert (status, complaint) == (0, "")
    assert "not skillcheck, which is another one" in json.loads(said)["systemMessage"]


def test_where_nothing_can_be_kept_nothing_is_told(here: Path) -> None:
    file = put("kept", "a file")
    assert started(event(str(put("f/SKILL.md"))), "/usr/bin:/bin", CLAUDE_PLUGIN_DATA=str(file)) == (0, "", "")
    assert (here / "kept").read_text() == "a file"
