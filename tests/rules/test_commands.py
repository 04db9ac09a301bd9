"""Commands of a skill: which run when it is loaded, and which of them a grant covers."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillcheck.model import Finding, Grant, Place
from skillcheck.rules.commands import _PLAIN, _words, is_granted
from skillcheck.rules.granted import Granted

Told = Callable[[Mapping[str, str]], list[Finding]]

MAIN = "skills/forms/SKILL.md"
CODES = ("SK211", "SK212", "SK423")


def skill(grants: str, body: str) -> dict[str, str]:
    allowed = f"allowed-tools: {grants}\n" if grants else ""
    description = "Fills PDF forms. Use when the user asks to fill a form."
    return {MAIN: f"---\nname: forms\ndescription: {description}\n{allowed}---\n\n{body}\n"}


def found(told: Told, files: Mapping[str, str]) -> list[tuple[str, int, int]]:
    return [
        (finding.code, finding.place.line, finding.place.column) for finding in told(files) if finding.code in CODES
    ]


@pytest.mark.parametrize(
    ("grants", "body", "expected"),
    [
        ("", "Status: !`git status`", [("SK423", 6, 9)]),
        ("", "Forms: !`pdftk a.pdf`", [("SK211", 6, 8)]),
        ("Bash(pdftk *)", "Forms: !`pdftk a.pdf`", [("SK423", 7, 8)]),
        ("Bash(pdftk:*)", "```!\npdftk a.pdf\n```", [("SK423", 8, 1)]),
        ("Bash(pdftk:*)", "Forms: !`pdftk a.pdf && rm a.pdf`", [("SK211", 7, 8)]),
        ("", "Write `` !`git status` `` for it, and x!`ls` is none.", []),
        ("", "```markdown\n!`git status`\n```", []),
        ("", "Nothing: !` ` and !`\x1c`", []),
        ("", "```!\n\n```", []),
    ],
)
def test_commands_at_loading(told: Told, grants: str, body: str, expected: list[tuple[str, int, int]]) -> None:
    assert found(told, skill(grants, body)) == expected


def test_a_command_file_is_read_as_well(told: Told) -> None:
    plugin = '{"name": "forms", "version": "1.0.0", "description": "F", "author": {"name": "Ada"}}'
    files = {".claude-plugin/plugin.json": plugin, **skill("", "Fill.")}
    files["commands/go.md"] = "---\ndescription: Goes.\nallowed-tools: Bash(make *)\n---\n!`make x`\n!`npm test`\n"
    assert found(told, files) == [("SK423", 5, 1), ("SK211", 6, 1)]


@pytest.mark.parametrize(
    ("grants", "block", "expected"),
    [
        ("Read", "```bash\ncd forms\npdftk a.pdf\n```", [("SK212", 11, 1)]),
        ("Read", "```console\n$ pdftk a.pdf\nDone: 3\n```", [("SK212", 10, 3)]),
        ("Read", "```bash\nLANG=C pdftk a.pdf | grep x\n```", [("SK212", 10, 8)]),
        ("Read", "```bash\ncat <<END\npdftk a.pdf\nEND\n```", []),
        ("Read", "```bash\nfill() {\n  true\n}\nfill a.pdf\n```", []),
        ("Read", "```bash\n# pdftk a.pdf\nOutput: x\n.env\nhttps://a.b\n'open\n```", []),
        ("Read", "```bash\ngit status\ncat a \\\n  pdftk\n```", []),
        ("Read", "```text\npdftk a.pdf\n```", []),
        ("Read", "```bash\n\x1c; \x1f | x'y\n```", []),
        ("Read, Bash(pdftk *)", "```bash\npdftk a.pdf\n```", []),
        ("Read, Bash", "```bash\npdftk a.pdf\n```", []),
        ("Bash(pdftk", "```bash\nqpdf a.pdf\n```", []),
        ("", "```bash\npdftk a.pdf\n```", []),
        ("Read", "<!-- skillcheck: skip -->\n```bash\npdftk a.pdf\n```", []),
    ],
)
def test_commands_of_the_text(told: Told, grants: str, block: str, expected: list[tuple[str, int, int]]) -> None:
    body = f"Fill:\n\n{block}"
    assert found(told, skill(grants, body)) == expected


def test_every_program_is_named_once(told: Told) -> None:
    body = "```bash\npdftk a.pdf\nqpdf a.pdf\npdftk b.pdf\n```"
    (finding,) = told(skill("Read", body))
    assert finding.message == "no grant covers what the text runs: `pdftk`, `qpdf`"
    assert finding.fix == "add `Bash(pdftk *)` to `allowed-tools`"


@pytest.mark.parametrize(
    ("rule", "command", "covered"),
    [
        ("npm run *", "npm run test", True),
        ("npm run *", "npm run", True),
        ("npm run *", "npm test", False),
        ("npm run:*", "npm run test", True),
        ("npm run:*", "npm runner", False),
        ("npm test", "npm test", True),
        ("npm test", "npm test x", False),
        ("* --version", "node --version", True),
        ("npm * --x", "npm run --x", True),
        ("npm * --x", "npm --x", False),
        ("a*b*a", "abba", True),
        ("a*ba", "aba", True),
        ("a*aba", "aba", False),
        ("a*c*a", "abba", False),
        ("npm * *", "npm run x", True),
        ("npm * *", "npm run", False),
        (None, "rm x", True),
        ("*", "rm x", True),
    ],
)
def test_rules_of_bash(rule: str | None, command: str, *, covered: bool) -> None:
    assert is_granted(command, [Grant("", "Bash", rule, Place("f"))]) is covered


@settings(max_examples=500, deadline=None)
@given(
    st.text(st.sampled_from("ab *:"), min_size=1, max_size=7), st.text(st.sampled_from("ab :*"), min_size=1, max_size=7)
)
def test_a_star_stands_for_any_text(rule: str, command: str) -> None:
    beginning = rule.removesuffix(":*")
    anything = re.fullmatch(".*".join(map(re.escape, rule.split("*"))), command)
    begun = command.startswith(f"{beginning} ") or command == beginning
    expected = begun if rule.endswith(":*") else bool(anything) or command == rule.removesuffix(" *")
    assert Granted([rule]).covers(command) is (expected or not rule.strip("* "))


def test_of_more_patterns_than_are_tried_one_is_taken_to_match() -> None:
    assert Granted([f"a *{number}" for number in range(300)]).covers("a b") is False
    assert Granted([f"a *{number}" for number in range(301)]).covers("a b") is True


@settings(max_examples=500, deadline=None)
@given(st.text(st.sampled_from("ab1 ./=:,@+%~[]{}*?$!^-_#'\"();|&<>\\\té"), max_size=14))
def test_words_split_at_spaces_are_those_of_the_shell(line: str) -> None:
    plain = _PLAIN.fullmatch(line)
    assert plain is None or plain["words"].split() == _words(line)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Run `pdftk form.pdf dump_data` first.", ["SK212"]),
        ("1. Execute the command: `npm run build`.", ["SK212"]),
        ("Then re-run `make all && git push origin`.", ["SK212"]),
        ("Then run `/forms:fill add`, a command of Claude's.", []),
        ("Then run `/fill add`, a command of Claude's.", []),
        ("Then run `a. fill it`, which is prose.", []),
        ("Then run `/usr/bin/fill add`.", ["SK212"]),
        ("Never run `npm publish --force`.", []),
        ("Ask the user to run `npm login --scope x`.", []),
        ("Run `validate`, which says why.", []),
        ("Run `git status --short` first.", []),
        ("Run `Fill the form` as it stands.", []),
        ("Read what `npm run build` says.", []),
    ],
)
def test_commands_that_the_text_tells_to_run(told: Told, line: str, expected: list[str]) -> None:
    top = "name: forms\ndescription: Fills PDF forms. Use when the user asks to fill a form.\nallowed-tools: Read"
    findings = told({"skills/forms/SKILL.md": f"---\n{top}\n---\n\n# Forms\n\n{line}\n"})
    assert [finding.code for finding in findings] == expected


@pytest.mark.parametrize(
    ("grants", "body", "expected"),
    [
        ("Read", "Use the Write tool.", ["Write"]),
        ("Read", "Use WebFetch, then use WebFetch and call `WebSearch`.", ["WebFetch", "WebSearch"]),
        ("Read", "Call `mcp__forms__fill` with it.", ["mcp__forms__fill"]),
        ("Edit", "Use the **Write** tool.", []),
        ("mcp__forms", "Call mcp__forms__fill.", []),
        ("mcp__forms__*", "Call mcp__forms__fill.", []),
        ("mcp__for", "Call mcp__forms__fill.", ["mcp__forms__fill"]),
        ("mcp__forms__fill", "Call mcp__forms__fill.", []),
        ("Read", "Never use the Write tool. Use the Read tool. Write with care, or use Edit sparingly.", []),
        ("Read Bash(git", "Use the Write tool.", []),
        ("", "Use the Write tool.", []),
    ],
)
def test_tools_that_are_not_granted(told: Told, grants: str, body: str, expected: list[str]) -> None:
    findings = [finding for finding in told(skill(grants, body)) if finding.code == "SK213"]
    assert [finding.fix for finding in findings] == [f"add `{tool}` to `allowed-tools`" for tool in expected]
    lines = skill(grants, body)[MAIN].split("\n")
    for finding, tool in zip(findings, expected, strict=True):
        assert lines[finding.place.line - 1][finding.place.column - 1 :].startswith(tool)


def split(line: str) -> list[str] | None:
    lexer = shlex.shlex(line, posix=False, punctuation_chars=True)
    lexer.commenters = "#"
    lexer.whitespace_split = True
    try:
        return list(lexer)
    except ValueError:
        return None


@given(st.text("ab-./=~ \t\"'#|&;<>()$\\*?{}\xe9\x0b\xa0\r", max_size=20))
@settings(max_examples=500)
def test_words_are_those_of_shlex(line: str) -> None:
    expected = split(line)
    if expected is None:
        with pytest.raises(ValueError, match="not closed"):
            _words(line)
    else:
        assert _words(line) == expected
