"""Descriptions beside one another, and in Claude Code's list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillcheck.model import Finding
from skillcheck.rules.alike import ALIKE, Text, pairs

Told = Callable[[Mapping[str, str]], list[Finding]]


def skills(*descriptions: str, extra: str = "") -> dict[str, str]:
    return {
        f"skills/s{number}/SKILL.md": f"---\nname: s{number}\ndescription: {text}\n{extra}---\n\nDo it.\n"
        for number, text in enumerate(descriptions)
    }


def found(told: Told, files: Mapping[str, str], code: str) -> list[str]:
    return [finding.message for finding in told(files) if finding.code == code]


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        ("Fills PDF forms. Use when the user asks to fill a form.", True),
        ("Fills PDF forms; use it when a user asks to fill the form.", True),
        ("Merges PDF files. Use when the user asks to merge documents.", False),
        ("Fills forms.", False),
    ],
)
def test_descriptions_collide(told: Told, other: str, *, alike: bool) -> None:
    files = skills("Fills PDF forms. Use when the user asks to fill a form.", other)
    expected = ["the description says nearly the same as that of s0"] if alike else []
    assert found(told, files, "SK310") == expected


def test_what_nobody_chooses_collides_with_nothing(told: Told) -> None:
    text = "Fills PDF forms. Use when the user asks to fill a form."
    assert found(told, skills(text, text, extra="disable-model-invocation: true\n"), "SK310") == []


def test_a_pattern_filled_with_the_names_of_its_skills_does_not_collide(told: Told) -> None:
    pattern = "description: Automates {0} tasks by its API. Use when the user speaks of {0} and wants it done.\n"
    names = {"slack": "Slack", "jira": "Jira", "activecampaign": "Active Campaign", "digital-ocean": "DigitalOcean"}
    files = {f"skills/{name}-tasks/SKILL.md": pattern.format(shown) for name, shown in names.items()}
    files |= {"skills/slack/SKILL.md": pattern.format("Slack"), "skills/api/SKILL.md": pattern.format("api")}
    texts = {path: f"---\nname: {path.split('/')[1]}\n{text}---\n\nDo it.\n" for path, text in files.items()}
    assert found(told, texts, "SK310") == ["the description says nearly the same as that of slack"]


WORDS = st.text(alphabet="abcdef ", max_size=24)


@given(st.lists(st.tuples(st.text(alphabet="abc ", max_size=4), WORDS), max_size=8))
def test_all_that_are_alike_are_found(named: list[tuple[str, str]]) -> None:
    texts = [Text.of(name, description) for name, description in named]
    late = {
        second
        for first, second in combinations(range(len(texts)), 2)
        if min(len(texts[first].words), len(texts[second].words)) >= 4 and texts[second].is_like(texts[first])
    }
    assert {second for _, second in pairs(named)} == late


def test_words_are_alike_from_four_fifths_on() -> None:
    assert ALIKE == 0.8
    words = "fills pdf forms for taxes"
    assert Text.of("", words).is_like(Text.of("", words.replace("for ", "")))
    assert not Text.of("", words).is_like(Text.of("", words.replace("for taxes", "")))


def test_a_list_has_a_budget(told: Told) -> None:
    texts = [" ".join(f"w{number}x{word}" for word in range(60)) + ". Use when asked." for number in range(20)]
    (message,) = found(told, skills(*texts), "SK311")
    assert message.startswith("the 20 skills of ")
    assert "which has 8,000" in message
    assert len(message) < 250


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("You fill PDF forms with it. Use when asked to fill forms.", 14),
        ("Fills PDF forms, so you can sign them. Use when asked to fill forms.", 34),
        ("Fills PDF forms. Use when you want to fill forms.", None),
        ('Fills PDF forms. Use when asked "You can fill forms".', None),
    ],
)
def test_the_second_person(told: Told, text: str, column: int | None) -> None:
    places = [finding.place.column for finding in told(skills(text)) if finding.code == "SK312"]
    assert places == ([] if column is None else [column])


def test_what_the_list_cuts_off_is_said(told: Told) -> None:
    text = "Fills forms. " + "word " * 310 + "Use when asked."
    (message,) = found(told, skills(text), "SK305")
    assert "Claude Code lists 1536 and cuts off what begins with '" in message


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("license: MIT\n---\n\nDo it.", 5),
        ("\n---\nname: x\n---\n", 7),
        ("\n# License\n\nlicense: MIT\n", None),
        ("note: it is", None),
        ("", None),
    ],
)
def test_fields_below_the_frontmatter(told: Told, body: str, line: int | None) -> None:
    top = "---\nname: s\ndescription: Fills PDF forms. Use when the user asks to fill a form.\n---\n"
    places = [each.place.line for each in told({"skills/s/SKILL.md": top + body}) if each.code == "SK116"]
    assert places == ([] if line is None else [line])


def test_hooks_of_a_skill_have_the_shape_of_all_hooks(told: Told) -> None:
    hooks = "hooks: {Stopp: [], Stop: [{hooks: [{type: command}]}]}\n"
    files = skills("Fills PDF forms. Use when the user asks to fill a form.", extra=hooks)
    assert [finding.message for finding in told(files) if finding.code == "SK106"] == [
        "the key `hooks.Stopp` is 'Stopp', expected an event that Claude Code knows",
        "`hooks.Stop[0].hooks[0].command` is missing",
    ]
