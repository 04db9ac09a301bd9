from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from skillcheck.runner.languages import ACCEPTED, Verdict, bash, dockerfile, json, languages, toml
from skillcheck.runner.languages import yaml as yaml_

PARSERS = [json.parse, toml.parse, yaml_.parse, dockerfile.parse]
TEXT = st.text(max_size=60) | st.text("{}[]\":,#-=\n\t &*!|>'%@`FROMRUN0123456789eE+.<", max_size=60)


def test_each_file_of_the_folder_is_a_language() -> None:
    assert {"bash", "dockerfile", "json", "toml", "yaml"} <= set(languages())
    assert all(language.name == name for name, language in languages().items())


@pytest.mark.parametrize("parse", PARSERS)
@given(TEXT)
@settings(max_examples=120, deadline=None)
def test_no_text_raises(parse: Callable[[str], Verdict], text: str) -> None:
    verdict = parse(text)
    assert not (verdict.fact and verdict.reason)
    assert bool(verdict.fact) == bool(verdict.remedy)
    assert verdict.line >= 1
    assert verdict.column >= 1


@given(TEXT)
@settings(max_examples=15, deadline=None)
def test_no_text_makes_bash_raise(text: str) -> None:
    verdict = bash.parse(text)
    assert bool(verdict.fact) == bool(verdict.remedy)


@pytest.mark.parametrize(
    ("parse", "text"),
    [
        (bash.parse, "if true; then\n  echo hi\nfi\n"),
        (bash.parse, "shopt -s extglob\nls !(*.txt)\n"),
        (bash.parse, "cat <<'EOF' > f\n(((\nEOF\n"),
        (bash.parse, ""),
        (json.parse, '{"a": [1, 2.5, null, true], "b": "…"}'),
        (json.parse, '"text"'),
        (toml.parse, '[a]\nb = 1979-05-27\nc = """\n...\n"""\n'),
        (toml.parse, ""),
        (toml.parse, '+++\ntitle = "x"\n+++\n'),
        (toml.parse, "\n+++\n[a]\nb = 1\n+++\n\n"),
        (yaml_.parse, "a: &x [1, 2]\nb: *x\n---\nc: !tag d\n"),
        (yaml_.parse, ""),
        (yaml_.parse, "---\na: 1\n---\n# more\n\n- b\n"),
        (dockerfile.parse, "FROM python:3.13 AS base\nrun pip install quart\nHEALTHCHECK CMD curl -f localhost\n"),
        (dockerfile.parse, "FROM a\nRUN <<EOF\napt-get update\nEOF\nONBUILD COPY . .\n"),
    ],
)
def test_what_is_right_is_accepted(parse: Callable[[str], Verdict], text: str) -> None:
    assert parse(text) == ACCEPTED


