from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillcheck.runner.languages import languages
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
@pytest.mark.parametrize("text", ["(" * 15_000, "{a:" * 6_000, "a [b] <c> { ...\n" * 60])
def test_a_hostile_text_ends_soon(language: str, text: str) -> None:
    begin = time.process_time()
    verdict = languages()[language].parse(text)
    assert not (verdict.fact and verdict.reason)
    assert time.process_time() - begin < 20


@pytest.mark.parametrize("language", ["typescript", "sql", "xml", "graphql", "jsonc"])
def test_a_text_beyond_all_measure_is_shown(language: str) -> None:
    assert languages()[language].parse("a " * reading.LARGEST).reason.startswith("longer than ")


def test_without_patience_nothing_is_excused(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "name?: string;\n"
    assert languages()["typescript"].parse(text).reason == "a fragment"
    monkeypatch.setattr(reading._Reading, "is_part", lambda *_, **__: False)
    assert languages()["typescript"].parse(text).fact


def test_no_grammar_is_loaded_before_its_text_comes() -> None:
    code = "import sys, skillcheck.runner.languages as l; l.languages(); print('tree_sitter' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - our own interpreter and code
    assert done.stdout.strip() == "False"
