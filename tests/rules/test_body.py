"""Links, files and fences: what is told, and what is passed over on purpose."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from skillcheck.model import Block, Data, Document, Fault, FaultKind, Finding, Frontmatter, Link, Place, Skill
from skillcheck.rules import judge

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
    ],
)
def test_links(told: Told, body: str, expected: list[str]) -> None:
    assert codes(told({MAIN: f"{TOP}{body}\n", "skills/forms/references/fields.md": "# Fields\n"})) == expected


def test_a_near_path_is_named(told: Told) -> None:
    files = {MAIN: f"{TOP}[a](references/feilds.md)\n", "skills/forms/references/fields.md": "# Fields\n"}
    assert [finding.fix for finding in told(files)] == ["link to `references/fields.md`"]


def test_links_of_a_reference_start_at_its_folder(told: Told) -> None:
    files = {
        MAIN: f"{TOP}[a](references/fields.md)\n",
        "skills/forms/references/fields.md": "# Fields\n\n[back](../SKILL.md) [next](more.md) [out](../../x.md)\n",
    }
    assert codes(told(files)) == ["SK401", "SK402"]


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
        ("The values are in `references/none.md`.", []),
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
    found = [finding.message for finding in told(files) if finding.code == "SK410"]
    assert found == ["the skill holds a second SKILL.md: a/SKILL.md and 1 more"]


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