@pytest.mark.parametrize(
    ("parse", "text", "line", "column", "fact"),
    [
        (bash.parse, "echo a\nif true; then\n", 2, 1, "bash cannot parse it: what begins here has no end"),
        (bash.parse, "echo (\n", 1, 1, "bash cannot parse it: syntax error near unexpected token `newline'"),
        (json.parse, '{\n  "a": }', 2, 8, "this is not JSON: expecting value"),
        (json.parse, "", 1, 1, "this is not JSON: expecting value"),
        (toml.parse, "a = 1\nb = ]\n", 2, 5, "this is not TOML: invalid value"),
        (toml.parse, "+++\na = 1\nb = ]\n+++\n", 3, 5, "this is not TOML: invalid value"),
        (toml.parse, "+++\na = 1\n", 1, 1, "this is not TOML: invalid statement"),
        (toml.parse, "a = [1,\n2\n", 1, 5, "this is not TOML: unclosed array"),
        (yaml_.parse, "a: b\nc: d: e\n", 2, 5, "this is not YAML: mapping values are not allowed in this context"),
        (dockerfile.parse, "FROM a\nRUM b\n", 2, 1, "`RUM` is not an instruction of a Dockerfile"),
        (dockerfile.parse, "FROM a\nQWERTZ b\n", 2, 1, "`QWERTZ` is not an instruction of a Dockerfile"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(
    parse: Callable[[str], Verdict], text: str, line: int, column: int, fact: str
) -> None:
    verdict = parse(text)
    assert (verdict.line, verdict.column, verdict.fact, verdict.reason) == (line, column, fact, "")


def test_a_misspelt_instruction_gets_its_neighbour() -> None:
    assert dockerfile.parse("FORM a\n").remedy == "did you mean `FROM`?"
    assert dockerfile.parse("FROM a\nXYZ b\n").remedy == "use one of Docker's instructions"


def test_a_line_without_an_instruction_is_told() -> None:
    assert dockerfile.parse("\\").fact == "`\\` is not an instruction of a Dockerfile"


def test_a_dockerfile_without_an_instruction_is_none() -> None:
    assert dockerfile.parse("# only a comment\n").fact.startswith("this is not a Dockerfile: ")


def test_a_character_that_yaml_forbids_is_told_without_a_place() -> None:
    verdict = yaml_.parse("a: \x07\n")
    assert verdict.fact.startswith("this is not YAML: ")
    assert verdict.line == 1


@pytest.mark.parametrize(
    ("parse", "text", "language"),
    [
        (json.parse, "[" * 100_000, "JSON"),
        (json.parse, "1" * 5000, "JSON"),
        (toml.parse, "a = " + "[" * 100_000, "TOML"),
        (toml.parse, "a = " + "1" * 5000, "TOML"),
    ],
)
def test_what_exceeds_the_parser_is_told(parse: Callable[[str], Verdict], text: str, language: str) -> None:
    assert parse(text).fact.startswith(f"this {language} cannot be read: ")


def test_yaml_that_nests_too_deeply_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr(yaml, "parse", endless)
    assert yaml_.parse("a").fact == "this YAML is nested too deeply to be read"


def test_yaml_without_a_mark_is_told_at_its_start(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        problem = "broken"
        raise yaml.MarkedYAMLError(None, None, problem)

    monkeypatch.setattr(yaml, "parse", broken)
    assert yaml_.parse("a") == Verdict("this is not YAML: broken", "correct it, or quote the value")


def test_toml_that_tells_no_place_is_told_at_its_end() -> None:
    assert toml._told("Odd", "a\nb\n") == Verdict("this is not TOML: odd", "correct it", 2, 2)


def test_without_bash_nothing_is_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert bash.parse("if") == Verdict(reason="bash is not installed")


def test_a_bash_that_does_not_end_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired(cmd="bash", timeout=bash.SECONDS)

    monkeypatch.setattr(subprocess, "run", run)
    assert bash.parse("if").fact == "bash did not finish parsing it in 10 s"


def test_bash_executes_nothing(tmp_path: Path) -> None:
    assert bash.parse(f"touch {tmp_path}/made $(touch {tmp_path}/made)\n") == ACCEPTED
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("language", "text", "line", "fact"),
    [
        ("json", '{\n  "a": 1\n  "b": 2\n}\n', 2, "expecting ',' delimiter"),
        ("json", '{\n  "a": 1,\n  "b": 2,\n}\n', 3, "nothing follows this comma"),
        ("json", '{\n  "a": {\n    "b": 1,\n  "c": 2\n}\n', 2, "this `{` is never closed"),
        ("json", '{\n  "a": [1, 2,\n  "c": 2\n}\n', 2, "this `[` is never closed"),
        ("json", '{\n  "a": {\n    "b": 1\n  },\n  "c": 2\n', 1, "this `{` is never closed"),
        ("json", '{\n  "a":\n  "b": 2\n}\n', 2, "expecting value"),
        ("json", '{\n  "a":\n}\n', 2, "expecting value"),
        ("json", '{\n  "a": "[x,\n  "b": 2\n}\n', 2, "invalid control character at"),
        ("json", '{\n  "a": 1\n}}\n', 3, "extra data"),
        ("json", '{"a": [1}, "b": 2]\n', 1, "this `[` is never closed"),
        ("toml", "[a]\nx = [1, 2\ny = 3\n", 2, "unclosed array"),
        ("toml", "[a]\nx = [\n  1\n\n[b]\ny = 3\n", 2, "unclosed array"),
        ("toml", 'x = [\n  "a"\n  "b",\n]\n', 2, "a `,` is missing"),
        ("toml", 'x = 1\ny = """a\nb\n', 2, "unterminated string"),
        ("toml", "x = '''a'''\ny = \"\"\"\"\nb\n", 2, "unterminated string"),
        ("toml", "[a]\nx = {b = 1, c = 2\ny = 3\n", 2, "unclosed inline table"),
        ("toml", "[a]\nx =\ny = 3\n", 2, "invalid value"),
        ("yaml", "a: [1, 2\nb: 3\n", 1, "did not find expected ',' or ']'"),
        ("yaml", "a: [\n  b: {c}\n  d\n]\n", 3, "did not find expected ',' or ']'"),
        ("yaml", 'a: "x\nb: 3\nc: 4\n', 1, "found unexpected end of stream"),
        ("yaml", 'a: "x\nb: "y"\n', 1, "the quote that begins here is closed one line below"),
        ("yaml", "a: 'x'\nb: 'x\nc: 3\nd: 'y'\n", 2, "the quote that begins here is closed 2 lines below"),
        ("yaml", 'a: "x\n  y"\nb: c: d\n', 3, "mapping values are not allowed in this context"),
        ("yaml", "a: 1\nb\nc: 4\n", 2, "could not find expected ':'"),
        ("bash", "f() {\n  echo a\n\ng\n", 1, "what begins here has no end"),
        ("bash", "echo $(ls\necho b\n", 1, "unexpected EOF while looking for matching `)'"),
        (
            "bash",
            "while x; do\n  if x; then\n    y\ndone\n",
            2,
            "begins here has no end before the `done` 2 lines below",
        ),
        ("bash", "if x; then\n  y\n}\n", 1, "what begins here has no end before the `}` 2 lines below"),
        ("bash", "for x in a; do\nfi\n", 1, "what begins here has no end before the `fi` one line below"),
        ("bash", "x\ndone\n", 2, "syntax error near unexpected token `done'"),
        ("bash", "x\ncat <<EOF\nabc\n\n", 2, "here-document delimited by end-of-file"),
        ("bash", "if x; then\n" + "y\n" * 200, 202, "syntax error: unexpected end of file"),
        ("sql", "SELECT * FORM t;\n", 1, "`FORM` stands where a keyword is wanted"),
        ("sql", "SELECT a\nFROM t\nWHRE a = 'FORM';\n", 3, "`WHRE` stands where a keyword is wanted"),
        ("sql", "CREATE TABEL t (a int);\n", 1, "`TABEL` stands where a keyword is wanted"),
        ("javascript", "const a = {\n  b: 1\n  c: 2\n};\n", 2, "`,` is missing"),
        ("javascript", "const a = [\n  1;\n  2\n];\n", 2, "unexpected `1`"),
    ],
)
def test_it_is_told_where_it_was_written(language: str, text: str, line: int, fact: str) -> None:
    verdict = languages()[language].parse(text)
    assert verdict.line == line, verdict
    assert fact in verdict.fact


@pytest.mark.parametrize(
    "text", ["VACUUM t;\n", "SHOW TABLES;\n", "SELECT a FROM t WHERE;\n", "ALTER ROLE x SUPERUSER;\n"]
)
def test_what_sql_may_be_in_some_dialect_is_left(text: str) -> None:
    assert not languages()["sql"].parse(text).fact


@pytest.mark.parametrize(
    ("language", "text", "reason"),
    [
        ("jsx", 'const a = <A b="c" default={1} />;\n', ""),
        ("jsx", 'const a = <a href="x?a=1&currency=USD">b</a>;\n', ""),
        ("javascript", "use shop\ndb.a.find({x: 1})\nshow dbs\n", ""),
        ("javascript", "const match = /a/;\nmatch / 2;\n", ""),
        ("javascript", "// Firestore\nmatch /a/{b} {\n  allow read: if true;\n}\n", "rules of Firebase"),
        ("javascript", "// x\n\nquery Input {\n  cart { lines { a } }\n}\n", "GraphQL"),
        ("javascript", "mongodb+srv://a.b/?c=d&e=f\n", "a signature"),
        ("typescript", "A_B=1\nC=http://x.y\nconst a = 1\n", "a signature"),
        ("typescript", "<Grid a={{b: 1}}>  // v7\n<Grid c={1}>   // v6\n", "a signature"),
    ],
)
def test_what_scripts_are_shown_beside(language: str, text: str, reason: str) -> None:
    assert languages()[language].parse(text) == Verdict(reason=reason)


def test_what_only_typescript_reads_is_told_as_that() -> None:
    told = languages()["javascript"].parse("f()\nconst g = (a: number) => a;\n")
    assert (told.line, told.remedy) == (2, "tag it `tsx` or `typescript`")
    assert told.fact.endswith(", which only TypeScript allows")
    assert "TypeScript" not in languages()["jsx"].parse("f(() => debugger);\n").fact


def test_of_a_page_the_front_matter_is_yaml() -> None:
    body = "# Title\n\n[Why]\n\n## Decision\n[What]\n"
    assert yaml_.parse(f"---\na: 1\n---\n\n{body}") == Verdict(reason="a page behind its front matter")
    assert yaml_.parse(f"---\na: b: c\n---\n{body}").line == 2
    for text in (f"a: 1\n---\n{body}", "---\na: 1\n---\n# more\n\nb: c: d\n", "---\na: 1\n---\n# more\nb: c: d\n"):
        assert yaml_.parse(text).fact.startswith("this is not YAML: ")
