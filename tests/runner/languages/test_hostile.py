from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillcheck.runner.languages import Verdict, jsonc, languages
from skillcheck.runner.languages.grammars import reading

PURE = sorted({*languages()} - {"bash", "zsh"})
TEXT = st.text(max_size=80) | st.text("{}[]()<>\"'`$#;:,.=/*\\\n\t …ax1@&|!?-+", max_size=80)


@pytest.mark.parametrize("language", PURE)
@given(TEXT)
@settings(max_examples=6, deadline=None)
def test_no_text_raises(language: str, text: str) -> None:
    verdict = languages()[language].parse(text)
    assert not (verdict.fact and verdict.reason)
    assert bool(verdict.fact) == bool(verdict.remedy)
    assert 1 <= verdict.line <= text.count("\n") + 2
    assert verdict.column >= 1


@pytest.mark.parametrize("language", PURE)
@pytest.mark.parametrize("text", ["(" * 5_000, "{a:" * 2_000, "a [b] <c> { ...\n" * 20])
def test_a_hostile_text_ends_soon(language: str, text: str) -> None:
    parse = languages()[language].parse
    parse("a")  # loading the grammar is no time of the text
    begin = time.process_time()
    verdict = parse(text)
    assert not (verdict.fact and verdict.reason)
    assert time.process_time() - begin < 3


@pytest.mark.parametrize("language", ["typescript", "sql", "xml", "graphql", "jsonc"])
def test_a_text_beyond_all_measure_is_shown(language: str) -> None:
    assert languages()[language].parse("a " * reading.LARGEST).reason.startswith("longer than ")


@pytest.mark.parametrize(("lacking", "reason"), [(0, "a fragment"), (1, "")])
def test_patience_lasts_for_what_it_covers(lacking: int, reason: str) -> None:
    text = '"a": 1'
    tried = len(f"(\n{text}\n)") + len(f"({{\n{text}\n}})")
    assert reading._Reading(jsonc.GRAMMAR, tried - lacking).excuse(text) == reason


def test_a_long_text_is_neither_taken_apart_nor_filled_in() -> None:
    parse, rest = languages()["typescript"].parse, "\n" * reading.LARGEST_PART
    assert parse("name?: string;\n" + rest) == Verdict(reason="a fragment")
    assert parse("const a = [Your Name];\n") == Verdict(reason="a template")
    assert parse("const a = [Your Name];\n" + rest).fact == "this is not TypeScript: unexpected `Name`"
    assert parse("else { a(); }\nname?: string;\n") == Verdict(reason="a fragment")
    assert parse("else { a(); }\nname?: string;\n" + rest).fact


def test_graphql_that_nests_too_deeply_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(*_: object, **__: object) -> None:
        raise RecursionError

    parse = languages()["graphql"].parse
    assert "nested too deeply" in parse("{a" * 2_000).fact
    monkeypatch.setattr("graphql.parse", endless)  # as releases of graphql-core do that do not catch it themselves
    assert parse("{a}").fact == "this GraphQL is nested too deeply to be read"


def test_no_grammar_is_loaded_before_its_text_comes() -> None:
    code = "import sys, skillcheck.runner.languages as l; l.languages(); print('tree_sitter' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - our own interpreter and code
    assert done.stdout.strip() == "False"
