"""Frontmatter and triggers: values that the examples in the rules don't show."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from skillcheck.model import Client, Finding, Severity

Told = Callable[[Mapping[str, str]], list[Finding]]

DESCRIPTION = "description: Fills PDF forms. Use when the user asks to fill a form."


def skill(frontmatter: str, body: str = "# Forms\n\nFill them.") -> dict[str, str]:
    return {"skills/forms/SKILL.md": f"---\n{frontmatter}\n---\n\n{body}\n"}


@pytest.mark.parametrize(
    ("line", "codes", "message"),
    [
        ("context: inline", [("SK109")], None),
        ("context: forked", ["SK106", "SK109"], "`context` is 'forked', expected inline or fork"),
        ("shell: zsh", ["SK106", "SK109"], "`shell` is 'zsh', expected bash or powershell"),
        ("shell: PowerShell", ["SK109"], None),
        ("background: maybe", ["SK106", "SK109"], "`background` is 'maybe', expected true or false"),
        ("background: on", ["SK109"], None),
        ("metadata: [a]", ["SK127"], "`metadata` is a list, expected a mapping"),
        ("metadata:\n  a: [1]\n  b: 1.5", [], None),
        ("compatibility: 3.11", ["SK128"], "`compatibility` is a number, expected a string"),
        ("license: true", ["SK128"], "`license` is a boolean, expected a string"),
        ("license: {a: b}", ["SK128"], "`license` is a mapping, expected a string"),
        ("license:", [], None),
        ("allowed-tools: [1]", ["SK105"], "`allowed-tools[0]` is a number, expected a string"),
        ("allowed-tools: ''", ["SK201"], None),
        ("hooks: {PreToolUse: [{}]}", ["SK106", "SK109"], "`hooks.PreToolUse[0].hooks` is missing"),
        ("disallowedTools: Read", ["SK109"], None),
        ("titel_of_the_thing: x", ["SK108"], None),
        ("mode: interactive", ["SK108"], None),
        ("Description-: x", ["SK107"], "`Description-` is no field, `description` is"),
    ],
)
def test_fields(told: Told, line: str, codes: list[str], message: str | None) -> None:
    found = told(skill(f"name: forms\n{DESCRIPTION}\n{line}"))
    assert sorted(finding.code for finding in found) == codes
    assert message is None or message in {finding.message for finding in found}


@pytest.mark.parametrize(
    ("name", "codes", "message"),
    [
        ("a" * 65, ["SK111", "SK113"], "the name has 65 characters, at most 64 are taken"),
        (
            "-forms",
            ["SK111", "SK113"],
            "the name is '-forms', expected lower-case letters and digits, joined by single ",
        ),
        ("a--b", ["SK111", "SK113"], "the name is 'a--b'"),
        ("'日本'", ["SK111", "SK113"], "the name is '日本'"),
        ("''", ["SK110"], "`name` is missing or empty"),
        ("'  '", ["SK110"], "`name` is missing or empty"),
        ("", ["SK110"], "`name` is missing or empty"),
        ("[a]", ["SK105"], "`name` is a list, expected a string"),
        ("3", ["SK105"], "`name` is a number, expected a string"),
        ("yes", ["SK113"], "the name is 'yes', the folder 'forms'"),
    ],
)
def test_names(told: Told, name: str, codes: list[str], message: str) -> None:
    found = told(skill(f"name: {name}\n{DESCRIPTION}"))
    assert [finding.code for finding in found] == codes
    assert found[0].message.startswith(message)


def test_two_skills_side_by_side_share_a_name(told: Told) -> None:
    text = f"---\nname: forms\n{DESCRIPTION}\n---\n\nFill.\n"
    found = told({"skills/forms/SKILL.md": text, "skills/other/SKILL.md": text, "more/forms/SKILL.md": text})
    assert [(finding.code, finding.place.path.rpartition("/skills/")[2]) for finding in found] == [
        ("SK113", "other/SKILL.md"),
        ("SK114", "other/SKILL.md"),
    ]


@pytest.mark.parametrize(
    "description",
    [
        "Fills PDF forms whenever a form turns up.",
        "Fills PDF forms. Trigger: pdf, form.",
        "Guide for building PDF forms with tables.",
        "Use this skill for PDF forms.",
        "This skill should be used by agents that fill PDF forms.",
        "为用户填写表格",
        "Fills PDF forms. If the user has a table, takes its values.",
        "Fills PDF forms. Applies to any form with fields.",
    ],
)
def test_descriptions_that_say_when(told: Told, description: str) -> None:
    assert told(skill(f'name: forms\ndescription: "{description}"')) == []


@pytest.mark.parametrize(
    ("frontmatter", "codes"),
    [
        ("description: Toolkit of PDF forms and tables.", ["SK301"]),
        ("description: Toolkit of PDF forms and tables.\nwhen_to_use: always", ["SK109"]),
        ("description: Toolkit of PDF forms and tables.\ndisable-model-invocation: true", ["SK109"]),
        ("description: I will fill PDF forms when asked.", ["SK303"]),
        ('description: Fills PDF forms when asked "can I fill this".', []),
        ("description: Fills PDF forms when asked 'what I'm to fill' or 'how I'd fill it'.", []),
        ("description: Fills the user's PDF forms when asked. I'm good at the users' forms.", ["SK303"]),
        ("description: Reads I/O ports when a device is attached.", []),
        ("description: Helps with things whenever you want.", ["SK304"]),
        ("description:", ["SK121"]),
        ("description: '   '", ["SK121"]),
        ("description: 12", ["SK128"]),
        ("description: Maps a -> b when the user asks for arrows.", ["SK124"]),
        (f"description: >-\n  {'Fills forms when asked. ' * 65}", ["SK122", "SK305"]),
        (f"description: Fills PDF forms when asked.\nwhen_to_use: {'x' * 1600}", ["SK109", "SK305"]),
    ],
)
def test_triggers(told: Told, frontmatter: str, codes: list[str]) -> None:
    found = told(skill(f"name: forms\n{frontmatter}"))
    assert sorted(finding.code for finding in found) == codes


@pytest.mark.parametrize(
    "heading",
    [
        "When to Use This Skill",
        "Triggers",
        "Activation",
        "When This Skill Activates",
        "When to use vs others",
        "When to Use Forms",
    ],
)
def test_headings_that_trigger_nothing(told: Told, heading: str) -> None:
    found = told(
        skill("name: forms\ndescription: Toolkit of PDF forms and tables.", f"# Forms\n\n## {heading}\n\nA form.")
    )
    assert [finding.code for finding in found] == ["SK302"]
    assert heading in found[0].message


@pytest.mark.parametrize(
    "heading", ["Database Triggers in SQL", "Activation functions", "Using forms", "When to Use Async"]
)
def test_headings_that_are_about_something_else(told: Told, heading: str) -> None:
    found = told(
        skill("name: forms\ndescription: Toolkit of PDF forms and tables.", f"# Forms\n\n## {heading}\n\nA form.")
    )
    assert [finding.code for finding in found] == ["SK301"]


@pytest.mark.parametrize(
    ("grants", "codes"),
    [
        ("Read Grep mcp__forms mcp__forms__fill mcp__forms__get_* Bash(git log:*)", []),
        ("Read, Bash(git log *), WebFetch(domain:example.com)", []),
        ("Edit(src/**) Skill(forms) Agent(Explore) WebFetch(*) WebSearch(*)", []),
        ("mcp__forms(x)", ["SK207"]),
        ("Read()", ["SK207"]),
        ("WebSearch(pdf*)", ["SK207"]),
        ("WebSearch(pdf)", []),
        ("Bash(:*)", ["SK207"]),
        ("Bash(git:)", ["SK207"]),
        ("Bash(git:status)", ["SK207"]),
        ("Bash(aws:s3:*)", ["SK207"]),
        ("Bash(npm run build:site)", []),
        ("Bash(C:/forms/fill.exe *)", []),
        ("Bash(npx a:b)", []),
        ("Bash(git add:*, git commit:*)", ["SK207"]),
        ("Bash(git add *, git commit *)", ["SK207"]),
        ("Read(src/**, docs/**)", ["SK207"]),
        ("Bash(sed -n 1,5p *) Read(src/**/*.{ts,tsx}) Bash(gh pr list --json a,b *)", []),
        ("Read(/etc/**)", ["SK207"]),
        ("Edit(/tmp/x)", ["SK207"]),
        ("Read(//etc/**)", []),
        ("Read(/docs/**)", []),
        ("Bash(/usr/bin/git *)", []),
        ("Read(src:*)", ["SK207"]),
        ("Write(*)", []),
        ("mcp__*", ["SK208"]),
        ("*", ["SK208"]),
        ("bash", ["SK202"]),
        ("Python", ["SK202"]),
        ("list_forms", ["SK202"]),
        ("PowerShell", ["SK209"]),
        ("Bash(sudo *)", ["SK209"]),
        ("Bash(sh:*)", ["SK209"]),
        ("Bash(bash -c *)", ["SK209"]),
        ("Bash(sudo apt-get *) Bash(bash scripts/fill.sh *) Bash(shellcheck *) Bash(env)", []),
        ("BashOutput", ["SK204"]),
        ("SuggestBackgroundPR", ["SK204"]),
        ("Read)", ["SK201"]),
    ],
)
def test_grants(told: Told, grants: str, codes: list[str]) -> None:
    found = told(skill(f'name: forms\n{DESCRIPTION}\nallowed-tools: "{grants}"'))
    assert [finding.code for finding in found] == codes


@pytest.mark.parametrize(
    ("grant", "fix"),
    [
        ("bash", "write `Bash`"),
        ("Python", "remove it, or grant the command as `Bash(python *)`"),
        ("list_forms", "name a server's tool in full, as in `mcp__server__list_forms`, or remove it"),
        ("LS", "grant `Bash(ls *) / Glob` in its place"),
        ("SuggestBackgroundPR", "remove it"),
        ("NotebookShow", "remove it"),
        ("[]", "remove it, for it grants nothing"),
        ("|\n  Read\n  Glob", "write a comma between the tools"),
        ("Bash(git add:*,git diff:*)", "write `Bash(git add:*), Bash(git diff:*)`, for parentheses hold one pattern"),
    ],
)
def test_remedies(told: Told, grant: str, fix: str) -> None:
    (finding,) = told(skill(f"name: forms\n{DESCRIPTION}\nallowed-tools: {grant}"))
    assert finding.fix == fix


@pytest.mark.parametrize(
    ("name", "fix"),
    [
        ("pdf", "rename the skill to `forms`, or the folder to `pdf`"),
        ("PDF Förms", "name both `pdf-forms`"),
        ("../x", "name both `x`"),
        ("日本", "name both `forms`"),
    ],
)
def test_a_folder_is_never_to_be_named_by_what_is_no_name(told: Told, name: str, fix: str) -> None:
    found = told({"skills/forms/SKILL.md": f"---\nname: {name}\ndescription: Fills forms.\n---\n\nFill them.\n"})
    assert [finding.fix for finding in found if finding.code == "SK113"] == [fix]


@pytest.mark.parametrize(
    "description",
    [
        "Nutze diesen Skill, wenn PDF-Formulare ausgef\xfcllt werden sollen.",
        "Remplit des formulaires PDF lorsque l'utilisateur le demande.",
        "Rellena los formularios y las tablas con sus campos.",
        "Preenche formul\xe1rios PDF para o usu\xe1rio.",
        "PDF\u30d5\u30a9\u30fc\u30e0\u306b\u8a18\u5165\u3059\u308b PDF forms filler",
        "PDF \u8868\u5355\u5904\u7406 extract merge split forms with pypdf reportlab",
    ],
)
def test_descriptions_of_other_languages_are_not_judged(told: Told, description: str) -> None:
    assert told(skill(f'name: forms\ndescription: "{description}"')) == []


@pytest.mark.parametrize(
    "description",
    [
        "Analysis of \u03b1-helix, \u03b2-sheet, \u03b3-turn, \u03b4-loop.",
        "Toolkit of the Los Angeles caf\xe9 and of its forms.",
    ],
)
def test_signs_and_names_of_other_languages_are_english(told: Told, description: str) -> None:
    assert [finding.code for finding in told(skill(f'name: forms\ndescription: "{description}"'))] == ["SK301"]


@pytest.mark.parametrize("field", ["Version: 1", "Author: Ada", "Dependencies: none"])
def test_what_claude_code_keeps_for_itself_is_not_meant(told: Told, field: str) -> None:
    found = told(skill(f"name: forms\ndescription: Fills forms when asked.\n{field}"))
    assert [finding.code for finding in found] == ["SK108"]


def test_a_misspelt_field_beside_the_right_one_is_not_renamed(told: Told) -> None:
    (finding,) = told(skill("Name: forms\nname: forms\ndescription: Fills forms when asked."))
    assert (finding.code, finding.fix, finding.edits) == ("SK107", "remove it, `name` is there", ())
    assert finding.clients == (Client.SPEC, Client.CLAUDE_AI)


@pytest.mark.parametrize(
    ("tool", "safe"), [("read", True), ("bash(git status *)", True), ("bash", False), ("bash(*)", False)]
)
def test_a_name_that_would_open_the_shell_is_not_mended_by_itself(told: Told, tool: str, *, safe: bool) -> None:
    found = told(skill(f"name: forms\ndescription: Fills forms when asked.\nallowed-tools: {tool}"))
    assert [finding.safe for finding in found if finding.code == "SK202"] == [safe]


@pytest.mark.parametrize(
    ("field", "fix"),
    [
        ("context: fork", "remove it, or target Claude Code alone"),
        ("version: '1'", "move `version` below `metadata`"),
    ],
)
def test_fields_of_claude_code_are_warnings_where_the_skill_has_to_be_uploaded(
    told: Told, field: str, fix: str
) -> None:
    files = skill(f"name: forms\ndescription: Fills forms when asked.\n{field}")
    (finding,) = told(files)
    assert (finding.code, finding.severity, finding.fix) == ("SK109", Severity.WARNING, fix)
    manifest = '{"name": "forms", "version": "1.0.0", "description": "Fills forms", "author": {"name": "Ada"}}'
    (finding,) = told({**files, ".claude-plugin/plugin.json": manifest})
    assert (finding.code, finding.severity, finding.fix) == ("SK109", Severity.NOTE, fix)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (f"arguments: {' '.join('a' * 64 for _ in range(64))}", []),
        (f"arguments: {' '.join('a' for _ in range(65))}", ["SK106"]),
        (f"arguments: {'a' * 65}", ["SK106"]),
        (f"arguments: [{'a' * 65}]", ["SK106"]),
        ("agent: Explore", ["SK119"]),
        ("background: false", ["SK119"]),
        ("context: fork\nagent: Explore\nbackground: false", []),
        ("agent: [Explore]", ["SK105"]),
    ],
)
def test_fields_of_claude_code(told: Told, fields: str, expected: list[str]) -> None:
    path = ".claude/skills/forms/SKILL.md"
    description = "Fills PDF forms. Use when the user asks to fill a form."
    found = told({path: f"---\nname: forms\ndescription: {description}\n{fields}\n---\n\nFill.\n"})
    assert [finding.code for finding in found if finding.code != "SK109"] == expected
