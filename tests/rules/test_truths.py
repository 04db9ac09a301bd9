"""What public skills showed: nothing right is accused, and what is wrong is told where it is."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from skillcheck.load import load
from skillcheck.model import Finding
from skillcheck.rules import judge, nodes

Told = Callable[[Mapping[str, str]], list[Finding]]

HEAD = "---\nname: forms\ndescription: Fills PDF forms. Use when the user asks to fill a form.\n---\n\n"
SKILL = f"{HEAD}Fill them.\n"
PLUGIN: dict[str, Any] = {"name": "forms", "version": "1.0.0", "description": "Forms", "author": {"name": "Ada"}}
BASE = {"p/skills/forms/SKILL.md": SKILL, "p/.claude-plugin/plugin.json": json.dumps(PLUGIN)}
MARKET = {"name": "acme", "owner": {"name": "Ada"}, "description": "Forms", "plugins": []}
LINK = "as git leaves it of a symbolic link that it cannot make"


def codes(found: list[Finding]) -> list[str]:
    return sorted(finding.code for finding in found)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("---\ntitle: Skills\n---\n\n```yaml\n---\nname: forms\ndescription: x\n---\n```\n", []),
        ("---\nconcept: skill\n---\n\ndescription: x\n", []),
        ("---\nname: tables\n---\n\nRead them.\n", ["SK010"]),
        ("---\nname: tables\n", ["SK010"]),
    ],
)
def test_a_page_about_skills_is_none(told: Told, page: str, expected: list[str]) -> None:
    assert codes(told({"forms/SKILL.md": SKILL, "docs/skill.md": page})) == expected


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("p/examples", []),
        ("p/skills/forms/references", []),
        ("other", ["SK518", "SK538"]),
    ],
)
def test_a_marketplace_that_a_plugin_or_skill_shows_is_none(told: Told, folder: str, expected: list[str]) -> None:
    found = told({**BASE, f"{folder}/marketplace.json": json.dumps(MARKET)})
    assert codes([each for each in found if each.code != "SK425"]) == expected


@pytest.mark.parametrize(
    ("link", "target", "expected"),
    [
        ("plugins/forms", "..", "warning"),
        ("loop", ".", "error"),
        ("self", "self", "warning"),
        ("skills/forms/loop", ".", "error"),
    ],
)
def test_links_that_lead_back(tmp_path: Path, link: str, target: str, expected: str) -> None:
    for path, text in BASE.items():
        file = tmp_path / path.removeprefix("p/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    (tmp_path / link).parent.mkdir(exist_ok=True)
    (tmp_path / link).symlink_to(target)
    found = [each for each in judge(nodes(load([tmp_path]))) if each.code == "SK006"]
    assert [each.severity for each in found] == [expected]
    assert bool(found[0].clients) is (expected == "error")


@pytest.mark.parametrize(
    ("path", "expected"),
    [("commands/a.md", []), ("README.md", ["SK001", "SK563"])],
)
def test_a_plugin_needs_no_skill(told: Told, path: str, expected: list[str]) -> None:
    text = "---\ndescription: Fills a form\n---\n\nFill it.\n"
    assert codes(told({".claude-plugin/plugin.json": json.dumps(PLUGIN), path: text})) == expected


def test_more_markdown_than_is_read_breaks_nothing(told: Told) -> None:
    pages = {f"forms/references/{number}.md": "# Page\n\nText.\n" for number in range(201)}
    links = "".join(f"[{number}](references/{number}.md)\n" for number in range(201))
    found = told({"forms/SKILL.md": HEAD + links, **pages})
    assert [(each.code, each.severity) for each in found] == [("SK008", "warning")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Run `sh ${CLAUDE_PLUGIN_ROOT}/scripts/setup.sh` if present.", []),
        ("If it exists, run `sh ${CLAUDE_PLUGIN_ROOT}/scripts/setup.sh`.", []),
        ("Run `sh ${CLAUDE_PLUGIN_ROOT}/scripts/setup.sh`.", ["SK535"]),
    ],
)
def test_a_file_that_may_be_missing(told: Told, line: str, expected: list[str]) -> None:
    files = {**BASE, "p/commands/a.md": f"---\ndescription: Sets up\n---\n\n{line}\n"}
    assert codes(told(files)) == expected


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("# From project root, use the installer", []),
        ("# in the repository root", []),
        ("# NOT YET IMPLEMENTED", []),
        ("# Install it", ["SK404"]),
    ],
)
def test_a_script_of_the_project(told: Told, comment: str, expected: list[str]) -> None:
    block = f"```bash\n{comment}\npython ./scripts/install.py forms\n```\n\nRun `scripts/fill.py`.\n"
    assert codes(told({"forms/SKILL.md": HEAD + block, "forms/scripts/fill.py": "print()\n"})) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Run the repo's validator:\n\n", []),
        ("From the project root:\n", []),
        ("The repo's tests are below.\n\nText.\n\n", ["SK404"]),
        ("Run:\n\n", ["SK404"]),
        ("", ["SK404"]),
    ],
)
def test_a_script_of_the_repository(told: Told, text: str, expected: list[str]) -> None:
    block = f"{text}```bash\npython3 scripts/validate.py\n```\n\nRun `scripts/fill.py`.\n"
    assert codes(told({"forms/SKILL.md": HEAD + block, "forms/scripts/fill.py": "print()\n"})) == expected


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ('text = text.lstrip("\ufeff")\n', []),
        ("text = text.replace('\u200b', '')\n", []),
        ('text = "a\u200b"\n', ["SK427"]),
    ],
)
def test_what_a_program_looks_for_is_no_slip(told: Told, script: str, expected: list[str]) -> None:
    files = {"forms/SKILL.md": f"{HEAD}Run `a.py`.\n", "forms/a.py": f"text = ''\n{script}"}
    assert codes(told(files)) == expected


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (f"````markdown\n{SKILL}````\n", "line 1 opens a code fence around the whole file, frontmatter and all"),
        (
            "\n```yaml\nname: a\n```\n",
            "the fields stand in a code fence, which line 2 opens, not between lines of `---`",
        ),
        ("```yaml\n", "the file has no frontmatter: line 1 is not `---`"),
        ("```sh\nls\n```\n", "the file has no frontmatter: line 1 is not `---`"),
    ],
)
def test_frontmatter_in_a_fence(told: Told, text: str, fact: str) -> None:
    found = [each.message for each in told({"a/SKILL.md": text}) if each.code == "SK101"]
    assert found == [fact]


def test_a_script_that_is_the_text_of_a_link(told: Told) -> None:
    (found,) = told({"forms/SKILL.md": f"{HEAD}Run `a.py`.\n", "forms/a.py": "../other/a.py"})
    assert (found.code, found.message) == ("SK441", f"a.py holds a path alone, {LINK}")


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("references/a.md", "../../shared/a.md", ["SK445"]),
        ("scripts/a.sh", "../../shared/a.sh\n", ["SK445"]),
        ("scripts/a.py", "../../shared/a.py", ["SK441"]),
        ("references/a.md", "../../shared/a.md and more\n\n- text", []),
        ("references/a.md", f"../{'a/' * 150}a.md", []),
    ],
)
def test_other_files_that_are_the_text_of_a_link(told: Told, path: str, text: str, expected: list[str]) -> None:
    assert codes(told({"forms/SKILL.md": f"{HEAD}Read `{path}`.\n", f"forms/{path}": text})) == expected


@pytest.mark.parametrize(("path", "code"), [("tables/SKILL.md", "SK101"), ("p/commands/a.md", "SK526")])
def test_markdown_that_is_the_text_of_a_link(told: Told, path: str, code: str) -> None:
    (found,) = told({**BASE, path: "../../skills/forms/SKILL.md\n"})
    assert (found.code, found.message) == (code, f"the file holds a path alone, {LINK}")


@pytest.mark.parametrize(
    ("tool", "fix"), [("-", "remove it"), ("docker", "remove it, or grant the command as `Bash(docker *)`")]
)
def test_what_is_no_command_is_not_granted_as_one(told: Told, tool: str, fix: str) -> None:
    (found,) = told({"forms/SKILL.md": SKILL.replace("---\n\n", f"allowed-tools: Read, {tool}\n---\n\n")})
    assert (found.code, found.fix) == ("SK202", fix)


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ('"${CLAUDE_PLUGIN_ROOT}/a.sh"', ["SK561"]),
        ('& "${CLAUDE_PLUGIN_ROOT}/a.ps1"', []),
        ("bash x; : <<'END'\n& \"${CLAUDE_PLUGIN_ROOT}/a.sh\"\nEND", []),
        ('cat <<END\nx\nEND\n; "${CLAUDE_PLUGIN_ROOT}/a.sh"', ["SK561"]),
    ],
)
def test_what_a_shell_does_not_run_need_not_be_executable(told: Told, command: str, expected: list[str]) -> None:
    hooks = {"hooks": {"Stop": [{"hooks": [{"type": "command", "command": command}]}]}}
    files = {**BASE, "p/hooks/hooks.json": json.dumps(hooks), "p/a.sh": "true\n", "p/a.ps1": "exit\n"}
    assert codes(told(files)) == expected


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("Keeps notes. Use at the end of a session. <example> User: I'm done for today </example>", ["SK123"]),
        ("Keeps notes. Use when asked to. User: I'm done. Agent: I will note it.", ["SK303"]),
        ("Keeps notes. Use when asked to. User: I'm done.", []),
        ("I can keep notes. Use when asked to.", ["SK303"]),
    ],
)
def test_words_of_a_user_are_not_the_skills(told: Told, description: str, expected: list[str]) -> None:
    found = told({"forms/SKILL.md": f'---\nname: forms\ndescription: "{description}"\n---\n\nFill them.\n'})
    assert codes([each for each in found if each.code in {"SK123", "SK303"}]) == expected


def test_a_mapping_that_the_repair_makes_a_text_is_mended_where_the_fault_is(told: Told) -> None:
    text = SKILL.replace("Fills PDF forms.", "Fills: PDF forms.").replace("---\n\n", "metadata: {a: b}\n---\n\n")
    assert codes(told({"forms/SKILL.md": text})) == ["SK103"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("```\nx\n", "the rest of the file is code"),
        ("- ```\n- x\n- y\n\nText.\n", "and ends with the item or quotation around it"),
    ],
)
def test_how_far_an_unclosed_fence_goes(told: Told, body: str, expected: str) -> None:
    found = [each.message for each in told({"forms/SKILL.md": HEAD + body}) if each.code == "SK406"]
    assert found == [f"the code fence is never closed, {expected}"]


@pytest.mark.parametrize(
    ("script", "place"),
    [
        ("def a(x):\n    ref = x\n    return ref\n\n\ndef b():\n    return ref\n", (7, 12)),
        ("def a(ref):\n    return ref\n\n\nb = lambda: ref\n", (5, 13)),
        ("b = lambda ref: ref\nprint(ref)\n", (2, 7)),
        ("def a():\n    import ref\n    ref()\n\n\ndef b():\n    ref()\n", (7, 5)),
        ("def a():\n    def ref():\n        pass\n    ref()\n\n\nref()\n", (7, 1)),
        ("def a():\n    try:\n        pass\n    except OSError as ref:\n        print(ref)\n\n\nprint(ref)\n", (8, 7)),
        ("def a():\n    b = lambda: 1\n    return [ref for _ in b()]\n", (3, 13)),
    ],
)
def test_a_name_is_told_where_nothing_around_binds_it(told: Told, script: str, place: tuple[int, int]) -> None:
    found = told({"forms/SKILL.md": f"{HEAD}Run `a.py`.\n", "forms/a.py": script})
    assert [(each.code, each.place.line, each.place.column) for each in found] == [("SK444", *place)]


def test_two_escapes_of_one_character_are_read_as_json_has_it(told: Told) -> None:
    text = SKILL.replace("---\n\n", 'metadata: {"icon": "\\ud83d\\udee1 x", "n": [1]}\n---\n\n')
    assert told({"forms/SKILL.md": text}) == []


@pytest.mark.parametrize(
    ("link", "target", "fact"),
    [
        ("up", "..", "the link leads back to `skills`, a folder that holds it"),
        ("references/far", "../../..", "the link leads back to `p`, a folder that holds it"),
        ("own", ".", "the link leads back to `forms`, a folder that holds it"),
    ],
)
def test_a_loop_is_told_at_its_link(tmp_path: Path, link: str, target: str, fact: str) -> None:
    skill = tmp_path / "p/skills/forms"
    (skill / link).parent.mkdir(parents=True)
    (skill / "SKILL.md").write_text(SKILL)
    (skill / link).symlink_to(target)
    found = [each for each in judge(nodes(load([tmp_path]))) if each.code == "SK006"]
    assert [(each.place.path, each.message) for each in found] == [(f"{skill / link}", fact)]


@pytest.mark.parametrize(
    ("folder", "name", "expected"),
    [
        ("forms", "日本", "forms"),
        ("Forms", "日本", "my-skill"),
        ("forms", "Tables", "tables"),
    ],
)
def test_a_name_of_other_letters_becomes_that_of_its_folder(told: Told, folder: str, name: str, expected: str) -> None:
    found = {each.code: each.fix for each in told({f"{folder}/SKILL.md": SKILL.replace("forms", name, 1)})}
    assert found == {"SK111": f"rename it to `{expected}`", "SK113": f"name both `{expected}`"}


def test_a_long_path_is_no_link(told: Told) -> None:
    files = {"forms/SKILL.md": f"{HEAD}Run `a.py`.\n", "forms/a.py": "../" * 100_000 + "!\n"}
    assert [each.message for each in told(files)] == ["a.py does not parse: invalid syntax"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("references/templates/manual.md", []),
        ("references/manual_template.md", []),
        ("references/manual.md", ["SK401", "SK402"]),
    ],
)
def test_links_of_a_template_lead_from_where_it_is_filled_in(told: Told, path: str, expected: list[str]) -> None:
    page = "[Hub](hub.md)\n[Tasks](../../../project/tasks.md)\n"
    found = told({"forms/SKILL.md": f"{HEAD}Copy `{path}` and fill it in.\n", f"forms/{path}": page})
    assert [code for code in codes(found) if code in {"SK401", "SK402"}] == expected


@pytest.mark.parametrize("language", ["[language]", "<language>", "{language}", "python"])
def test_a_fence_that_is_shown_names_its_language_or_a_place_for_it(told: Told, language: str) -> None:
    shown = f"# Form\n\n```{language}\nfill\n```\n\nThen:\n```{language}\nsave\n```\n"
    found = told({"forms/SKILL.md": f"{HEAD}```markdown\n{shown}```\n\nThe end.\n"})
    assert [(each.code, each.place.line) for each in found] == [("SK407", 9)]


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [
        ("markdown", "Fill:\n```\nfill\n```\n\nSave:\n```\nsave\n```\n", [("SK407", 10)]),
        ("text", "Fill:\n```\nfill\n```\n\nSave:\n```\nsave\n```\n", [("SK416", 12)]),
        ("markdown", "Fill:\n```\n\nfill\n```\n\nSave:\n```\nsave\n```\n", [("SK416", 13)]),
    ],
)
def test_a_bare_fence_ends_the_page_that_shows_it(
    told: Told, outer: str, inner: str, expected: list[tuple[str, int]]
) -> None:
    shown = f"```{outer}\n{inner}"
    found = told({"forms/SKILL.md": f"{HEAD}Fill:\n\n{shown}\nThen:\n\n```python\nx = 1\n```\n"})
    assert [(each.code, each.place.line) for each in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<OUT>\nReturn:\n```\nfill\n\nsave\n```\n</OUT>\n\nThe end.\n", [("SK413", 8)]),
        ("<OUT>\nReturn:\n```\nfill\nsave\n```\n</OUT>\n\nThe end.\n", []),
        ("<OUT>\nReturn:\n```text\nfill\nsave\n```\n</OUT>\n\n```\nx\n```\n\nThe end.\n", [("SK413", 8)]),
        ("<OUT>\nReturn:\n```\nfill\n\n```text\nx\n```\n", []),
        ("<OUT>\nReturn:\n```\n\n```\nfill\n```\n", []),
        ("<OUT>\nReturn:\n```\n", []),
    ],
)
def test_a_bare_fence_that_html_swallows(told: Told, text: str, expected: list[tuple[str, int]]) -> None:
    assert [(each.code, each.place.line) for each in told({"forms/SKILL.md": f"{HEAD}{text}"})] == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("The days are [0,2,4](MON/WED/FRI).\n", []),
        ("See [2, 4](references/two.md).\n", []),
        ("See [2](references/two.md).\n", ["SK401"]),
        ("See [a, b](references/two.md).\n", ["SK401"]),
    ],
)
def test_a_list_of_numbers_is_no_text_of_a_link(told: Told, body: str, expected: list[str]) -> None:
    assert codes(told({"forms/SKILL.md": HEAD + body})) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Put the fields into tables-and-more; it keeps them in `references/rows.md`.\n", []),
        ("Load `tables`. Then read `references/rows.md`.\n", []),
        ("Load tables. Then read `references/rows.md`.\n", ["SK405"]),
        ("See `references/rows.md` in `tables` for it.\n", []),
        ("Valid: `./references/all.md` → `x/references/all.md`.\n", []),
        ("Valid: `./references/all.md` → the fields.\n", ["SK405"]),
        ("Load `tables`. Then read `references/gone.md`.\n", ["SK405"]),
        ("Use (`import logo from './assets/logo.png'`) for it.\n", []),
        ("Use `./assets/logo.png` for it.\n", ["SK405"]),
        ("Name it well (e.g. `references/all.md`).\n", []),
        ("Name it well. Read `references/all.md`.\n", ["SK405"]),
        ("Write all of them to one, i.e. `references/all.md`.\n", []),
    ],
)
@pytest.mark.parametrize("is_plugin", [True, False])
def test_files_of_others(told: Told, line: str, expected: list[str], *, is_plugin: bool) -> None:
    plugin = {".claude-plugin/plugin.json": json.dumps(PLUGIN)} if is_plugin else {}
    other = {f"skills/{name}/references/rows.md": "# Rows\n" for name in ("tables", "tables-and-more")}
    own = {f"skills/forms/{folder}/one.md": "# One\n" for folder in ("references", "assets")}
    found = told({**plugin, **other, **own, "skills/forms/SKILL.md": HEAD + line})
    assert codes([each for each in found if each.code == "SK405"]) == expected


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ('codex exec "Analyze scripts/all.py for faults"', []),
        ('codex exec "analyze scripts/all.py"', ["SK405"]),
        ('echo "See scripts/all.py for more"', ["SK405"]),
    ],
)
def test_what_another_program_is_told_in_prose(told: Told, command: str, expected: list[str]) -> None:
    files = {"forms/SKILL.md": f"{HEAD}```bash\n{command}\n```\n", "forms/scripts/one.py": "print(1)\n"}
    assert [code for code in codes(told(files)) if code == "SK405"] == expected


@pytest.mark.parametrize(
    ("path", "line", "expected"),
    [
        ("SKILL.md", r"Write `~` (e.g., `C:\Users\mkowalski\forms` -> `~/forms`).", []),
        ("SKILL.md", r"Write `~`. `C:\Users\mkowalski\forms` is wrong.", ["SK421"]),
        ("SKILL.md", "Such as `/Users/mkowalski/forms`.", []),
        ("SKILL.md", "Read `/Users/jane.doe/forms`.", []),
        ("SKILL.md", "Read `/Users/path/to/forms`.", []),
        ("SKILL.md", "```dockerfile\nCOPY forms /home/mkowalski/forms\n```", []),
        ("SKILL.md", "```bash\ncp forms /home/mkowalski/forms\n```", ["SK421"]),
        ("scripts/test_forms.py", "assert short('/home/mkowalski/forms')", []),
        ("scripts/forms_test.py", "assert short('/home/mkowalski/forms')", []),
        ("scripts/forms.py", "open('/home/mkowalski/forms')", ["SK421"]),
    ],
)
def test_home_folders_that_are_only_shown(told: Told, path: str, line: str, expected: list[str]) -> None:
    files = {"forms/SKILL.md": f"{SKILL}\nRun `{path}`.\n"} if path.startswith("scripts/") else {}
    found = told({**files, f"forms/{path}": line if files else f"{HEAD}{line}\n"})
    assert [code for code in codes(found) if code == "SK421"] == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('It splits words ("ig\u200bnore" has a zero-width space).', []),
        ("Search for U+200B: a\u200bb", []),
        ('It splits words ("ig\u200bnore" has a space).', ["SK427"]),
    ],
)
def test_characters_without_a_width_that_the_line_speaks_of(told: Told, line: str, expected: list[str]) -> None:
    assert codes(told({"forms/SKILL.md": f"{HEAD}{line}\n"})) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Paths (for example `${CLAUDE_SKILL_ROOT}`) should not be used.", []),
        ("Replaced `${CLAUDE_SKILL_ROOT}` with paths.", []),
        ("Never write $CLAUDE_SKILL_ROOT there.", []),
        ("Never mind. Read `${CLAUDE_SKILL_ROOT}/a`, not `b`.", ["SK437"]),
        ("`${CLAUDE_SKILL_ROOT}` should be used.", ["SK437"]),
    ],
)
def test_tokens_that_are_not_to_be_used(told: Told, line: str, expected: list[str]) -> None:
    assert codes(told({"forms/SKILL.md": f"{HEAD}{line}\n"})) == expected


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("When Rolling Deploy Does NOT Apply", ["SK301"]),
        ("When to apply", ["SK302"]),
        ("When this skill applies", ["SK302"]),
        ("When NOT to apply it", ["SK302"]),
    ],
)
def test_headings_on_when_a_thing_applies(told: Told, heading: str, expected: list[str]) -> None:
    text = f"---\nname: forms\ndescription: Fills PDF forms.\n---\n\n# Forms\n\n## {heading}\n\nAlways.\n"
    assert [code for code in codes(told({"forms/SKILL.md": text})) if code in {"SK301", "SK302"}] == expected


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("Skill de observabilidade. Use quando precisar definir logs, metricas e tracing.", []),
        ("Skill de observabilidade, logs, metricas e tracing.", ["SK301"]),
        ("Lists the skills. Use when the user asks for help, or asks what you can do.", []),
        ("Lists the skills. Use when: user asks for help, or asks what you can do.", []),
        ("Lists the skills. Use when listing; you can do it.", ["SK312"]),
        ("Writes memos: the bet, how we will know it, what I can do. Use when asked.", []),
        ("Writes memos: the bet. I can do it. Use when asked.", ["SK303"]),
    ],
)
def test_words_that_say_when(told: Told, description: str, expected: list[str]) -> None:
    text = f"---\nname: forms\ndescription: '{description}'\n---\n\nDo it.\n"
    assert codes(told({"forms/SKILL.md": text})) == expected


@pytest.mark.parametrize(
    ("path", "fix"),
    [
        ("../p/scripts/all.sh", "write `${CLAUDE_PLUGIN_ROOT}/scripts/all.sh`"),
        ("../p/scripts/gone.sh", "move the file into the plugin"),
        ("../other/scripts/all.sh", "move the file into the plugin"),
        ("../../p/scripts/all.sh", "move the file into the plugin"),
        ("p/../all.sh", "move the file into the plugin"),
        ("scripts/../../p/scripts/all.sh", "move the file into the plugin"),
    ],
)
def test_a_path_that_climbs_and_comes_back(told: Told, path: str, fix: str) -> None:
    command = f"---\ndescription: Fills forms\n---\n\nRun `bash ${{CLAUDE_PLUGIN_ROOT}}/{path}`.\n"
    found = told({**BASE, "p/commands/fill.md": command, "p/scripts/all.sh": "echo\n", "all.sh": "echo\n"})
    assert [each.fix for each in found if each.code == "SK535"] == [fix]


@pytest.mark.parametrize(
    ("event", "fix"),
    [
        ("SessionStop", "make it an event that Claude Code knows"),
        ("SesionStart", "write `SessionStart`"),
        ("PreToolUses", "write `PreToolUse`"),
    ],
)
def test_an_event_is_no_slip_of_its_opposite(told: Told, event: str, fix: str) -> None:
    hooks = {"hooks": {event: [{"hooks": [{"type": "command", "command": "true"}]}]}}
    found = told({**BASE, "p/hooks/hooks.json": json.dumps(hooks)})
    assert [each.fix for each in found if each.code == "SK532"] == [fix]


@pytest.mark.parametrize(
    ("timeout", "fixes"),
    [
        (5000, ["write `5`"]),
        (600000, ["write `600`"]),
        (1000, ["write `1`"]),
        (600, []),
        (1800, []),
        (0, []),
        (True, []),
        ("5000", []),
    ],
)
def test_timeouts_in_milliseconds(told: Told, timeout: object, fixes: list[str]) -> None:
    hook = {"type": "command", "command": "true", "timeout": timeout}
    inner: list[Any] = [{"hooks": [{"type": "command", "command": "true"}, hook, "no hook"]}, {"hooks": "none"}]
    found = told({**BASE, "p/hooks/hooks.json": json.dumps({"hooks": {"Stop": inner}}, indent=1)})
    told_of = [each for each in found if each.code == "SK567"]
    assert [each.fix for each in told_of] == fixes
    assert {each.place.line for each in told_of} <= {13}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("See (plugin-root `references/rows.md`).\n", []),
        ("See, in the plugin's root, `references/rows.md`.\n", []),
        ("See (plugin-root `references/gone.md`).\n", ["SK405"]),
        ("See (root `references/rows.md`).\n", ["SK405"]),
    ],
)
def test_files_that_are_said_to_be_the_plugins(told: Told, line: str, expected: list[str]) -> None:
    files = {"p/references/rows.md": "# Rows\n", "p/skills/forms/references/one.md": "# One\n"}
    found = told({**BASE, **files, "p/skills/forms/SKILL.md": HEAD + line})
    assert [code for code in codes(found) if code == "SK405"] == expected


@pytest.mark.parametrize(
    ("value", "place"),
    [
        (">\n  Fills forms.\n  Use when > 10.", (5, 12)),
        ("Fills forms > 10. Use when asked.", (3, 26)),
        ("|-\n  Fills forms > 1. Use when asked.", (4, 15)),
    ],
)
def test_a_bracket_is_told_where_it_is_and_not_where_a_block_begins(
    told: Told, value: str, place: tuple[int, int]
) -> None:
    (found,) = told({"forms/SKILL.md": f"---\nname: forms\ndescription: {value}\n---\n\nDo it.\n"})
    assert (found.code, (found.place.line, found.place.column)) == ("SK124", place)
