"""Links, files and fences: what is told, and what is passed over on purpose."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillcheck.load.markdown import document
from skillcheck.load.source import decode
from skillcheck.model import (
    Block,
    Data,
    Document,
    Fault,
    FaultKind,
    Finding,
    Frontmatter,
    Link,
    Place,
    Script,
    Severity,
    Skill,
)
from skillcheck.rules import judge
from skillcheck.rules.fences import is_meant_as_code, slips

Told = Callable[[Mapping[str, str]], list[Finding]]

TOP = "---\nname: forms\ndescription: Fills PDF forms. Use when the user asks to fill a form.\n---\n\n"
MAIN = "skills/forms/SKILL.md"


def codes(found: list[Finding]) -> list[str]:
    return [finding.code for finding in found]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("[a](references/fields.md) [b](./references/fields.md#fields) [c](references/) [d](references)", []),
        ("[a](https://example.com/x.md) [b](mailto:ada@example.com) [c](//example.com/x.md)", []),
        ("[a]({baseDir}/references/fields.md) [b](.claude/skills/forms/references/fields.md)", []),
        ("[a](${CLAUDE_SKILL_DIR}/references/none.md)", ["SK401"]),
        ("[a](url) [b](<path/to/file.md>) [c](<your-file.md>) [d](<{name}.md>)", []),
        ("[a](/docs/forms.md) [b](~/forms.md)", []),
        ("![logo](assets/logo.png)", ["SK401"]),
        ("`[a](references/none.md)`\n\n```markdown\n[a](references/none.md)\n```", []),
        ("[a](../../README.md) [b](..)", ["SK402", "SK402"]),
        ("[a](references/fields.md#nowhere)", ["SK403"]),
        ("[a](references/feilds.md)", ["SK401"]),
        ("[a](references/fields%2Emd)", []),
        ("[a](#️-fields)\n\n## ⚡️ fields", []),
        ("[a](#)", []),
        ("[a](./part-name.md) [b](my-form.md) [c](your_form.md) [d](x/xxx.md)", []),
        ("[a](rename.md) [b](new-forms.md)", ["SK401", "SK401"]),
        ("- [code-file-1.md](code-file-1.md) - [Description]", []),
        ("- [code-file-1.md](code-file-1.md) - [x] [done] `[Description]` [More](https://example.com)", ["SK401"]),
    ],
)
def test_links(told: Told, body: str, expected: list[str]) -> None:
    found = told({MAIN: f"{TOP}{body}\n", "skills/forms/references/fields.md": "# Fields\n"})
    assert [code for code in codes(found) if code != "SK425"] == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<!-- to be written -->\n", ["SK411"]),
        ("<!-- a -->\n\n# Forms\n", ["SK411"]),
        ("# Forms <!-- a\nb -->\n", []),
        ("<!-- a -->\n\n# Forms\n\n<!-- b\n", ["SK439"]),
        ("<!-- to be\nwritten -->\n\n<!-- soon -->\n", ["SK411"]),
        ("<!-- short -->\n\nFill each field by its name.\n", []),
        ("Write `<!--` before what is not to be read, and `-->` after it.\n", []),
    ],
)
def test_comments_teach_nothing(told: Told, body: str, expected: list[str]) -> None:
    assert codes(told({MAIN: f"{TOP}{body}"})) == expected


def test_a_near_path_is_named(told: Told) -> None:
    files = {MAIN: f"{TOP}[a](references/feilds.md)\n", "skills/forms/references/fields.md": "# Fields\n"}
    assert [finding.fix for finding in told(files) if finding.code == "SK401"] == ["link to `references/fields.md`"]


@pytest.mark.parametrize(
    ("page", "target", "fix"),
    [
        (MAIN, "fields.md", "link to `references/deep/fields.md`"),
        (MAIN, "Fields.md", "link to `references/deep/fields.md`"),
        ("skills/forms/references/all.md", "fields.md", "link to `deep/fields.md`"),
        (MAIN, "tables.md", "add the file, or remove the link"),
    ],
)
def test_a_file_of_that_name_in_another_folder_is_named(told: Told, page: str, target: str, fix: str) -> None:
    held = ("references/deep/fields.md", "references/a/tables.md", "references/b/tables.md")
    files = {f"skills/forms/{path}": "# Fields\n" for path in held}
    files |= {MAIN: f"{TOP}[all](references/all.md)\n", "skills/forms/references/all.md": "# All\n"}
    files[page] += f"\n[a]({target})\n"
    assert [finding.fix for finding in told(files) if finding.code == "SK401"] == [fix]


def test_links_of_a_reference_start_at_its_folder(told: Told) -> None:
    files = {
        MAIN: f"{TOP}[a](references/fields.md)\n",
        "skills/forms/references/fields.md": "# Fields\n\n[back](../SKILL.md) [next](more.md) [out](../../x.md)\n",
    }
    assert codes(told(files)) == ["SK401", "SK402"]


def test_links_of_a_reference_may_start_at_the_root_as_well(told: Told) -> None:
    fields = "# Fields\n\n[b](references/more.md) [c](references/more.md#x) [d](SKILL.md) [e](references/none.md)\n"
    files = {
        MAIN: f"{TOP}Read `references/fields.md`.\n",
        "skills/forms/references/fields.md": fields,
        "skills/forms/references/more.md": "# More\n",
    }
    assert codes(told(files)) == ["SK426", "SK403", "SK401"]


def test_a_template_speaks_for_others(told: Told) -> None:
    files = {
        MAIN: f"{TOP}[a](assets/letter.md)\n",
        "skills/forms/assets/letter.md": "# Letter\n\n[b](nowhere.md) `scripts/none.py`\n",
    }
    assert told(files) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("```bash\npython scripts/none.py\n```", ["SK404"]),
        ("```bash\npython3 -u ./scripts/none.py form.pdf\nbash scripts/none.py\n```", ["SK404"]),
        ("```bash\n./scripts/none.sh\n```", ["SK404"]),
        ("```bash\nuv run scripts/fill.py\n```", []),
        ("```bash\ncat scripts/none.py\n```", ["SK405"]),
        ("```bash\npython assets/none.py\n```", ["SK405"]),
        ("```bash\ncat > scripts/made.py <<END\nEND\npython scripts/made.py\n```", []),
        ("```python\n# scripts/made.py\nprint()\n```\n\n```bash\npython scripts/made.py\n```", []),
        ("```bash\npython other/scripts/none.py\npython ../scripts/none.py\n```", []),
        ("```bash\npython ${CLAUDE_PLUGIN_ROOT}/scripts/none.py\n```", []),
        ("```bash\npython scripts/{name}.py\npython scripts/*.py\n```", []),
        ("```python\nrun('scripts/none.py')\n```", []),
        ("Run `scripts/none.py` first.", ["SK405"]),
        ("The values are in `references/none.md`.", ["SK405"]),
        ("The values of `references/none.md`.", []),
        ("Read `references/none.md`.", ["SK405"]),
        ("Create `scripts/none.py` in the project.", []),
        ("Read `references/filename.md`.", []),
        ("Run `scripts/fill.py`.", []),
        (
            "Read `references/none.md`.\n\n```bash\npython scripts/none.py\n```\n\nRun `scripts/none.py`.",
            ["SK405", "SK404"],
        ),
    ],
)
def test_mentions(told: Told, body: str, expected: list[str]) -> None:
    assert codes(told({MAIN: f"{TOP}{body}\n", "skills/forms/scripts/fill.py": "print()\n"})) == expected


def test_a_command_outweighs_prose(told: Told) -> None:
    body = "Run `scripts/none.py`.\n\n```bash\npython scripts/none.py\n```"
    (finding,) = told({MAIN: f"{TOP}{body}\n", "skills/forms/scripts/fill.py": "print()\n"})
    assert (finding.code, finding.place.line, finding.place.column) == ("SK404", 9, 8)


def test_an_incomplete_list_of_files_proves_nothing() -> None:
    full = Fault(FaultKind.TOO_MANY_FILES, Place("s"), "a fact", "a remedy")
    link = Link("none.md", "a", Place("s/SKILL.md", 2))
    document = Document("s/SKILL.md", "SKILL.md", "x\nRun `scripts/none.py`\n", 1, links=(link,))
    frontmatter = Frontmatter(Data({}, {(): Place("s/SKILL.md")}), Place("s/SKILL.md"))
    skill = Skill("s", "s", "/s", frontmatter, (document,), faults=(full,))
    assert "SK401" not in codes(list(judge([skill])))


def test_a_skill_without_documents_has_no_body_to_judge() -> None:
    frontmatter = Frontmatter(Data({"description": "Toolkit of PDF forms."}, {(): Place("s")}), Place("s"))
    assert codes(list(judge([Skill("s", "s", "/s", frontmatter, ())]))) == ["SK110", "SK301"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("````markdown\n```python\n```\n````", []),
        ("~~~\n```python\n```\n~~~", []),
        ("```\n$ ```\n```", []),
        ("```markdown\n```python\nx\n```\n\nprose\n\n```\nmore\n```", ["SK407"]),
        ("    ```python\n    x", []),
        ("<details>\n<summary>x</summary>\ntext\n```text\nx\n```\n</details>", ["SK413"]),
        ("text\n\n```text\nx\n```", []),
        ("text\n```text\nx\n", ["SK406"]),
        ("1. list\n\n   ```text\n   x\n   ```", []),
        ("text that says\n> ```text\n> x\n> ```", []),
        ("<Bad>\n```text\nx\n\ny\n```\nprose\n\n```python\nz\n```", ["SK413"]),
        ("`code`\n\n<!--\n```python\nx\n-->", []),
    ],
)
def test_fences(told: Told, body: str, expected: list[str]) -> None:
    assert codes(told({MAIN: f"{TOP}{body}\n"})) == expected


def test_a_fence_in_a_comment_that_opens_the_file_is_not_meant(told: Told) -> None:
    files = {MAIN: f"{TOP}[a](notes.md)\n", "skills/forms/notes.md": "<!--\n```python\nx\n-->\n"}
    assert told(files) == []


@pytest.mark.parametrize(
    ("body", "told_of"),
    [
        ("a\U000e0041b", "the line holds the invisible character U+E0041"),
        ("\U0001f3f4\U000e0067\U000e0062\U000e007f", None),
        ("a\x00b", "the line holds the invisible character U+0000"),
        ("a\x1b[31mb", "the line holds the invisible character U+001B"),
        ("a\x7fb", "the line holds the invisible character U+007F"),
        ("a\u202eb", "the line holds the invisible character U+202E"),
        ("\U0001f468\u200d\U0001f469", None),
    ],
)
def test_invisible_text(told: Told, body: str, told_of: str | None) -> None:
    assert [finding.message for finding in told({MAIN: f"{TOP}{body}\n"})] == ([told_of] if told_of else [])


@pytest.mark.parametrize(("count", "expected"), [(499, []), (520, ["SK409"])])
def test_long_body(told: Told, count: int, expected: list[str]) -> None:
    assert codes(told({MAIN: TOP + "line\n" * count})) == expected


def test_nested_skills_are_told_once(told: Told) -> None:
    files = {MAIN: f"{TOP}Fill.\n", "skills/forms/a/SKILL.md": "x", "skills/forms/b/SKILL.md": "x"}
    (found,) = (finding for finding in told(files) if finding.code == "SK410")
    assert found.message == "the skill holds a second SKILL.md: a/SKILL.md and 1 more"
    assert found.severity is Severity.ERROR
    in_plugin = told({**files, ".claude-plugin/plugin.json": '{"name": "forms"}'})
    assert [finding.severity for finding in in_plugin if finding.code == "SK410"] == [Severity.WARNING]


@pytest.mark.parametrize(
    ("tag", "meant"),
    [
        ("pyhton", "python"),
        ("pythn", "python"),
        ("javascritp", "javascript"),
        ("typscript", "typescript"),
        ("bahs", "bash"),
        ("jsno", "json"),
        ("dokerfile", "dockerfile"),
    ],
)
def test_a_misspelt_language_is_told_with_what_is_meant(tag: str, meant: str) -> None:
    (found,) = judge([Block("SKILL.md", 0, tag, tag, "x\n", 8, 1, Place("SKILL.md", 7))])
    assert (found.code, found.message, found.fix) == ("SK415", f"no language is called `{tag}`", f"write `{meant}`")


@pytest.mark.parametrize(
    "tag",
    [
        *("", "python", "py", "jsonl", "jsonc", "json5", "tsx", "mermaid", "plaintext", "output", "svelte", "prisma"),
        *("yml", "env", "cron", "abc", "xhtml", "shellsession", "jinja", "hcl", "kusto", "typst", "skill", "prompt"),
    ],
)
def test_what_is_no_slip_is_left_alone(tag: str) -> None:
    assert list(judge([Block("SKILL.md", 0, tag, tag, "x\n", 8, 1, Place("SKILL.md", 7))])) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "```markdown\n# Form\n\n```python\nx\n```\n\nend\n```\n\ntext",
            "SK407:10 give the fence of line 7 one mark more",
        ),
        ("```text\na\n\n```\nx\n```\n\n```python\ny\n```\n\nend\n```", "SK407:10 give the fence of line 7 one mark"),
        (
            "```markdown\n# Form\n\n## Next\n\n```python\nx\n```\n\ntext",
            "SK407:12 close the fence of line 7 before this",
        ),
        ("```json\n{}\n\n```text\na\n```\n\n```\nb\n```\ntext", "SK407:10 close the fence of line 7 before this"),
        ("Fill it.\n```\n\n## Next\n\n```python\nx\n```", "SK416:8 remove it"),
        ("Fill it.\n```\n\n## Next\n\n- a", "SK416:8 remove it"),
        ("Fill it.\n\n```\n", "SK416:9 remove it"),
        ("Fill it.\n```\n\n## A\n```\nx\n```\n\n## B\n```\ny\n```\n\n```python\nz\n```\n\nw", "SK416:8 remove it"),
        ("```text\nx\n```\n````\n\n## A\n\n```text\ny\n```", "SK416:10 remove it"),
        ("```python\n# x\n\n```\ntree\n```\n\n## Next\n\n```text\ny\n```\n\nz", "SK407:10 close the fence of"),
        ("Fill it.\n```\n\n## Next\n\n```\nx\n```\n\ntext", "SK416:8 remove it"),
        ("```\nx\n\ny", "SK406:7 close it"),
    ],
)
def test_the_fence_that_slipped_first_is_told(told: Told, body: str, expected: str) -> None:
    (finding,) = told({MAIN: f"{TOP}\n{body}\n"})
    assert f"{finding.code}:{finding.place.line} {finding.fix}".startswith(expected)


@pytest.mark.parametrize(
    "body",
    [
        "```markdown\n# Form\n\n```python\nx\n```\n\n[a](none.md) [b](../none.md) [c](#none)\n```\n\ntext",
        "[a](none.md)\n\nRead `references/none.md`.\n```\n\n```python\nx\n```",
        "```markdown\n# Form\n\n```bash\nx\n```\n\n```bash\npython scripts/none.py\n```\n\nend\n```\n\ntext",
    ],
)
def test_what_was_meant_as_code_is_not_read_as_text(told: Told, body: str) -> None:
    found = told({MAIN: f"{TOP}{body}\n", "skills/forms/scripts/fill.py": "print()\n"})
    assert [finding.code for finding in found] in (["SK407"], ["SK416"])


@settings(deadline=None)
@given(st.lists(st.sampled_from(["```", "```text", "~~~", "````markdown", "text", "", "<b>", "> ```", "- ```text"])))
def test_any_fences_are_read(body: list[str]) -> None:
    text = "\n".join(body)
    read, _ = document(decode("SKILL.md", text.encode())[0], "SKILL.md", 1)
    found = slips(read)
    assert [slip.line for slip in found] == sorted({slip.line for slip in found})
    assert all(slip.outer <= slip.line <= len(body) for slip in found)
    assert not found or is_meant_as_code(read, found[0].outer)


def test_headings_that_slipped_fences_hide_may_be_there(told: Told) -> None:
    body = "[a](#end)\n\n```markdown\n```python\nx\n```\n\nend\n```\n\n## End\n"
    assert codes(told({MAIN: f"{TOP}{body}"})) == ["SK407"]


def test_text_above_a_slipped_fence_is_read(told: Told) -> None:
    body = "[a](none.md)\n\n```markdown\n```python\nx\n```\n\nend\n```\n"
    assert codes(told({MAIN: f"{TOP}{body}"})) == ["SK401", "SK407"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Read the tables-guide skill's `references/none.md`.", []),
        ("Read `tables-guide`'s\n`references/none.md`.", []),
        ("See `tables-guide` \u2014 its `references/none.md`.", []),
        ("Follow `references/none.md` in the tables-guide skill.", []),
        ("Follow `references/none.md` in the forms skill.", ["SK405"]),
        ("Read this skill's `references/none.md`.", ["SK405"]),
        ("Read the skill's own `references/none.md`.", ["SK405"]),
        ("Read forms' rules.\n\nRead `references/none.md`.", ["SK405"]),
        ("Read [`references/none.md`](https://example.com/none.md).", []),
        ("Read `assets/my-form.pdf`, `scripts/script_name.py`, `references/your_notes.md`.", []),
        ("Read `references/rename.md`.", ["SK405"]),
        ("Read `assets/none.yml.template`.", ["SK405"]),
    ],
)
def test_mentions_in_prose(told: Told, body: str, expected: list[str]) -> None:
    assert codes(told({MAIN: f"{TOP}{body}\n"})) == expected


def test_the_whole_name_of_a_file_is_told(told: Told) -> None:
    (finding,) = told({MAIN: f"{TOP}Read `assets/none.yml.template`.\n"})
    assert "assets/none.yml.template" in finding.message


@pytest.mark.parametrize(
    ("commands", "owned", "bare"),
    [
        ("python scripts/none.py --out x.pdf", ["SK404"], ["SK405"]),
        ("cd scripts\npython scripts/none.py", ["SK404"], ["SK405"]),
        ("# \u274c BAD: too small\npython scripts/none.py", [], []),
        ("# Don't run\npython scripts/none.py", [], []),
        ("# GOOD: small\npython scripts/none.py", [], []),
        ("# A good one\npython scripts/none.py", ["SK404"], ["SK405"]),
        ("git clone https://example.com/x.git\ncd x\npython scripts/none.py", ["SK405"], []),
        ("ruff check src/\npython scripts/none.py", ["SK405"], []),
        ("kubectl apply -f x.yaml\n./scripts/none.sh", ["SK405"], []),
        ("git clone https://example.com/x.git\npython {baseDir}/scripts/none.py", ["SK404"], ["SK404"]),
        ("pip install git+https://example.com/x.git\n```\n\n```bash\npython scripts/none.py", ["SK405"], []),
        ("python {baseDir}/scripts/none.py assets/in.pdf", ["SK404"], ["SK404"]),
        ("python <SKILL_DIR>/scripts/none.py assets/in.pdf", ["SK430", "SK404"], ["SK430", "SK404"]),
        ("python [path-to-skill]/scripts/none.py assets/in.pdf", ["SK404"], ["SK404"]),
        ("python <project>/scripts/none.py", ["SK430"], ["SK430"]),
        ("python {baseDir}/scripts/none.py scripts/more.py", ["SK404", "SK405"], ["SK404"]),
    ],
)
def test_commands_of_a_project_are_no_certain_miss(
    told: Told, commands: str, owned: list[str], bare: list[str]
) -> None:
    text = f"{TOP}```bash\n{commands}\n```\n"
    assert codes(told({MAIN: text})) == bare
    assert codes(told({MAIN: text, "skills/forms/scripts/fill.py": "print()\n"})) == owned


def test_scripts_of_a_repository_that_another_page_fetches_are_not_the_skills(told: Told) -> None:
    page = "# Training\n\n```bash\npython scripts/train.py\n```\n"
    files = {MAIN: f"{TOP}See [training](references/training.md).\n", "skills/forms/references/training.md": page}
    assert codes(told(files)) == ["SK405"]
    fetching = f"{files[MAIN]}\n```bash\ngit clone https://example.com/x.git\n```\n"
    assert codes(told(files | {MAIN: fetching})) == []


@pytest.mark.parametrize(
    ("target", "fix"),
    [
        ("../tables/SKILL.md", "name the skill tables in words, or link to it by https"),
        ("../tables/SKILL.md#fields", "name the skill tables in words, or link to it by https"),
        ("../shared/fields.md", "copy the file into the skill, or link to it by https"),
    ],
)
def test_what_leaves_the_skill_is_named(told: Told, target: str, fix: str) -> None:
    assert [finding.fix for finding in told({MAIN: f"{TOP}[a]({target})\n"})] == [fix]


def test_a_file_of_another_name_is_not_what_a_link_meant(told: Told) -> None:
    files = {MAIN: f"{TOP}[a](references/papers.md)\n", "skills/forms/references/api.md": "# API\n"}
    assert [finding.fix for finding in told(files) if finding.code == "SK401"] == ["add the file, or remove the link"]


@pytest.mark.parametrize(
    ("top", "body", "expected"),
    [
        ("", "It costs $1 a page, or $2.50.", [(6, 10)]),
        ("", "```bash\nawk '{print $3}'\n```", [(7, 13)]),
        ("", "It costs \\$1, $1M, $$1 and US$1.", []),
        ("argument-hint: form\n", "Fill $0.", []),
        ("arguments: form\n", "Fill $0.", []),
        ("", "Fill $ARGUMENTS, $0 first.", []),
    ],
)
def test_tokens_that_arguments_replace(told: Told, top: str, body: str, expected: list[tuple[int, int]]) -> None:
    head = TOP.removesuffix("---\n\n")
    found = told({MAIN: f"{head}{top}---\n\n{body}\n"})
    assert [(each.place.line, each.place.column) for each in found if each.code == "SK422"] == expected


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.sh", "# Fills\nimport os\n", "2: scripts/a.sh holds Python, its name says shell"),
        ("a.sh", "#!/usr/bin/env python3\nprint()\n", "1: scripts/a.sh holds Python, its name says shell"),
        ("a.sh", "#!/usr/bin/env node\n", "1: scripts/a.sh holds JavaScript, its name says shell"),
        ("a.sh", '"""Fills."""\n', "1: scripts/a.sh holds Python, its name says shell"),
        ("a.py", "#!/bin/bash\nset -e\n", "1: scripts/a.py holds shell, its name says Python"),
        ("a.py", "set -euo pipefail\n", "1: scripts/a.py holds shell, its name says Python"),
        ("a.sh", "#!/bin/sh\r\necho\r\n", "1: the lines of scripts/a.sh end in CRLF, which a shell does not read"),
        ("a.sh", "#!/usr/bin/env bash\nimport x.png out.png\n", None),
        ("a.sh", "echo hi\n", None),
        ("a.sh", "", None),
        ("a.py", "import os\n", None),
        ("a.rb", "#!/usr/bin/env python3\n", None),
    ],
)
def test_languages_of_scripts(name: str, text: str, expected: str | None) -> None:
    found = judge([Script(f"skills/forms/scripts/{name}", f"scripts/{name}", text)])
    told = [f"{each.place.line}: {each.message}" for each in found if each.code == "SK424"]
    assert told == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("body", "files", "expected"),
    [
        ("Fill.", ["references/a.md", "scripts/b.py"], ["references/a.md", "scripts/b.py"]),
        ("See `references/a.md`, run filler.", ["references/a.md", "scripts/filler.py"], []),
        ("See the files of references/ first.", ["references/a.md"], []),
        ("See `references/*.md`.", ["references/a.md"], []),
        ("See [a](references/a.md).", ["references/a.md", "references/b.md"], ["references/b.md"]),
        ("See `references/a.md`.", ["references/a.md", "references/b.md"], ["references/b.md"]),
        ("Fill `templates/a.md`.", ["templates/a.md", "references/b.md"], []),
        ("Fill.", ["scripts/__init__.py", "scripts/test_a.py", "references/README.md", "assets/a.md"], []),
    ],
)
def test_files_that_nothing_names(told: Told, body: str, files: list[str], expected: list[str]) -> None:
    found = told({MAIN: f"{TOP}\n{body}\n", **{f"skills/forms/{path}": "# X\n" for path in files}})
    assert [each.place.path.partition("forms/")[2] for each in found if each.code == "SK425"] == expected


def test_depth_is_counted_from_skill_md(told: Told) -> None:
    files = {
        MAIN: f"{TOP}\n[a](references/a.md), `references/d.md`\n",
        "skills/forms/references/a.md": "[b](b.md) [a](a.md) [s](../SKILL.md)\n",
        "skills/forms/references/b.md": "[c](c.md) [d](d.md)\n",
        "skills/forms/references/c.md": "[b](b.md)\n",
        "skills/forms/references/d.md": "# D\n",
    }
    found = [each for each in told(files) if each.code == "SK426"]
    assert [(each.place.path.rpartition("/")[2], each.place.line, each.place.column) for each in found] == [
        ("a.md", 1, 1),
        ("b.md", 1, 1),
    ]
    assert found[1].message == "references/c.md is 3 links away from SKILL.md, over references/b.md"


def test_backslashes_are_told_of_files_that_are_there(told: Told) -> None:
    files = {
        MAIN: f"{TOP}\nRead `references\\fields.md`, not `references\\none.md` or `C:\\references\\fields.md`.\n",
        "skills/forms/references/fields.md": "# Fields\n",
    }
    (finding,) = [each for each in told(files) if each.code == "SK428"]
    assert (finding.place.line, finding.place.column, finding.fix) == (7, 7, "write `references/fields.md`")


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("scripts/a.py", "def f(:\n    pass\n", "1:7: scripts/a.py does not parse: invalid syntax"),
        (
            "scripts/a.py",
            "x = 1\ny = 'a\n",
            "2:5: scripts/a.py does not parse: unterminated string literal (detected at line 2)",
        ),
        ("scripts/a.py", "import sys\n\nprint(sys.argv)\n", None),
        ("scripts/a.py", 'x = "\\d" is 1\n', None),
        ("scripts/a.py", "x = \0\n", "1:1: scripts/a.py does not parse: source code string cannot contain null bytes"),
        ("scripts/a.py", "-" * 100_000 + "1\n", None),
        ("scripts/a.py", "x = (\n{{ values }}\n", None),
        ("scripts/a.py", "type X = (\n", None),
        ("scripts/a.py", "#!/usr/bin/env python2\nprint 'x'\n", None),
        ("scripts/a.py", "#!/bin/bash\nif true; then\n", None),
        ("scripts/a.py", "#!/usr/bin/env python3\nprint(\n", "2:6: scripts/a.py does not parse: '(' was never closed"),
        ("assets/a.py", "def f(:\n", None),
        ("scripts/view_template.py", "def f(:\n", None),
        ("scripts/a.js", "def f(:\n", None),
    ],
)
def test_python_scripts_parse(told: Told, path: str, text: str, expected: str | None) -> None:
    found = told({MAIN: f"{TOP}Run `{path}`.\n", f"skills/forms/{path}": text})
    broken = [f"{each.place.line}:{each.place.column}: {each.message}" for each in found if each.code == "SK441"]
    assert broken == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("print(Path('x'))\n", ["1:7 `Path` and never binds it: a NameError"]),
        ("def f():\n    return json.dumps(1)\n\njson.loads('1')\n", ["2:12 `json` and never binds it: a NameError"]),
        ("class A:\n    x = y\n    def f(self):\n        return z\n", ["2:9 `y`", "4:16 `z`"]),
        ("b = [each for each in a]\n", ["1:23 `a`"]),
        (
            "def f(x: Dict) -> List:\n    return x\n",
            ["1:10 `Dict` and never binds it: a NameError before Python 3.14", "1:19 `List`"],
        ),
        ("async def f() -> Dict:\n    return Dict()\n", ["2:12 `Dict` and never binds it: a NameError"]),
        ("from __future__ import annotations\n\ndef f(x: Dict) -> None: ...\n", []),
        ("def f():\n    x: Dict = {}\n    return x\n", []),
        ("def f():\n    global made\n    made = 1\n\nf()\nprint(made)\n", []),
        ("def f():\n    global made\n    return made\n", ["3:12 `made`"]),
        ("class A:\n    global made\n    made = 1\n\nprint(made, A)\n", []),
        ("import os\nfrom re import compile as make\nfor x in (1,):\n    print(os, make, x, __file__, len)\n", []),
        ("def f():\n    from os import *\n", []),
        ("from os.path import *\nprint(join('a'))\n", []),
        ("try:\n    unicode\nexcept NameError:\n    unicode = str\nprint(raw)\n", []),
        ("print(x\n", []),
        ("print({{ name }}, lacking)\n", []),
        ("try:\n    import a\nexcept ImportError:\n    a = None\nwith open('x') as b:\n    print(a, b)\n", []),
    ],
)
def test_scripts_bind_the_names_that_they_use(told: Told, text: str, expected: list[str]) -> None:
    found = told({MAIN: f"{TOP}Run `scripts/fill.py`.\n", "skills/forms/scripts/fill.py": text})
    unbound = [each for each in found if each.code == "SK444"]
    said = [f"{each.place.line}:{each.place.column} {each.message.partition(' uses ')[2]}" for each in unbound]
    assert len(said) == len(expected)
    assert all(one.startswith(other) for one, other in zip(said, expected, strict=True)), said
    assert [one.endswith("later") for one in said] == ["3.14" in other or "`List`" in other for other in expected]


def test_templates_of_scripts_are_passed_over_for_names(told: Told) -> None:
    files = {MAIN: f"{TOP}See `assets/fill.py`.\n", "skills/forms/assets/fill.py": "print(lacking)\n"}
    assert "SK444" not in codes(told(files))
