from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillcheck.environments.installer import UvError
from skillcheck.environments.parting import Try, parted
from skillcheck.model import Place, Requirement


def required(names: str) -> list[Requirement]:
    return [Requirement(name, Place("SKILL.md", number)) for number, name in enumerate(names, 1)]


def attempt(bad: frozenset[str] = frozenset(), quarrel: frozenset[str] = frozenset()) -> Try:
    def attempt(some: Sequence[Requirement]) -> None:
        names = {requirement.text for requirement in some}
        if names & bad or (quarrel and quarrel <= names):
            message = f"no\n  {sorted(names & bad or quarrel)}"
            raise UvError(message)

    return attempt


@pytest.mark.parametrize(
    ("names", "bad", "quarrel", "kept"),
    [
        ("abc", "", "", "abc"),
        ("abc", "b", "", "ac"),
        ("a", "a", "", ""),
        ("abcde", "ae", "", "bcd"),
        ("abcd", "", "bd", "abc"),
        ("", "", "", ""),
    ],
)
def test_what_can_be_installed_is_kept(names: str, bad: str, quarrel: str, kept: str) -> None:
    found, refused = parted(required(names), attempt(frozenset(bad), frozenset(quarrel)))
    assert "".join(requirement.text for requirement in found) == kept
    assert {refusal.requirement.text for refusal in refused} == set(names) - set(kept)
    assert all(refusal.said.startswith("no [") for refusal in refused)


@given(st.sets(st.sampled_from("abcdefgh")), st.sets(st.sampled_from("abcdefgh")))
def test_each_requirement_is_kept_or_refused(names: set[str], bad: set[str]) -> None:
    given = required("".join(sorted(names)))
    kept, refused = parted(given, attempt(frozenset(bad)))
    assert [*kept] == [requirement for requirement in given if requirement.text not in bad]
    assert {*kept, *(refusal.requirement for refusal in refused)} == {*given}
