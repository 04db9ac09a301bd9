"""Slips of the pen in Markdown and frontmatter: what is told, and its well-formed twin that is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from skillcheck.model import Finding

Told = Callable[[Mapping[str, str]], list[Finding]]

TOP = "---\nname: forms\ndescription: Fills PDF forms. Use when the user asks to fill a form.\n"
MAIN = "skills/forms/SKILL.md"
FILES = {
    "skills/forms/references/fields.md": "# Fields\n",
    "skills/forms/references/all fields.md": "# All fields\n",
    "skills/forms/scripts/fill.py": "print('filled')\n",
}
REST = "\n\n[a](references/fields.md) [b](<references/all fields.md>) `scripts/fill.py`\n"


def said(found: list[Finding]) -> list[tuple[str, int, int]]:
    return [(finding.code, finding.place.line, finding.place.column) for finding in found]


@pytest.mark.parametrize(
    ("bad", "code", "column", "good"),
    [
        ("Read [a]() first.", "SK432", 6, "Read [a](references/fields.md) first."),
        ("Read [a](/references/fields.md).", "SK431", 6, "Read [a](/docs/fields.md)."),
        ("Read [a](file:///srv/fields.md).", "SK431", 6, "Read [a](https://example.com/fields.md)."),
        ("Read [a] (references/fields.md).", "SK433", 6, "Read [a] (all of it)."),
        ("Read [a](references/all fields.md).", "SK433", 6, "Read [a](references/all%20fields.md)."),
        ("Read [a](references/no fields.md).", "SK433", 6, "Read [a](see fields.md)."),
        ("Read (a)[references/fields.md].", "SK433", 6, "Read (a)[b]."),
        ("Read [the fields][f].", "SK433", 6, "Read [the fields][f].\n\n[f]: references/fields.md"),
        ("Read [the fields][].", "SK433", 6, "Find [A][B], x[all][i], `[the fields][f]` and [Your name][Date]."),
        ("Read [a](references/fields.md", "SK433", 6, "Read [a](elsewhere/fields.md"),
        ("Read [a](htps://example.com/x).", "SK435", 6, "Read [a](mailto:ada@example.com)."),
        ("Read [a](https:/example.com/x).", "SK435", 6, "Read [a](HTTPS://example.com/x)."),
        ("Fill caf\ufffd first.", "SK436", 8, "Fill \ufffd first."),
        ("Fill ${CLAUDE_SKILLS_DIR}/x.", "SK437", 6, "Fill ${CLAUDE_PLUGIN_OPTION_KEY}."),
        ("Fill $CLAUDE_SKILL_ROOT/x.", "SK437", 6, "Fill $CLAUDE_PROJECT_DIR/x."),
        ("Fill {{ARGUMENTS}}.", "SK437", 6, "Fill $ARGUMENTS."),
        ("Fill ${ARGUMENTS}.", "SK437", 6, "Fill ${ARGUMENTS}, where ARGUMENTS=1."),
        ("[TODO: say how]", "SK438", 1, "Write `[TODO: say how]` where it is."),
        ("[TODO\uff1asay how]", "SK438", 1, "Write `[TODO\uff1asay how]` where it is."),
        ("<!-- locked", "SK439", 1, "<!-- locked -->"),
        ("<!-- locked", "SK439", 1, "Write `<!--` first."),
        ("'''bash", "SK417", 1, "It's '''quoted''' text."),
        ("``bash", "SK417", 1, "``a `tick` ``"),
        ("` ``bash", "SK417", 1, "` ` ``"),
    ],
)
def test_slips_in_text(told: Told, bad: str, code: str, column: int, good: str) -> None:
    assert said(told({MAIN: f"{TOP}---\n{REST}\n{bad}\n", **FILES})) == [(code, 9, column)]
    assert said(told({MAIN: f"{TOP}---\n{REST}\n{good}\n", **FILES})) == []


@pytest.mark.parametrize(
    "shown", ["[a]()", "[a](/references/fields.md)", "[a](htps://x.y)", "[a] (references/fields.md)"]
)
def test_what_is_shown_as_code_is_no_slip(told: Told, shown: str) -> None:
    assert said(told({MAIN: f"{TOP}---\n{REST}\n`{shown}`\n\n```markdown\n{shown}\n<!-- open\n```\n", **FILES})) == []


def test_tokens_of_scripts_are_their_own(told: Told) -> None:
    files = {**FILES, "skills/forms/scripts/fill.py": 'print("${CLAUDE_SKILL_ROOT}")\n'}
    assert said(told({MAIN: f"{TOP}---\n{REST}", **files})) == []


def test_an_empty_file_that_is_linked(told: Told) -> None:
    files = {MAIN: f"{TOP}---\n{REST}", **FILES, "skills/forms/references/fields.md": ""}
    assert said(told(files)) == [("SK434", 7, 1)]


@pytest.mark.parametrize(
    ("closing", "column", "mended"),
    [("----", 1, True), ("  ---", 3, True), ("--- end", 1, False), ("--------  ", 1, True)],
)
def test_a_closing_line_that_is_none(told: Told, closing: str, column: int, *, mended: bool) -> None:
    found = told({MAIN: f"{TOP}{closing}\n\nFill them.\n"})
    assert said(found) == [("SK117", 4, column)]
    assert [edit.text for edit in found[0].edits] == ["---"] * mended


@pytest.mark.parametrize("closing", ["---", "---  ", "---\r"])
def test_a_closing_line(told: Told, closing: str) -> None:
    assert said(told({MAIN: f"{TOP}{closing}\n\nFill them.\n"})) == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('compatibility: ""', ["SK129"]),
        ("compatibility:", ["SK129"]),
        ("compatibility: Python 3.11", []),
        ("arguments: form 2", ["SK106", "SK109"]),
        ("arguments: [form, '2']", ["SK106", "SK109"]),
        ("arguments: [form, 2]", ["SK105", "SK109"]),
        ("arguments: form page2", ["SK109"]),
        ("license: !mit MIT", ["SK103"]),
        ("license: !!str MIT", []),
        ("license: ! MIT", []),
        ("metadata:\n  - !mit MIT", ["SK103", "SK127"]),
    ],
)
def test_values(told: Told, line: str, expected: list[str]) -> None:
    assert sorted(finding.code for finding in told({MAIN: f"{TOP}{line}\n---\n\nFill them.\n"})) == expected


@pytest.mark.parametrize(
    "root",
    [
        "~/.claude/skills/forms/",
        ".claude/skills/forms/",
        "$HOME/.claude/skills/forms/",
        "/mnt/skills/user/forms/",
        "/mnt/skills/forms/",
        "${CLAUDE_PLUGIN_ROOT}/skills/forms/",
    ],
)
def test_files_below_the_places_where_skills_are_kept(told: Told, root: str) -> None:
    block = f"```bash\npython {root}scripts/none.py\npython {root}none.py\npython {root}scripts/fill.py\n```\n"
    others = block.replace("forms/", "sheets/")
    found = told({MAIN: f"{TOP}---\n{REST}\n{block}\n{others}", **FILES})
    assert said(found) == [("SK404", 10, 8 + len(root)), ("SK404", 11, 8 + len(root))]


@pytest.mark.parametrize(
    ("section", "column"),
    [
        ("TODO: say how", 1),
        ("- **TBD**", 5),
        ("Fill them.\n\nTODO: say more", None),
        ("TODO lists are filled.", None),
        ("- **TBD** until Monday", None),
    ],
)
def test_a_section_that_was_never_filled_in(told: Told, section: str, column: int | None) -> None:
    expected = [] if column is None else [("SK438", 8, column)]
    assert said(told({MAIN: f"{TOP}---\n\n## How\n\n{section}\n"})) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("license: TODO", [("SK438", 4, 10)]),
        ('license: "TODO: choose one"', [("SK438", 4, 11)]),
        ("compatibility: >-\n  TBD", [("SK438", 5, 3)]),
        ("license: MIT  # TODO: ask", []),
        ("compatibility: TODO lists of every kind", []),
    ],
)
def test_values_that_were_never_filled_in(told: Told, line: str, expected: list[tuple[str, int, int]]) -> None:
    assert said(told({MAIN: f"{TOP}{line}\n---\n\nFill them.\n"})) == expected


def test_a_template_is_to_be_filled_in(told: Told) -> None:
    text = f"{TOP}---\n\n[TODO: say how]\n"
    for path in ("templates/skill-skeleton/skills/forms/SKILL.md", "skill-template/forms/SKILL.md"):
        assert "SK438" not in [finding.code for finding in told({path: text})]
    assert "SK438" in [finding.code for finding in told({"skills/forms/SKILL.md": text})]
