from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillcheck.blocks.templates import excuse


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("python", "import {{name}}\n"),
        ("python", "key = <your-token>\n"),
        ("python", "def f(a, ...):\n    pass\n"),
        ("python", "d = {'a': 1, ...}\n"),
        ("python", "def f():\n    ... the rest of the function ...\n"),
        ("python", "x = […]\n"),
        ("python", "from app.models.{resource} import {Resource}\n\nclass Test{Resource}Api:\n    pass\n"),
        ("json", '{"key": <value>}\n'),
        ("json", '{"a": 1, ...}\n'),
        ("json", '[{"a": 1}, ...]\n'),
        ("json", '{"a": {...}}\n'),
        ("yaml", "env:\n{{- range .Values.env }}\n- a: {{ .name }}\n{{- end }}\n"),
        ("yaml", "name: {{ x }}-y\n"),
        ("yaml", '{{/*\nnames\n*/}}\n{{- define "a" -}}\n{{- end }}\n'),
        ("toml", "port = <port>\n"),
        ("toml", "[env]\n{% if env.CI %}\nlevel = 1\n{% else %}\nlevel = 2\n{% endif %}\n"),
        ("bash", "curl -H <your-token> x\n"),
        ("bash", "cd {{dir}}\n"),
        ("dockerfile", "FROM <image>\n"),
    ],
)
def test_what_parses_once_its_blanks_are_filled_is_a_template(language: str, text: str) -> None:
    assert excuse(text, language) == "a template"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("python", "def f():\n    ...\n"),
        ("python", "x = '<your-token>'\n"),
        ("python", "def f(:\n    ...\n"),
        ("python", "print('{{name}}'\n"),
        ("python", "def broken(\n"),
        ("json", '{"a": 1,}\n'),
        ("json", '{"a": "...",}\n'),
        ("json", '{"a": 1} // and, \n{"b": 1,}\n'),
        ("json", "\n"),
        ("json", '{"a": "{{x}}"}\n'),
        ("yaml", "key: ${{ secrets.X }}\n"),
        ("yaml", "a: b: c\n"),
        ("toml", "a = \n"),
        ("bash", "sort <in >out\n"),
        ("bash", "echo '<name>' \"<name>\" # <name>\n"),
        ("bash", "cat <<'EOF'\n<html>\n{{x}}\nEOF\nls\n"),
        ("dockerfile", "FROM python\n"),
        ("go", "<name>\n"),
        ("python", "x = <token>\n" + "#" * 64_000),
    ],
)
def test_what_parses_or_is_broken_anyway_has_no_excuse(language: str, text: str) -> None:
    assert excuse(text, language) == ""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('// why\n{"a": "http://x"}\n', "json with comments"),
        ('{"a": 1 /* why */}\n', "json with comments"),
        ('{"a": 1, // why\n...}\n', "json with comments"),
        ('"a": 1\n', "a fragment"),
        ('"a": {"b": 1},\n', "a fragment"),
        ('{"a": 1}\n{"b": 2}\n', "several values"),
        ('{"texts": []}\n→ {"count": 2}\n', "a transcript"),
        ('// one\n{"a": 1}\n// two\n{"b": 2}\n', "several values"),
    ],
)
def test_json_that_is_not_one_value_says_what_it_is(text: str, reason: str) -> None:
    assert excuse(text, "json") == reason


@pytest.mark.parametrize("magic", ["%matplotlib inline", "!pip install quart", "%%time"])
def test_a_cell_with_magic_commands_is_one(magic: str) -> None:
    assert excuse(f"{magic}\nimport json\n", "python") == "a notebook cell with magic commands"


def test_a_magic_command_excuses_nothing_else() -> None:
    assert not excuse("%matplotlib inline\nimport import\n", "python")


@given(st.text(), st.sampled_from(["python", "bash", "json", "yaml", "toml", "dockerfile", "go"]))
def test_no_text_raises(text: str, language: str) -> None:
    assert isinstance(excuse(text, language), str)
