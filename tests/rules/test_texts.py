"""What is judged letter by letter, in every file that people and clients read."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillcheck.model import Finding, Text
from skillcheck.rules import RULES, judge
from skillcheck.rules.texts import PLAIN

Told = Callable[[Mapping[str, str]], list[Finding]]

TOP = "---\nname: forms\ndescription: Fills PDF forms. Use when the user asks to fill a form.\n---\n"
MAIN = "skills/forms/SKILL.md"
PLUGIN = {"name": "forms", "version": "1.0.0", "description": "Forms", "author": {"name": "Ada"}}
AWS = "AKIA" + "Q7ZR3TWX5N2VB6LM"
SECRETS = {
    "Anthropic API key": "sk-ant-" + "api03-" + "qW7eR2tY9uI4oP1aS6dF3gH8jK5lZ0xC2vB7nM4qW7eR2tY9",
    "OpenAI API key": "sk-" + "proj-" + "Kd83hFls02jGhs7dKqPz61mXvB94nTyRwE5uIoA3sLcV",
    "AWS access key": AWS,
    "GitHub token": "ghp_" + "k3J9sLq0Zx7Vb2Nm5Qw8Er1Ty4Ui6Op0AsDfGh",
    "GitLab token": "glpat-" + "k3J9sLq0Zx7Vb2Nm5Qw8",
    "Slack token": "xoxb-" + "2384710293-" + "k3J9sLq0Zx7Vb2Nm5Qw8Er1T",
    "Google API key": "AIza" + "SyD7kQ2mXv9Lr4Tn8Wb3Zc6Hj1Fp5Gs0YuE",
    "Stripe key": "sk_" + "live_" + "k3J9sLq0Zx7Vb2Nm5Qw8Er1T",
    "npm token": "npm_" + "k3J9sLq0Zx7Vb2Nm5Qw8Er1Ty4Ui6Op0AsDf",
    "JSON web token": "eyJhbGciOiJIUzI1NiIsInR5cCI6" + ".eyJpc3MiOiJrZXJuZWwiLCJ1" + ".Zk3J9sLq0Zx7Vb2Nm5Qw8Er1Ty4",
}

WORDS = (
    "AKIA",
    "sk-ant-api03-",
    "ghp_k3J9sLq0Zx7Vb2",
    "eyJhbGci.eyJpc3Mi",
    "-----BEGIN",
    "PRIVATE",
    "KEY-----",
    "TODO:",
)


def found(told: Told, files: Mapping[str, str], code: str) -> list[tuple[str, int, int]]:
    return [
        (finding.place.path.rpartition("/")[2], finding.place.line, finding.place.column)
        for finding in told(files)
        if finding.code == code
    ]


def test_a_secret_may_end_with_a_short_part(told: Told) -> None:
    random = "GTd7FguoV8FWnFbB0JxXujr4qqaaABvvLOzAxzXMcU1vsHiQMaRiNTN9-fGhA"
    assert found(told, {MAIN: f"{TOP}\nUse sk-ant-api03-{random}.\n"}, "SK420") == [("SKILL.md", 6, 5)]
    assert found(told, {MAIN: f"{TOP}\nUse sk-ant-api03-{'aaaa-' * 12}fGh.\n"}, "SK420") == []


@pytest.mark.parametrize(("kind", "value"), SECRETS.items())
def test_secrets(told: Told, kind: str, value: str) -> None:
    (finding,) = told({MAIN: f"{TOP}\nUse the key {value} here.\n"})
    assert (finding.code, finding.place.line, finding.place.column) == ("SK420", 6, 13)
    assert finding.message.startswith(f"the line holds a secret: {kind} {value[:8]}…")


@pytest.mark.parametrize(
    "value",
    [
        "AKIA" + "IOSFODNN7EXAMPLE",
        "sk-ant-...",
        "ghp_" + "x" * 36,
        "sk-" + "proj-" + "YOUR-KEY-k3J9sLq0Zx7Vb2Nm5Qw8Er1Ty4Ui6Op0A",
        "AIza" + "SyA1B2C3D4E5F6G7H8I9J0K1L2M3N4O5P6Q",
        "-----BEGIN RSA PRIVATE KEY-----\n...",
        "eyJhbGciOiJIUzI1NiIsInR5cCI6.eyJzdWIiOiIxMjM0NTY3ODkw.dozjgNryP4J3jVmNHl0w5N",
    ],
)
def test_stand_ins_are_no_secrets(told: Told, value: str) -> None:
    assert told({MAIN: f"{TOP}\nUse the key {value} here.\n"}) == []


KEY = "q8ZkT3vXy0LmN5bRc7HdWs2P" + "fJg9AeUo4KiYxMtQ"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (f"export AWS_SECRET_ACCESS_KEY={KEY}", ["AWS secret key"]),
        (f"aws_secret_access_key = {KEY}", ["AWS secret key"]),
        (f'"secretAccessKey": "{KEY}"', ["AWS secret key"]),
        (f"AccountName=forms;AccountKey={KEY + KEY + KEY[:6]}==;", ["Azure storage key"]),
        (f"AWS_SECRET_ACCESS_KEY={KEY}Q", []),
        (f"AWS_SECRET_ACCESS_KEY={'abcd' * 10}", []),
        ("AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfi" + "CYEXAMPLEKEY", []),
        ("AWS_SECRET_ACCESS_KEY=$(pass aws)", []),
        (f"sha1 of it: {KEY}", []),
    ],
)
def test_keys_that_only_their_names_give_away(told: Told, line: str, expected: list[str]) -> None:
    found = [finding for finding in told({MAIN: f"{TOP}\n```text\n{line}\n```\n"}) if finding.code == "SK420"]
    assert [finding.message.removeprefix("the line holds a secret: ")[:-10] for finding in found] == expected


def test_secrets_are_found_in_every_file(told: Told) -> None:
    key = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQ\n"
    files = {
        MAIN: f"{TOP}\nRun scripts/fill.py, see [a](references/a.md).\n",
        "skills/forms/references/a.md": f"# A\n\n{AWS}\n",
        "skills/forms/scripts/fill.py": f"KEY = '{AWS}'\n",
        "skills/forms/.env": f"KEY={AWS}\n{key}",
        ".claude-plugin/plugin.json": json.dumps({**PLUGIN, "metadata": {"key": AWS}}),
        ".mcp.json": json.dumps({"mcpServers": {"a": {"command": "x", "args": [AWS]}}}),
        "commands/go.md": f"---\ndescription: Goes.\n---\n\nUse {AWS}\n",
    }
    assert found(told, files, "SK420") == [
        ("plugin.json", 1, 111),
        (".mcp.json", 1, 49),
        ("go.md", 5, 5),
        (".env", 1, 5),
        (".env", 2, 1),
        ("a.md", 3, 1),
        ("fill.py", 1, 8),
    ]


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("a\u202eb", "SK412", 2),
        ("a\u2066b", "SK412", 2),
        ("a\U000e0041b", "SK412", 2),
        ("a\x1fb", "SK412", 2),
        ("a\u200bb", "SK427", 2),
        ("a\u00adb", "SK427", 2),
        ("a\u200db", "SK427", 2),
        ("a\ufeffb", "SK427", 2),
    ],
)
def test_what_nobody_sees(told: Told, text: str, code: str, column: int) -> None:
    (finding,) = told({MAIN: f"{TOP}\n{text}\n"})
    assert (finding.code, finding.place.line, finding.place.column) == (code, 6, column)


@pytest.mark.parametrize(
    "text",
    ["\U0001f468\u200d\U0001f469\u200d\U0001f467", "\u0645\u06cc\u200c\u062e", "\u2067\u05d0\u2069", "\u2764\ufe0f"],
)
def test_joiners_and_directions_have_their_uses(told: Told, text: str) -> None:
    assert told({MAIN: f"{TOP}\n{text}\n"}) == []


def test_what_yaml_refuses_is_told_once(told: Told) -> None:
    assert [finding.code for finding in told({MAIN: TOP.replace("Fills", "Fi\x00lls") + "\nx\n"})] == ["SK102"]


def test_scripts_may_hold_control_characters_but_no_overrides(told: Told) -> None:
    files = {MAIN: f"{TOP}\nRun scripts/a.py.\n", "skills/forms/scripts/a.py": "print('\x1b[1m')\nx = 'a\u202eb'\n"}
    assert found(told, files, "SK412") == [("a.py", 2, 7)]


@pytest.mark.parametrize(
    ("path", "column"),
    [
        ("/Users/mkowalski/forms", 7),
        ("/home/mkowalski/forms", 7),
        ("C:\\Users\\mkowalski\\forms", 7),
        ("/Users/user/forms", None),
        ("/home/<you>/forms", None),
        ("/home/$USER/forms", None),
        ("/home/runner/work/x", None),
        ("/home/opsuser/x", None),
        ("C:\\Users\\your-name\\x", None),
        ("https://a.b/home/mkowalski/x", None),
    ],
)
def test_home_paths(told: Told, path: str, column: int | None) -> None:
    expected = [] if column is None else [("SKILL.md", 6, column)]
    assert found(told, {MAIN: f"{TOP}\nRead `{path}` first, then `{path}`.\n"}, "SK421") == expected


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("```\nError: no git in /Users/mkowalski/forms\n```", []),
        ("```text\nReady at /Users/mkowalski/forms\n```\n\nSee /Users/mkowalski/forms", [10]),
        ("````text\n```bash\ncd /Users/mkowalski/forms\n```\n````", []),
        ("```bash\ncd /Users/mkowalski/forms\n```", [7]),
        ("```\nx\n```\n\n```python\nopen('/Users/mkowalski/forms')\n```", [11]),
    ],
)
def test_home_paths_that_a_program_prints_are_examples(told: Told, body: str, lines: list[int]) -> None:
    found = told({MAIN: f"{TOP}\n{body}\n"})
    assert [finding.place.line for finding in found if finding.code == "SK421"] == lines


def test_a_shown_fence_may_begin_with_what_keeps_it_from_ending_another(told: Told) -> None:
    assert told({MAIN: f"{TOP}\n```text\n\u200b```python\nx\n\u200b```\n```\n"}) == []


def test_a_conflict_needs_all_its_marks(told: Told) -> None:
    whole = "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> main\n"
    assert found(told, {MAIN: f"{TOP}\n{whole}"}, "SK429") == [("SKILL.md", 7, 1)]
    assert told({MAIN: f"{TOP}\n<<<<<<< HEAD\nb\n"}) == []


def test_a_conflict_that_a_fence_shows_is_none(told: Told) -> None:
    whole = "<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> main\n"
    assert found(told, {MAIN: f"{TOP}\n```\n{whole}```\n"}, "SK429") == []
    assert found(told, {MAIN: f"{TOP}\n```\n{whole}```\n\n{whole}"}, "SK429") == [("SKILL.md", 14, 1)]
    assert found(told, {MAIN: f"{TOP}\n```\na\n{whole}```\n"}, "SK429") == [("SKILL.md", 8, 1)]


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("postgres://ada:hunter2x@db.acme.io:5432/app", "db.acme.io"),
        ("mongodb+srv://ada:hunter2x@cluster0.ab1cd.mongodb.net", "cluster0.ab1cd.mongodb.net"),
        ("redis://:s3cr4tPa5x@cache.acme.io", "cache.acme.io"),
        ("https://ada:hunter2x@git.acme.io/x.git", "git.acme.io"),
        ("postgres://ada:hunter2x@localhost/app", None),
        ("postgres://ada:hunter2x@db/app", None),
        ("postgres://ada:hunter2x@127.0.0.1/app", None),
        ("postgres://ada:hunter2x@db.example.com/app", None),
        ("postgres://ada:hunter2x@db.local/app", None),
        ("postgres://user:password@db.acme.io/app", None),
        ("postgres://hunter2x:hunter2x@db.acme.io/app", None),
        ("postgres://ada:${SECRET}@db.acme.io/app", None),
        ("https://ada@git.acme.io/x.git", None),
        ("ssh://git.acme.io:2222/x@y", None),
    ],
)
def test_passwords_in_addresses(told: Told, address: str, host: str | None) -> None:
    files = {MAIN: f"{TOP}Connect to `{address}`.\n"}
    findings = [finding for finding in told(files) if finding.code == "SK420"]
    assert [finding.message for finding in findings] == ([f"the address holds a password for {host}"] if host else [])
    assert [finding.place.line for finding in findings] == ([TOP.count("\n") + 1] if host else [])


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (".env", "DATABASE_PASSWORD=hunter2x\n", True),
        (".env", "DATABASE_PASSWORD=\nAPI_KEY=your-key-here\nDEBUG=1\n", False),
        (".env.production", "export API_KEY='9f8e7d6c5b'\n", True),
        (".env.example", "DATABASE_PASSWORD=hunter2x\n", False),
        ("assets/id_rsa", "x\n", True),
        ("assets/key.p12", "x\n", True),
        ("tests/id_rsa", "x\n", False),
        (".npmrc", "//registry.acme.io/:_authToken=9f8e7d6c5b\n", True),
        (".npmrc", "//registry.acme.io/:_authToken=${NPM_TOKEN}\n", False),
        (".netrc", "machine acme.io login ada password hunter2x\n", True),
        ("credentials.json", '{"client_secret": "9f8e7d6c5b"}\n', True),
        ("credentials.json", '{"fields": ["name"]}\n', False),
    ],
)
def test_files_of_secrets(told: Told, path: str, text: str, *, expected: bool) -> None:
    findings = told({MAIN: f"{TOP}Fill them.\n", f"skills/forms/{path}": text})
    told_of = [finding.message for finding in findings if finding.code == "SK440"]
    assert told_of == ([f"{path} is a file of secrets"] if expected else [])


@settings(deadline=None)
@given(st.from_regex(PLAIN, fullmatch=True) | st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_no_rule_tells_anything_of_plain_words_which_are_not_looked_at_in_a_manifest(words: str) -> None:
    assert PLAIN.fullmatch(words)
    of_texts = [rule for rule in RULES if rule.node is Text]
    assert of_texts
    assert [*judge([Text("plugin.json", words, 1, 1), Text("SKILL.md", words)], rules=of_texts)] == []
