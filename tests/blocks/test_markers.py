from __future__ import annotations

import pytest

from skillcheck.blocks.markers import is_counter_example, is_pseudocode, is_transcript
from skillcheck.model import Block, Place


def block(text: str = "x = 1\n", intro: str = "", *headings: str) -> Block:
    return Block("SKILL.md", 0, "python", "python", text, 2, 1, Place("SKILL.md"), headings, intro)


BAD = [
    "BAD",
    "Bad:",
    "❌ Bad",
    "❌ Using a list",
    "**Bad:**",
    "Bad example:",
    "BAD - blocks the loop",
    "Wrong:",
    "Wrong way:",
    "wrong",
    "Incorrect",
    "Invalid:",
    "Technically invalid YAML \u2014 the colon breaks parsing",
    "Don't",
    "Don't:",
    "Don\u2019t do this:",
    "DON'T share a session",
    "VULNERABLE - no check of the field",
    "DANGEROUS: backtracks",
    "Do not do this:",
    "Avoid:",
    "Avoid this:",
    "Never do this",
    "Anti-pattern",
    "Anti-patterns",
    "Antipattern: global state",
    "1. Bad",
    "Not recommended:",
    "Bad (blocking):",
    "Please never do this:",
    "This is wrong:",
    "Bad \u2014 leaks",
]
FINE = [
    "",
    "Avoid blocking calls by using a thread:",
    "Don't forget to close it:",
    "Never store secrets; read them:",
    "Bad requests",
    "Invalid input:",
    "Invalid tokens are refused",
    "Bad request handling:",
    "Error handling for bad input",
    "Avoiding queries",
    "Wrong password error:",
    "never-ending loops",
    "Do this:",
    "Good:",
    "✅ Good",
    "❌ Bad and ✅ good side by side",
    "DO NOT EDIT",
    "What is wrong with threads",
    "Badges",
    "Instead:",
    "Use a pool:",
    "Not a bad idea",
    "Dangerous goods",
]


@pytest.mark.parametrize("words", BAD)
def test_words_that_call_a_block_wrong_are_heard_wherever_they_stand(words: str) -> None:
    assert is_counter_example(block(f"# {words}\nx = 1\n"), "python")
    assert is_counter_example(block(intro=words), "python")
    assert is_counter_example(block("x = 1\n", "", "Top", words), "python")


@pytest.mark.parametrize("words", FINE)
def test_words_that_only_sound_alike_are_not(words: str) -> None:
    assert not is_counter_example(block(f"# {words}\nx = 1\n"), "python")
    assert not is_counter_example(block(intro=words), "python")
    assert not is_counter_example(block("x = 1\n", "", "Top", words), "python")


def test_the_nearest_words_decide() -> None:
    assert not is_counter_example(block("x = 1\n", "Good:", "Anti-patterns"), "python")
    assert not is_counter_example(block("# Correct\nx = 1\n", "Bad:", "Bad"), "python")
    assert is_counter_example(block("# BAD\nx = 1\n", "Good:", "Good"), "python")
    assert not is_counter_example(block("x = 1\n", "", "Anti-patterns", "Pools"), "python")


def test_only_the_last_sentence_of_an_intro_is_its_label() -> None:
    assert is_counter_example(block(intro="Sessions are shared. Don't do this:"), "python")
    assert not is_counter_example(block(intro="Bad: it leaks. Use a pool:"), "python")


def test_only_comments_at_the_beginning_are_labels() -> None:
    assert is_counter_example(block("# a.py\n# BAD\nx = 1\n"), "python")
    assert not is_counter_example(block("x = 1\n# BAD\ny = 2\n"), "python")
    assert is_counter_example(block("// ❌ no\nlet x\n"), "klingon")


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (">>> 1 + 1\n2\n", "python", True),
        ("In [1]: x\n", "python", True),
        ("x = '>>> '\n", "python", False),
        ("$ ls\nfile\n", "bash", True),
        ("me@host:~$ ls\n", "bash", True),
        ("echo $HOME\n", "bash", False),
        ("# first\n$ ls\n", "bash", True),
        ("$ ls\n", "yaml", False),
    ],
)
def test_prompts_make_a_transcript(text: str, language: str, *, expected: bool) -> None:
    assert is_transcript(text, language) is expected


@pytest.mark.parametrize(
    ("text", "intro", "heading"),
    [
        ("# Pseudocode\nx\n", "", ""),
        ("# Pseudo-code: what is done\nx\n", "", ""),
        ("# In pseudo code\nx\n", "", ""),
        ("x\n", "The same as pseudocode:", ""),
        ("x\n", "", "Pseudocode of the loop"),
    ],
)
def test_what_is_called_pseudocode(text: str, intro: str, heading: str) -> None:
    assert is_pseudocode(block(text, intro, heading), "python")


@pytest.mark.parametrize(
    ("text", "intro"),
    [
        ("x = 1\n# Pseudocode\n", ""),
        ("# This is no pseudocode\n", ""),
        ("x\n", "It is no longer pseudocode. Run it."),
        ("x\n", ""),
    ],
)
def test_what_is_more_than_pseudocode(text: str, intro: str) -> None:
    assert not is_pseudocode(block(text, intro, "Code"), "python")
